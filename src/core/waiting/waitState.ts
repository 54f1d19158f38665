/**
 * What each task waits for and holds after a step: the accumulated effect of the wait log's rows up to that step. The size of the state
 * is bounded by the numbers of tasks and resources, regardless of the length of the run.
 */
import { mostTasks, type TaskId } from "../task";
import type { ClockMoved } from "../virtualTime";
import { type Blocked, BlockedColumns, hows, type WaitPart } from "./blockedColumns";
import { Holdings, type PackedHoldings } from "./holdings";
import { groupKind, type RowKind, rowKind, type WaitRows } from "./rows";

/** A place in the queue of a resource. */
export interface Queued {
  readonly task: TaskId;
  readonly kind: RowKind;
}

/** Local constants, because a row is applied for most steps of many runs. */
const {
  blockSleep,
  blockAcquire,
  blockEvent,
  group,
  grant,
  free,
  wake,
  withdraw,
  handOver,
  time,
  part,
  permit,
  outside,
  simulated,
} = rowKind;

export class WaitState {
  readonly #blocked = new BlockedColumns();
  #holdings = new Holdings();
  #clockMoved: ClockMoved | undefined;
  #simulated: number | undefined;

  /** The blocked tasks, in the order in which they blocked. */
  get blocked(): readonly Blocked[] {
    return this.#blocked.list;
  }

  /** How many tasks are blocked. */
  get size(): number {
    return this.#blocked.size;
  }

  /** Which task holds which resource. */
  get holdings(): Omit<Holdings, "hold" | "giveBack" | "add"> {
    return this.#holdings;
  }

  /** The last move of the virtual clock: to which time, and after which step. */
  get clockMoved(): ClockMoved | undefined {
    return this.#clockMoved;
  }

  /** What the clock of the program's simulation shows; undefined if it has none. Sleeping tasks are then due by that clock. */
  get simulated(): number | undefined {
    return this.#simulated;
  }

  isBlocked(task: TaskId): boolean {
    return this.#blocked.has(task);
  }

  blockedOf(task: TaskId): Blocked | undefined {
    return this.#blocked.of(task);
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
        if (isServed || kind > blockEvent) continue;
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
      parts.filter(({ kind, isServed }) => kind === blockSleep && !isServed).map(({ due }) => ({ task, due })),
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
    for (const blocked of this.blocked) copy.#blocked.put(blocked);
    copy.#holdings = this.#holdings.copy();
    copy.#clockMoved = this.#clockMoved;
    copy.#simulated = this.#simulated;
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
    const simulated = this.#simulated === undefined ? {} : { simulated: this.#simulated };
    return { ...this.#holdings.pack(), blocked, moved, ...simulated };
  }

  /** @param packed lists of finite numbers; a damaged file gives a wrong state but no error */
  static unpack(packed: PackedWaitState): WaitState {
    const state = new WaitState();
    for (const [task = 0, since = 0, how = 0, moved = -1, millis = 0, ...numbers] of packed.blocked) {
      const clock = moved < 0 ? undefined : { step: moved, millis };
      if (isTask(task)) state.#blocked.put({ task, how: hows[how] ?? "one", parts: partsOf(numbers), since, clock });
    }
    state.#holdings = Holdings.unpack(packed);
    const [step, millis] = packed.moved;
    if (step !== undefined && millis !== undefined) state.#clockMoved = { step, millis };
    state.#simulated = packed.simulated;
    return state;
  }

  #take(step: number, kind: RowKind, task: TaskId, object: number, numbers: Float64Array): void {
    switch (kind) {
      case group:
        this.#blocked.addGroup(task, object === groupKind.any, step, this.#clockMoved);
        return;
      case grant:
        this.#blocked.delete(task);
        this.#holdings.hold(object, task, step);
        return;
      case part:
        this.#servePart(step, task, object);
        return;
      case free:
        this.#holdings.giveBack(object, task);
        return;
      case permit:
        this.#holdings.add(object);
        return;
      case wake:
      case withdraw:
        this.#blocked.delete(task);
        return;
      case time:
        this.#clockMoved = { step, millis: numbers[object] ?? 0 };
        return;
      case simulated:
        this.#simulated = numbers[object] ?? 0;
        return;
      case handOver:
      case outside:
        return;
      case blockSleep:
        this.#blocked.add(task, kind, 0, numbers[object] ?? 0, step, this.#clockMoved);
        return;
      default:
        this.#blocked.add(task, kind, object, 0, step, this.#clockMoved);
    }
  }

  #servePart(step: number, task: TaskId, index: number): void {
    const served = this.#blocked.servePart(task, index);
    if (served?.kind === blockAcquire) this.#holdings.hold(served.object, task, step);
  }
}

/** A state as lists of numbers. */
export interface PackedWaitState extends PackedHoldings {
  /** Task, since, how, the last move of the clock (step and time; -1 and 0 if there was none), and four numbers for each part. */
  readonly blocked: readonly (readonly number[])[];
  /** Step and time, or nothing. */
  readonly moved: readonly number[];
  readonly simulated?: number | undefined;
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
