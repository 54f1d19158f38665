/**
 * The blocked tasks: what each of them waits for, and what happens to it when a part of that is served. Every change is recorded as a row
 * of the wait log.
 */
import type { TaskId } from "../task";
import type { Group } from "./combined";
import type { Host } from "./host";
import { Timers } from "./queues/timers";
import { type Serving, Waiter, type WaitQueue } from "./queues/waiter";
import type { WaitRecorder } from "./recorder";
import { Replies, TaskList } from "./replies";
import { operation, type WaitRequest } from "./request";
import { groupKind, type RowKind, rowKind } from "./rows";

/** What `BlockedTasks` needs from the engine. */
export interface Returning<V> {
  /** Undoes a served part of `all`, since the task will not get the result. */
  giveBack(task: TaskId, part: WaitRequest<V>, value: V): void;
  /** Called when the task waits for exactly one thing. */
  isDownToOne(task: TaskId): void;
  /** Whether no slice runs. */
  isOutside(): boolean;
}

export class BlockedTasks<V> implements Serving<V> {
  readonly replies = new Replies<V>();
  /** The tasks that became ready, in order. */
  readonly woken = new TaskList();
  readonly timers = new Timers<Waiter<V>>();
  /** By task: the first of its waits, which are linked as siblings. */
  readonly #first: (Waiter<V> | undefined)[] = [];
  readonly #groups: (Group<V> | undefined)[] = [];
  #spare: Waiter<V> | undefined;

  constructor(
    readonly host: Host<V>,
    readonly rows: WaitRecorder,
    readonly returning: Returning<V>,
  ) {}

  /** Registers a task. */
  begin(task: TaskId): void {
    this.replies.begin(task);
    while (this.#first.length <= task) {
      this.#first.push(undefined);
      this.#groups.push(undefined);
    }
  }

  isBlocked(task: TaskId): boolean {
    return this.#first[task] !== undefined;
  }

  /** The first wait of a task; the others are its siblings. */
  firstOf(task: TaskId): Waiter<V> | undefined {
    return this.#first[task];
  }

  /** All waits of a task, in the order of the parts of its request. */
  waitsOf(task: TaskId): readonly Waiter<V>[] {
    const waits: Waiter<V>[] = [];
    for (let waiter = this.#first[task]; waiter; waiter = waiter.sibling) waits.push(waiter);
    return waits.sort((one, other) => one.part - other.part);
  }

  groupOf(task: TaskId): Group<V> | undefined {
    return this.#groups[task];
  }

  /** Blocks a task until a request is served. @param queue undefined for a sleep or a promise */
  block(task: TaskId, request: WaitRequest<V>, queue: WaitQueue<V> | undefined): void {
    const due = this.#blockRow(task, request);
    this.#add(task, 0, request, queue, due);
    this.returning.isDownToOne(task);
  }

  /** Blocks a task until one or all parts are served. @param queueOf as for `block` */
  blockGroup(task: TaskId, group: Group<V>, queueOf: (part: WaitRequest<V>) => WaitQueue<V> | undefined): void {
    this.rows.add(rowKind.group, task, group.isAny ? groupKind.any : groupKind.all);
    this.#groups[task] = group;
    const dues = group.parts.map((part) => this.#blockRow(task, part));
    group.parts.forEach((part, index) => {
      if (group.isServed[index]) this.rows.add(rowKind.part, task, index);
      else this.#add(task, index, part, queueOf(part), dues[index] as number);
    });
    if (group.left === 1) this.returning.isDownToOne(task);
  }

  served(waiter: Waiter<V>, value: V): void {
    const { task, part, operation: code, object } = waiter;
    const group = this.#groups[task];
    if (group && !group.isAny) {
      this.#servePart(waiter, group, value);
      return;
    }
    this.#leave(task);
    const row = code === operation.acquire ? rowKind.grant : rowKind.wake;
    this.#wake(row, task, row === rowKind.grant ? object : 0);
    this.replies.give(task, group ? this.host.pair(part, value) : value);
  }

  failed(waiter: Waiter<V>, error: V): void {
    const { task } = waiter;
    this.#leaveAndGiveBack(task);
    this.#wake(rowKind.wake, task, 0);
    this.replies.fail(task, error);
  }

  /** Ends all waits of a task without waking it. Does nothing if the task is not blocked. */
  withdraw(task: TaskId): void {
    if (!this.isBlocked(task)) return;
    this.rows.add(rowKind.withdraw, task, 0);
    this.#leaveAndGiveBack(task);
  }

  #servePart(waiter: Waiter<V>, group: Group<V>, value: V): void {
    const { task, part } = waiter;
    this.#unlink(waiter);
    group.serve(part, value);
    this.rows.noteWhen();
    this.rows.add(rowKind.part, task, part);
    if (group.left === 1) this.returning.isDownToOne(task);
    if (group.left > 0) return;
    this.#groups[task] = undefined;
    this.#wake(rowKind.wake, task, 0);
    this.replies.give(task, this.host.list(group.values));
  }

  #wake(row: RowKind, task: TaskId, object: number): void {
    this.rows.noteWhen();
    this.rows.add(row, task, object);
    this.woken.push(task);
  }

  #leaveAndGiveBack(task: TaskId): void {
    const group = this.#groups[task];
    this.#leave(task);
    group?.forServed((part, value) => this.returning.giveBack(task, part, value));
  }

  #leave(task: TaskId): void {
    for (let waiter = this.#first[task]; waiter; ) {
      const { sibling } = waiter;
      this.#free(waiter);
      waiter = sibling;
    }
    this.#first[task] = undefined;
    this.#groups[task] = undefined;
  }

  #unlink(waiter: Waiter<V>): void {
    const { task, sibling, elder } = waiter;
    if (elder) elder.sibling = sibling;
    else this.#first[task] = sibling;
    if (sibling) sibling.elder = elder;
    this.#free(waiter);
  }

  #free(waiter: Waiter<V>): void {
    if (waiter.place >= 0) this.timers.remove(waiter);
    else waiter.queue?.remove(waiter);
    waiter.value = undefined;
    waiter.elder = undefined;
    waiter.sibling = this.#spare;
    this.#spare = waiter;
  }

  /** @returns when a sleep is due */
  #blockRow(task: TaskId, { operation: code, object }: WaitRequest<V>): number {
    if (code !== operation.sleep) {
      this.rows.add(code as RowKind, task, object);
      return 0;
    }
    const due = this.host.now() + object;
    this.rows.addNumber(rowKind.blockSleep, task, due);
    return due;
  }

  #add(task: TaskId, part: number, request: WaitRequest<V>, queue: WaitQueue<V> | undefined, due: number): void {
    const waiter = this.#spare ?? new Waiter<V>();
    this.#spare = waiter.sibling;
    waiter.task = task;
    waiter.part = part;
    waiter.operation = request.operation;
    waiter.object = request.object;
    waiter.value = request.value;
    const first = this.#first[task];
    waiter.sibling = first;
    if (first) first.elder = waiter;
    this.#first[task] = waiter;
    if (request.operation === operation.sleep) this.timers.add(waiter, due);
    else queue?.push(waiter);
  }
}
