/**
 * The blocked tasks of a state, in columns. Most waits are for one thing and soon over, so they should not allocate objects.
 */
import type { TaskId } from "../task";
import type { ClockMoved } from "../virtualTime";
import type { RowKind } from "./rows";

/** One thing that a task waits for; `kind` is the kind of its block row. */
export interface WaitPart {
  readonly kind: RowKind;
  /** The number of a resource or of a task, or the token of a promise. */
  readonly object: number;
  /** For a sleep: when it ends, in milliseconds. */
  readonly due: number;
  /** For a part of `all`: the task already has it. */
  readonly isServed: boolean;
}

/** What a task waits for. Valid until more rows are applied. A task that waits for `one` thing has one part. */
export interface Blocked {
  readonly task: TaskId;
  readonly how: "one" | "any" | "all";
  readonly parts: readonly WaitPart[];
  /** The step in which it was blocked. */
  readonly since: number;
  /** The last time before the block that the virtual clock was moved. */
  readonly clock: ClockMoved | undefined;
}

type Parts = { -readonly [K in keyof WaitPart]: WaitPart[K] }[];

export const hows = ["one", "any", "all"] as const;
const ready = 0;
/** From `ready` on, a place in `hows`. */
const [one, any, all] = [1, 2, 3];

export class BlockedColumns {
  size = 0;
  /** By task. */
  #how = new Uint8Array(0);
  #since = new Float64Array(0);
  /** A counter that says in which order they blocked. Not a map in that order: the state is written much more often than read. */
  #turns = new Float64Array(0);
  #turn = 0;
  /** What a task without `parts` waits for. */
  #kind = new Uint8Array(0);
  #object = new Uint32Array(0);
  #due = new Float64Array(0);
  readonly #parts: (Parts | undefined)[] = [];
  readonly #clocks: (ClockMoved | undefined)[] = [];

  constructor() {
    this.#grow(0);
  }

  /** In the order in which they blocked. */
  get list(): readonly Blocked[] {
    const turns = this.#turns;
    const tasks = Array.from(this.#how.keys()).filter((task) => this.has(task));
    tasks.sort((before, after) => (turns[before] as number) - (turns[after] as number));
    return tasks.map((task) => this.of(task) as Blocked);
  }

  has(task: TaskId): boolean {
    return task < this.#how.length && this.#how[task] !== ready;
  }

  of(task: TaskId): Blocked | undefined {
    const how = this.has(task) ? hows[(this.#how[task] as number) - one] : undefined;
    if (!how) return undefined;
    const [kind, object, due] = [this.#kind[task] as RowKind, this.#object[task] as number, this.#due[task] as number];
    const parts = this.#parts[task] ?? [{ kind, object, due, isServed: false }];
    return { task, how, parts, since: this.#since[task] as number, clock: this.#clocks[task] };
  }

  /** Blocks a task for one thing, or adds a part to its group. The parts of a group follow its row; a blocked task makes no other request. */
  add(task: TaskId, kind: RowKind, object: number, due: number, since: number, clock: ClockMoved | undefined): void {
    if (this.has(task)) {
      this.#parts[task]?.push({ kind, object, due, isServed: false });
      return;
    }
    this.#begin(task, one, since, clock);
    this.#kind[task] = kind;
    this.#object[task] = object;
    this.#due[task] = due;
  }

  /** Blocks a task for a group, whose parts are added next. */
  addGroup(task: TaskId, isAny: boolean, since: number, clock: ClockMoved | undefined): void {
    this.#begin(task, isAny ? any : all, since, clock);
    this.#parts[task] = [];
  }

  /** @returns the part */
  servePart(task: TaskId, index: number): WaitPart | undefined {
    const part = this.has(task) ? this.#parts[task]?.[index] : undefined;
    if (part) part.isServed = true;
    return part;
  }

  delete(task: TaskId): void {
    if (!this.has(task)) return;
    this.#how[task] = ready;
    this.size -= 1;
    if (this.#parts[task]) this.#parts[task] = undefined;
    if (this.#clocks[task]) this.#clocks[task] = undefined;
  }

  /** Adds a blocked task of another state. */
  put({ task, how, parts, since, clock }: Blocked): void {
    this.#begin(task, hows.indexOf(how) + one, since, clock);
    this.#parts[task] = parts.map((part) => ({ ...part }));
  }

  #begin(task: TaskId, how: number, since: number, clock: ClockMoved | undefined): void {
    if (task >= this.#how.length) this.#grow(task);
    if (this.#how[task] === ready) this.size += 1;
    this.#how[task] = how;
    this.#since[task] = since;
    this.#turns[task] = this.#turn;
    this.#turn += 1;
    if (clock) this.#clocks[task] = clock;
  }

  #grow(task: TaskId): void {
    const length = Math.max(64, 2 * this.#how.length, task + 1);
    this.#how = widened(this.#how, new Uint8Array(length));
    this.#since = widened(this.#since, new Float64Array(length));
    this.#turns = widened(this.#turns, new Float64Array(length));
    this.#kind = widened(this.#kind, new Uint8Array(length));
    this.#object = widened(this.#object, new Uint32Array(length));
    this.#due = widened(this.#due, new Float64Array(length));
    for (let next = this.#parts.length; next < length; next += 1) {
      this.#parts.push(undefined);
      this.#clocks.push(undefined);
    }
  }
}

function widened<T extends { set(from: T): void }>(column: T, wider: T): T {
  wider.set(column);
  return wider;
}
