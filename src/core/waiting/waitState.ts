/**
 * What each task waits for and holds after a step: the accumulated effect of the wait log's rows up to that step. The size of the state
 * is bounded by the numbers of tasks and resources, regardless of the length of the run.
 */
import { mostTasks, type TaskId } from "../task";
import type { ClockMoved } from "../virtualTime";
import { Holdings, type PackedHoldings } from "./holdings";
import { groupKind, type RowKind, rowKind, type WaitRows } from "./rows";

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

/** A place in the queue of a resource. */
export interface Queued {
  readonly task: TaskId;
  readonly kind: RowKind;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
interface GrowingBlocked extends Blocked {
  readonly parts: Mutable<WaitPart>[];
}

export class WaitState {
  /** By task. Not a map in blocking order: that would be slower to write, and the state is written much more often than read. */
  readonly #byTask: (GrowingBlocked | undefined)[] = [];
  /** By task: a counter that says in which order they blocked. */
  readonly #turns: number[] = [];
  #turn = 0;
  #size = 0;
  #holdings = new Holdings();
  #clockMoved: ClockMoved | undefined;

  /** The blocked tasks, in the order in which they blocked. */
  get blocked(): readonly Blocked[] {
    const turns = this.#turns;
    return this.#byTask
      .filter((blocked) => blocked !== undefined)
      .sort((one, other) => (turns[one.task] as number) - (turns[other.task] as number));
  }

  /** How many tasks are blocked. */
  get size(): number {
    return this.#size;
  }

  /** Which task holds which resource. */
  get holdings(): Omit<Holdings, "hold" | "giveBack" | "add"> {
    return this.#holdings;
  }

  /** The last move of the virtual clock: to which time, and after which step. */
  get clockMoved(): ClockMoved | undefined {
    return this.#clockMoved;
  }

  blockedOf(task: TaskId): Blocked | undefined {
    return this.#byTask[task];
  }

  /** The tasks that wait for a resource, in queue order. A channel has two queues, distinguished by `kind`. */
  queueOf(resource: number): readonly Queued[] {
    return this.queues().get(resource) ?? [];
  }

  /** The queues of all resources that somebody waits for. */
  queues(): ReadonlyMap<number, readonly Queued[]> {
    const queues = new Map<number, Queued[]>();
    for (const { task, parts } of this.blocked) {
      for (const { kind, object, isServed } of parts) {
        if (isServed || kind > rowKind.blockEvent) continue;
        const queue = queues.get(object);
        if (queue) queue.push({ task, kind });
        else queues.set(object, [{ task, kind }]);
      }
    }
    return queues;
  }

  /** The sleeping tasks with their wake times, in the order in which they will wake. */
  sleepers(): readonly { readonly task: TaskId; readonly due: number }[] {
    const asleep = this.blocked.flatMap(({ task, parts }) =>
      parts.filter(({ kind, isServed }) => kind === rowKind.blockSleep && !isServed).map(({ due }) => ({ task, due })),
    );
    return asleep.sort((one, other) => one.due - other.due);
  }

  /**
   * Applies rows that follow the ones applied before.
   *
   * @param from the index of the first row
   * @param upTo the last step whose rows are applied
   * @returns the index after the last applied row
   */
  apply(rows: WaitRows, from = 0, upTo = Number.POSITIVE_INFINITY): number {
    const { base, offset, kind } = rows;
    let index = from;
    for (; index < kind.length; index += 1) {
      if (base + (offset[index] as number) > upTo) break;
      this.applyOne(rows, index);
    }
    return index;
  }

  /** Applies one row. */
  applyOne({ base, offset, object, task, kind, numbers }: WaitRows, index: number): void {
    const step = base + (offset[index] as number);
    this.#take(step, kind[index] as RowKind, task[index] as number, object[index] as number, numbers);
  }

  /** An independent copy. */
  copy(): WaitState {
    const copy = new WaitState();
    for (const blocked of this.blocked) copy.#set({ ...blocked, parts: blocked.parts.map((part) => ({ ...part })) });
    copy.#holdings = this.#holdings.copy();
    copy.#clockMoved = this.#clockMoved;
    return copy;
  }

  /** As lists of numbers, for files. */
  pack(): PackedWaitState {
    const blocked = this.blocked.map(({ task, how, parts, since, clock }) => [
      task,
      since,
      hows.indexOf(how),
      clock?.step ?? -1,
      clock?.millis ?? 0,
      ...parts.flatMap(({ kind, object, due, isServed }) => [kind, object, due, Number(isServed)]),
    ]);
    const moved = this.#clockMoved ? [this.#clockMoved.step, this.#clockMoved.millis] : [];
    return { ...this.#holdings.pack(), blocked, moved };
  }

  /** @param packed lists of finite numbers; a damaged file gives a wrong state but no error */
  static unpack(packed: PackedWaitState): WaitState {
    const state = new WaitState();
    for (const [task = 0, since = 0, how = 0, moved = -1, millis = 0, ...numbers] of packed.blocked) {
      const clock = moved < 0 ? undefined : { step: moved, millis };
      if (isTask(task)) state.#set({ task, how: hows[how] ?? "one", parts: partsOf(numbers), since, clock });
    }
    state.#holdings = Holdings.unpack(packed);
    const [step, millis] = packed.moved;
    if (step !== undefined && millis !== undefined) state.#clockMoved = { step, millis };
    return state;
  }

  #take(step: number, kind: RowKind, task: TaskId, object: number, numbers: Float64Array): void {
    switch (kind) {
      case rowKind.group:
        this.#set(this.#begun(task, object === groupKind.any ? "any" : "all", step));
        return;
      case rowKind.grant:
        this.#delete(task);
        this.#holdings.hold(object, task, step);
        return;
      case rowKind.part:
        this.#servePart(step, task, object);
        return;
      case rowKind.free:
        this.#holdings.giveBack(object, task);
        return;
      case rowKind.permit:
        this.#holdings.add(object);
        return;
      case rowKind.wake:
      case rowKind.withdraw:
        this.#delete(task);
        return;
      case rowKind.time:
        this.#clockMoved = { step, millis: numbers[object] ?? 0 };
        return;
      case rowKind.handOver:
      case rowKind.outside:
        return;
      default:
        this.#block(
          step,
          kind,
          task,
          kind === rowKind.blockSleep ? 0 : object,
          kind === rowKind.blockSleep ? numbers[object] : 0,
        );
    }
  }

  /** The parts of a group follow its row. A blocked task makes no other request. */
  #block(since: number, kind: RowKind, task: TaskId, object: number, due = 0): void {
    const part = { kind, object, due, isServed: false };
    const group = this.#byTask[task];
    if (group) group.parts.push(part);
    else this.#set({ ...this.#begun(task, "one", since), parts: [part] });
  }

  #begun(task: TaskId, how: Blocked["how"], since: number): GrowingBlocked {
    return { task, how, parts: [], since, clock: this.#clockMoved };
  }

  #set(blocked: GrowingBlocked): void {
    const { task } = blocked;
    while (this.#byTask.length <= task) {
      this.#byTask.push(undefined);
      this.#turns.push(0);
    }
    if (!this.#byTask[task]) this.#size += 1;
    this.#byTask[task] = blocked;
    this.#turns[task] = this.#turn;
    this.#turn += 1;
  }

  #delete(task: TaskId): void {
    if (!this.#byTask[task]) return;
    this.#byTask[task] = undefined;
    this.#size -= 1;
  }

  #servePart(step: number, task: TaskId, index: number): void {
    const part = this.#byTask[task]?.parts[index];
    if (!part) return;
    part.isServed = true;
    if (part.kind === rowKind.blockAcquire) this.#holdings.hold(part.object, task, step);
  }
}

const hows = ["one", "any", "all"] as const;

/** A state as lists of numbers. */
export interface PackedWaitState extends PackedHoldings {
  /** Task, since, how, the last move of the clock (step and time; -1 and 0 if there was none), and four numbers for each part. */
  readonly blocked: readonly (readonly number[])[];
  /** Step and time, or nothing. */
  readonly moved: readonly number[];
}

function isTask(task: number): boolean {
  return Number.isInteger(task) && task >= 0 && task < mostTasks;
}

function partsOf(numbers: readonly number[]): WaitPart[] {
  return Array.from({ length: Math.floor(numbers.length / 4) }, (_, index) => {
    const [kind = 0, object = 0, due = 0, served = 0] = numbers.slice(4 * index, 4 * index + 4);
    return { kind: kind as RowKind, object, due, isServed: served === 1 };
  });
}
