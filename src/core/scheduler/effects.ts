/**
 * What requests do to the ready queue: the rows of the wait log and the tasks that were spawned, in the order in which they
 * happened, until the scheduler has taken in the steps that they belong to.
 */
import type { TaskId } from "../task";
import { type RowKind, rowKind, type WaitRows } from "../waiting/rows";

/** What becomes of the tasks. */
export interface Effected {
  /** The task waits for something now. It may be told again. */
  blocked(task: TaskId): void;
  /** The task has got what it waited for. It may not have been blocked. */
  woken(task: TaskId): void;
  /** The task no longer waits, and is not ready by that. */
  withdrawn(task: TaskId): void;
  /** The task begins to be ready. */
  spawned(task: TaskId): void;
  /** The task is to run next. */
  handedOver(task: TaskId): void;
  /** The slice of the step is over. */
  outside(): void;
}

interface Spawned {
  readonly step: number;
  readonly task: TaskId;
}

export class Effects {
  /** The step of the next effect; Infinity where there is none. */
  next = Number.POSITIVE_INFINITY;
  /** Whether there was ever one. */
  wereThere = false;
  readonly #batches: WaitRows[] = [];
  /** The next row of the first batch. */
  #at = 0;
  readonly #spawned: Spawned[] = [];

  /** Adds rows that follow those before. */
  add(rows: WaitRows): void {
    if (rows.kind.length === 0) return;
    this.wereThere = true;
    this.#batches.push(rows);
    this.#look();
  }

  /** A task was spawned in a step. */
  addSpawned(step: number, task: TaskId): void {
    this.wereThere = true;
    this.#spawned.push({ step, task });
    this.#look();
  }

  /** Tells what happened up to a step, and forgets it. */
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

  /** The rows of a step up to the one that says that its slice is over. */
  #inSlice(step: number, effected: Effected): void {
    this.#rows(step, effected, rowKind.outside);
  }

  /** @param end the kind of row that ends it; it is passed over */
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
