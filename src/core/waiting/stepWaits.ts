/**
 * The effect of requests in each step, in the order of the steps: whether the step left its task waiting, and which waits it ended. Waits
 * that end between two steps, because of a timer or a promise, are reported separately.
 */
import type { TaskId } from "../task";
import type { Blocked } from "./blockedColumns";
import { RowCursor } from "./rowCursor";
import { rowKind, type WaitRows } from "./rows";
import type { WaitState } from "./waitState";

/** The part of a wait log that is read here. */
export interface WaitSource {
  /** All rows from a step on, in order, as batches. The first batch may begin before the step. */
  from(step: number): Iterable<WaitRows>;
  /** The state after a step. Valid until more rows come. */
  at(step: number): WaitState;
}

/** A task that no longer waits. If it was not woken, it was closed. */
export interface EndedWait {
  readonly task: TaskId;
  readonly isWoken: boolean;
}

export interface StepWait<T> {
  /** What the task of the step waits for after the step, as described at that time. */
  readonly waits?: T;
  /** The waits that the step ended. */
  readonly ended: readonly EndedWait[];
  /** What the clock of the program's simulation shows, if it has one. */
  readonly simulated?: number | undefined;
}

const none: readonly EndedWait[] = [];
const nothing: StepWait<never> = { ended: none };

export class StepWaits<T> {
  readonly #state: WaitState;
  #cursor: RowCursor;
  /** The step of the last row that was read, and how many rows of that step were read. */
  #last: number;
  #ofLast = 0;

  /**
   * @param first the first step that will be queried
   * @param describe describes what a task waits for, given the state at the start of the wait
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

  /** Call this when the log may have grown, before querying new steps. */
  refresh(): void {
    this.#cursor = new RowCursor(this.source.from(this.#last), this.#last, this.#ofLast);
  }

  /** The waits that ended between the previous step and this one. Call this before `of`. */
  before(step: number): readonly EndedWait[] {
    return this.#cursor.next < step ? this.#take(() => this.#cursor.next < step) : none;
  }

  /** The effect of requests in a step of a task. */
  of(step: number, task: TaskId): StepWait<T> {
    if (this.#cursor.next > step) return this.#state.simulated === undefined ? nothing : { ended: none, ...this.#clock };
    const ended = this.#take((kind) => this.#cursor.next === step && kind !== rowKind.outside);
    const blocked = this.#state.blockedOf(task);
    return blocked?.since === step
      ? { waits: this.describe(blocked, this.#state), ended, ...this.#clock }
      : { ended, ...this.#clock };
  }

  get #clock(): Pick<StepWait<T>, "simulated"> {
    const { simulated } = this.#state;
    return simulated === undefined ? {} : { simulated };
  }

  #take(isWanted: (kind: number) => boolean): EndedWait[] {
    const ended: EndedWait[] = [];
    this.#cursor.takeWhile(isWanted, (rows, index) => {
      const step = rows.base + (rows.offset[index] as number);
      this.#ofLast = step === this.#last ? this.#ofLast + 1 : 1;
      this.#last = step;
      const [task, kind] = [rows.task[index] as number, rows.kind[index]];
      const wasBlocked = this.#state.isBlocked(task);
      this.#state.applyOne(rows, index);
      const endsWait = kind === rowKind.grant || kind === rowKind.wake || kind === rowKind.withdraw;
      if (wasBlocked && endsWait) ended.push({ task, isWoken: kind !== rowKind.withdraw });
    });
    // What a task is granted while it waits for something else does not end its wait: it is blocked again at once.
    return ended.filter(({ task }) => !this.#state.isBlocked(task));
  }
}
