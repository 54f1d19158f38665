/**
 * Which tasks are ready, and in which order: the ready queue, the tasks with their states, and the effects of requests on both.
 */
import { TaskQueue } from "../policies/taskQueue";
import { lastRuns, type Plan } from "../schedule/plan";
import { isOver, type TaskId, type TaskState } from "../task";
import type { WaitRows } from "../waiting/rows";
import { Effects } from "./effects";
import { TaskTable } from "./taskTable";

/**
 * Called when a task becomes ready, and when it is no longer ready. Only task numbers are passed: a task's state is updated lazily when it
 * is looked up, which most policies never do.
 */
export interface ReadyListener {
  entered(task: TaskId): void;
  left(task: TaskId): void;
}

export class Readiness {
  readonly table: TaskTable;
  /** The head is the task that has waited longest for its turn. */
  readonly queue: TaskQueue;
  #list: readonly TaskId[] | undefined;
  readonly #effects = new Effects();
  /** The task of the last step, until its slice is known to have ended. */
  #inSlice: TaskId | undefined;
  #handedOver: { readonly to: TaskId; readonly by: TaskId } | undefined;

  constructor(
    readonly listener: ReadyListener,
    from?: Readiness,
  ) {
    this.table = from?.table.copy() ?? new TaskTable();
    this.queue = new TaskQueue(from?.queue);
    this.#handedOver = from?.handedOver;
  }

  /** The queue as a list. */
  get list(): readonly TaskId[] {
    this.#list ??= [...this.queue];
    return this.#list;
  }

  /** Whether tasks have ever made requests. */
  get sawRequests(): boolean {
    return this.#effects.wereThere;
  }

  /** The step of the next effect of a request that was not applied yet; Infinity if there is none. */
  get nextEffect(): number {
    return this.#effects.next;
  }

  /** The task that must run next because another task handed over to it. */
  get handedOver(): { readonly to: TaskId; readonly by: TaskId } | undefined {
    return this.#handedOver;
  }

  /** Whether a task that is held back also waits for something, so that it may be woken. */
  get isWaitingHeld(): boolean {
    return this.table.waiting > 0 && this.table.held.some((id) => this.table.isWaiting(id));
  }

  /** Adds a task to the tail of the queue, unless it is held back, waits, or is in the queue already. */
  enter(id: TaskId): void {
    if (this.table.isHeld(id) || this.table.isWaiting(id) || this.queue.has(id)) return;
    this.queue.push(id);
    this.#list = undefined;
    this.listener.entered(id);
  }

  /** Removes a task that is no longer ready from the queue. */
  leave(id: TaskId): void {
    if (this.#handedOver?.to === id) this.#handedOver = undefined;
    if (!this.queue.has(id)) return;
    this.queue.remove(id);
    this.#list = undefined;
    this.listener.left(id);
  }

  /** Sets the state of a task after a step. */
  settle(id: TaskId, state: TaskState): void {
    this.table.setState(id, state);
    if (isOver(state)) this.leave(id);
  }

  /** Notes that a task was spawned in a step. It joins the queue when that step is applied. */
  noteSpawned(step: number, id: TaskId): void {
    this.#effects.addSpawned(step, id);
  }

  /** Notes effects of requests. They are applied together with the steps of their rows. */
  noteWaits(rows: WaitRows): void {
    this.#effects.add(rows);
  }

  /** Moves the tasks that ran in a plan to the tail, in the order of their last runs. */
  ranAll(plan: Plan, ran: number): void {
    for (const id of lastRuns(plan, ran, this.queue.length)) {
      this.queue.push(id);
      this.table.ran(id);
    }
    this.#list = undefined;
  }

  /** Moves a task that ran once to the tail. */
  ran(id: TaskId): void {
    this.queue.push(id);
    this.table.ran(id);
    this.#list = undefined;
  }

  /**
   * Applies the effects of requests in the steps so far.
   *
   * @param ran the task of the last step, if the effects of that step have not been applied yet
   */
  takeEffects(steps: number, ran?: TaskId): void {
    if (ran !== undefined) this.#handedOver = undefined;
    if (this.#effects.next > steps) return;
    this.#inSlice = ran;
    this.#effects.take(steps, this.#effected);
    if (this.#handedOver) this.queue.toHead(this.#handedOver.to);
    this.#list = undefined;
  }

  readonly #effected = {
    blocked: (id: TaskId) => {
      if (this.table.isWaiting(id)) return;
      this.table.block(id);
      this.leave(id);
    },
    woken: (id: TaskId) => {
      if (this.table.unblock(id)) this.enter(id);
    },
    withdrawn: (id: TaskId) => {
      this.table.unblock(id);
    },
    spawned: (id: TaskId) => this.enter(id),
    handedOver: (to: TaskId) => {
      if (this.#inSlice !== undefined && this.queue.has(to)) this.#handedOver = { to, by: this.#inSlice };
    },
    /** The task that ran is queued behind the tasks that it woke. */
    outside: () => {
      if (this.#inSlice !== undefined && this.queue.has(this.#inSlice)) this.queue.push(this.#inSlice);
      this.#inSlice = undefined;
    },
  };
}
