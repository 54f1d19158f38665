/**
 * The semantics of requests. The engine runs in the runner, beside the user's values, and receives what tasks yield. The loop around it
 * resumes the tasks; it asks the engine which tasks are blocked or were woken, and what each of them receives.
 */
import type { TaskId } from "../task";
import { Attempts } from "./attempts";
import { BlockedTasks } from "./blockedTasks";
import { cycleFrom } from "./cycles";
import { type Host, messageOf } from "./host";
import { Joins, standing } from "./joins";
import type { Waiter } from "./queues/waiter";
import { WaitRecorder } from "./recorder";
import { type Replies, replyKind, type TaskList } from "./replies";
import { operation, type WaitRequest } from "./request";
import { Resources } from "./resources";
import { rowKind } from "./rows";
import { refusalOf } from "./validation";
import { Waits } from "./waits";

export class Waiting<V> {
  /** The task whose slice runs; undefined between slices, also while sleepers are woken and promises settle. Set by the loop. */
  running: TaskId | undefined;
  /** The loop also sets the recorder's `step` and notifies it when a slice has ended. */
  readonly rows = new WaitRecorder();
  readonly joins = new Joins<V>();
  readonly blocked: BlockedTasks<V>;
  readonly resources: Resources<V>;
  readonly #attempts: Attempts<V>;
  readonly #waits: Waits<V>;
  #deadlock: readonly TaskId[] | undefined;
  #next: TaskId | undefined;

  constructor(readonly host: Host<V>) {
    this.blocked = new BlockedTasks<V>(host, this.rows, {
      giveBack: (task, part, value) => this.#giveBack(task, part, value),
      isDownToOne: (task) => {
        this.#deadlock = cycleFrom(task, this.#wakerOf, this.joins.tasks) ?? this.#deadlock;
      },
      isOutside: () => this.running === undefined,
    });
    this.resources = new Resources(host, this.rows, this.blocked);
    this.#attempts = new Attempts(host, this.resources, this.joins);
    this.#waits = new Waits(this.blocked, this.#attempts);
  }

  /** The tasks that became ready since the list was cleared, in order. Includes spawned tasks. */
  get woken(): TaskList {
    return this.blocked.woken;
  }

  /** What each task receives when it is resumed. */
  get replies(): Replies<V> {
    return this.blocked.replies;
  }

  /** When the next sleeper is due; Infinity if no task sleeps. */
  get nextDue(): number {
    return this.blocked.timers.nextDue;
  }

  /** Registers a task that was added to the session. Spawned tasks are registered by the engine. */
  begin(task: TaskId): void {
    this.joins.begin(task);
    this.blocked.begin(task);
  }

  isBlocked(task: TaskId): boolean {
    return this.blocked.isBlocked(task);
  }

  /** A certain deadlock that has arisen since the last call: each task waits for the next one, the last for the first. */
  takeDeadlock(): readonly TaskId[] | undefined {
    const deadlock = this.#deadlock;
    this.#deadlock = undefined;
    return deadlock;
  }

  /** The task that has to run next because another task handed over to it. */
  takeNext(): TaskId | undefined {
    const next = this.#next;
    this.#next = undefined;
    return next;
  }

  /** What was not taken yet: the task that has to run next, and a certain deadlock. */
  get pending(): { readonly next: TaskId | undefined; readonly deadlock: readonly TaskId[] | undefined } {
    return { next: this.#next, deadlock: this.#deadlock };
  }

  /** Whether anything that ends an ordinary plan has happened and was not taken yet. */
  get hasNews(): boolean {
    return this.woken.length > 0 || this.#next !== undefined || this.#deadlock !== undefined;
  }

  /**
   * Gives back a lock or a permit, on behalf of the running task.
   *
   * @throws V the host's error if that task does not hold the mutex
   */
  release(resource: number): void {
    this.resources.release(resource, this.running);
  }

  /**
   * Serves a request that a task has yielded. If the task is not blocked, `replies` has what its next resumption receives.
   *
   * @param request must have the shape of a request; its content is validated here
   * @returns whether the task is blocked
   */
  serve(task: TaskId, request: WaitRequest<V>): boolean {
    const refusal = refusalOf(this, task, request);
    if (refusal) {
      this.replies.fail(task, messageOf(this.host, refusal.kind, refusal.words));
      return false;
    }
    request.owner = undefined;
    switch (request.operation) {
      case operation.spawn:
        this.#spawn(task, request.value as V);
        return false;
      case operation.handOver:
        this.#handOver(task, request.object);
        return false;
      default:
        return this.#waits.serve(task, request);
    }
  }

  /** Called when a task has ended: wakes the tasks that join it. @param value what it returned or threw */
  ended(task: TaskId, how: "returned" | "threw" | "closed", value: V): void {
    this.begin(task);
    this.blocked.withdraw(task);
    const joiners = this.joins.end(task, standing[how], value);
    for (let waiter = joiners?.head; waiter; waiter = joiners?.head) {
      if (how === "returned") this.blocked.served(waiter, value);
      else this.blocked.failed(waiter, this.#attempts.errorOfJoined(task));
    }
  }

  /** Called when a task is about to be resumed by hand: removes it from every queue, and drops what it would have received. */
  withdraw(task: TaskId): void {
    this.blocked.withdraw(task);
    if (this.replies.kinds[task] !== replyKind.none) this.replies.take(task);
  }

  /**
   * Called when a task is about to be closed, or thrown into: removes it from every queue. Its `yield` will throw, so it could not use a lock
   * or a value that it was given in the meantime: these go back.
   *
   * @param request what it yielded last
   */
  abandon(task: TaskId, request: WaitRequest<V>): void {
    this.blocked.withdraw(task);
    const kind = this.replies.kinds[task];
    if (kind === replyKind.none) return;
    const result = this.replies.take(task);
    if (kind === replyKind.value) this.#undo(task, request, result);
  }

  /** A promise was fulfilled. Does nothing if the task no longer waits for it. @param token the request's object */
  settle(task: TaskId, token: number, value: V): void {
    const waiter = this.#promiseOf(task, token);
    if (waiter) this.blocked.served(waiter, value);
  }

  /** A promise was rejected: the error is thrown in the task. */
  settleError(task: TaskId, token: number, error: V): void {
    const waiter = this.#promiseOf(task, token);
    if (waiter) this.blocked.failed(waiter, error);
  }

  /** Wakes the sleepers that are due. */
  wakeDue(now = this.host.now()): void {
    const { timers } = this.blocked;
    for (let first = timers.first; first && first.due <= now; first = timers.first) this.blocked.served(first, this.host.nothing);
  }

  /** Called when the virtual clock was moved to the host's `now`: wakes the sleepers that are due. */
  timeMoved(): void {
    const now = this.host.now();
    this.rows.addNumber(rowKind.time, 0, now);
    this.wakeDue(now);
  }

  #spawn(task: TaskId, body: V): void {
    try {
      const spawned = this.host.spawn(task, body);
      this.begin(spawned.task);
      this.woken.push(spawned.task);
      this.replies.give(task, spawned.handle);
    } catch (error) {
      this.replies.fail(task, error as V);
    }
  }

  /** The same as a bare yield if the other task cannot run. */
  #handOver(task: TaskId, to: TaskId): void {
    this.replies.give(task, this.host.nothing);
    if (this.isBlocked(to) || this.joins.standingOf(to) !== standing.alive) return;
    this.#next = to;
    this.rows.add(rowKind.handOver, task, to);
  }

  #undo(task: TaskId, request: WaitRequest<V>, result: V): void {
    const { operation: code, parts = [] } = request;
    if (code === operation.any) {
      const [index, value] = this.host.contents(result) as [number, V];
      this.#giveBack(task, parts[index] as WaitRequest<V>, value);
    } else if (code === operation.all) {
      const values = this.host.contents(result) as V[];
      for (const [index, part] of parts.entries()) this.#giveBack(task, part, values[index] as V);
    } else this.#giveBack(task, request, result);
  }

  #giveBack(task: TaskId, { operation: code, object }: WaitRequest<V>, value: V): void {
    if (code === operation.acquire) this.resources.giveBack(object, task);
    const channel = code === operation.take ? this.resources.at(object) : undefined;
    if (channel?.kind === "channel") channel.giveBack(value);
  }

  #promiseOf(task: TaskId, token: number): Waiter<V> | undefined {
    let waiter = this.blocked.firstOf(task);
    while (waiter && !(waiter.operation === operation.promise && waiter.object === token)) waiter = waiter.sibling;
    return waiter;
  }

  /** The only task that can wake another one: the holder of its mutex or the joined task. Undefined if the task waits for anything else. */
  readonly #wakerOf = (task: TaskId): TaskId | undefined => {
    const waiter = this.blocked.firstOf(task);
    if (!waiter || waiter.sibling) return undefined;
    if (waiter.operation === operation.join) return waiter.object;
    const mutex = waiter.operation === operation.acquire ? this.resources.at(waiter.object) : undefined;
    return mutex?.kind === "mutex" ? mutex.holder : undefined;
  };
}
