/**
 * What requests came to in each step, in the order of the steps: whether the step left its task waiting, and whose wait it ended. Waits that
 * end between two steps, because of a time or a promise, are told apart from that.
 */
import type { TaskId } from "../task";
import { RowCursor } from "./rowCursor";
import { rowKind, type WaitRows } from "./rows";
import type { Blocked, WaitState } from "./waitState";

/** A wait log, as far as it is read here. */
export interface WaitSource {
  /** All rows from a step on, in order: batches, the first of which may begin before it. */
  from(step: number): Iterable<WaitRows>;
  /** The state after a step, good until more rows come. */
  at(step: number): WaitState;
}

/** A task that no longer waits: it was woken, or else it was closed. */
export interface EndedWait {
  readonly task: TaskId;
  readonly isWoken: boolean;
}

export interface StepWait<T> {
  /** What the task of the step waits for after it, as it was described then. */
  readonly waits?: T;
  /** The waits that the step ended. */
  readonly ended: readonly EndedWait[];
}

const none: readonly EndedWait[] = [];
const nothing: StepWait<never> = { ended: none };

export class StepWaits<T> {
  readonly #state: WaitState;
  #cursor: RowCursor;
  /** The step of the last row that was taken, and how many rows of that step were. */
  #last: number;
  #ofLast = 0;

  /**
   * @param first the first step that will be asked for
   * @param describe tells what a task waits for, from the state in which the wait begins
   */
  constructor(
    readonly source: WaitSource,
    first: number,
    readonly describe: (blocked: Blocked, state: WaitState) => T,
  ) {
    this.#last = first;
    this.#state = source.at(first - 1).copy();
    this.#cursor = new RowCursor(source.from(first), first, 0);
  }

  /** To be called when the log may have grown, before steps that are new. */
  refresh(): void {
    this.#cursor = new RowCursor(this.source.from(this.#last), this.#last, this.#ofLast);
  }

  /** The waits that ended after the step before this one. To be asked before `of`. */
  before(step: number): readonly EndedWait[] {
    return this.#cursor.next < step ? this.#take(() => this.#cursor.next < step) : none;
  }

  /** What requests came to in a step of a task. */
  of(step: number, task: TaskId): StepWait<T> {
    if (this.#cursor.next > step) return nothing;
    const ended = this.#take((kind) => this.#cursor.next === step && kind !== rowKind.outside);
    const blocked = this.#state.blockedOf(task);
    return blocked?.since === step ? { waits: this.describe(blocked, this.#state), ended } : { ended };
  }

  #take(isWanted: (kind: number) => boolean): EndedWait[] {
    const ended: EndedWait[] = [];
    this.#cursor.takeWhile(isWanted, (rows, index) => {
      const step = rows.base + (rows.offset[index] as number);
      this.#ofLast = step === this.#last ? this.#ofLast + 1 : 1;
      this.#last = step;
      const [task, kind] = [rows.task[index] as number, rows.kind[index]];
      const wasBlocked = this.#state.blockedOf(task) !== undefined;
      this.#state.applyOne(rows, index);
      const endsWait = kind === rowKind.grant || kind === rowKind.wake || kind === rowKind.withdraw;
      if (wasBlocked && endsWait) ended.push({ task, isWoken: kind !== rowKind.withdraw });
    });
    return ended;
  }
}
