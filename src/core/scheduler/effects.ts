/**
 * A queue of the effects that requests have on the ready queue: rows of the wait log, and spawned tasks, in chronological order. An
 * effect stays in this queue until the scheduler has applied the step that it belongs to.
 */
import type { TaskId } from "../task";
import { type RowKind, rowKind, type WaitRows } from "../waiting/rows";

/** The receiver of effects. */
export interface Effected {
  /** The task now waits for something. May be called again for a task that already waits. */
  blocked(task: TaskId): void;
  /** The task has got what it waited for. May be called for a task that was not blocked. */
  woken(task: TaskId): void;
  /** The task no longer waits. This alone does not make it ready. */
  withdrawn(task: TaskId): void;
  /** The task was spawned, and becomes ready. */
  spawned(task: TaskId): void;
  /** Another task handed over to this one, which must run next. */
  handedOver(task: TaskId): void;
  /** The slice of the step has ended. Effects that follow happened between slices. */
  outside(): void;
}

interface Spawned {
  readonly step: number;
  readonly task: TaskId;
}

export class Effects {
  /** The step of the next effect; Infinity if there is none. */
  next = Number.POSITIVE_INFINITY;
  /** Whether there has ever been an effect. */
  wereThere = false;
  readonly #batches: WaitRows[] = [];
  /** The index of the next row in the first batch. */
  #at = 0;
  readonly #spawned: Spawned[] = [];

  /** Adds rows. They must be later than all rows that were added before. */
  add(rows: WaitRows): void {
    if (rows.kind.length === 0) return;
    this.wereThere = true;
    this.#batches.push(rows);
    this.#look();
  }

  /** Adds the effect of a task that was spawned in a step. */
  addSpawned(step: number, task: TaskId): void {
    this.wereThere = true;
    this.#spawned.push({ step, task });
    this.#look();
  }

  /** Passes all effects up to a step to the receiver, and removes them. */
  take(step: number, effected: Effected): void {
    while (this.next <= step) {
      const now = this.next;
      this.#inSlice(now, effected);
      while (this.#spawned.length > 0 && (this.#spawned[0] as Spawned).step <= now) {
        effected.spawned((this.#spawned.shift() as Spawned).task);
      }
      effected.outside();
      this.#rows(now, effected);
      this.#look();
    }
  }

  /** Passes on the rows of a step up to the row that marks the end of its slice. */
  #inSlice(step: number, effected: Effected): void {
    this.#rows(step, effected, rowKind.outside);
  }

  /** @param end the kind of row to stop at; that row is consumed, but not passed on */
  #rows(step: number, effected: Effected, end?: RowKind): void {
    for (let rows = this.#batches[0]; rows; rows = this.#batches[0]) {
      const { base, offset, kind, task, object } = rows;
      for (let index = this.#at; index < kind.length; index += 1) {
        this.#at = index;
        if (base + (offset[index] as number) > step) return;
        if (kind[index] === end) {
          this.#at = index + 1;
          return;
        }
        tell(effected, kind[index] as RowKind, task[index] as number, object[index] as number);
      }
      this.#batches.shift();
      this.#at = 0;
    }
  }

  #look(): void {
    const rows = this.#batches[0];
    const row = rows && this.#at < rows.kind.length ? rows.base + (rows.offset[this.#at] as number) : Number.POSITIVE_INFINITY;
    this.next = Math.min(row, this.#spawned[0]?.step ?? Number.POSITIVE_INFINITY);
  }
}

const { group, grant, wake, withdraw, handOver } = rowKind;

function tell(effected: Effected, kind: RowKind, task: TaskId, object: number): void {
  if (kind <= group) effected.blocked(task);
  else if (kind === grant || kind === wake) effected.woken(task);
  else if (kind === withdraw) effected.withdrawn(task);
  else if (kind === handOver) effected.handedOver(object);
}
