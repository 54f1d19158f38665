/**
 * Who is ready, and in which order: the ready queue, the tasks with their states, and what requests do to both.
 */
import { TaskQueue } from "../policies/taskQueue";
import { lastRuns, type Plan } from "../schedule/plan";
import { isOver, type TaskId, type TaskState } from "../task";
import type { WaitRows } from "../waiting/rows";
import { Effects } from "./effects";
import { TaskTable } from "./taskTable";

/**
 * Is told who becomes ready, and who is ready no longer. Only the numbers are passed: the state of a task is brought up to date when it is
 * looked up, which most policies never do.
 */
export interface ReadyListener {
  entered(task: TaskId): void;
  left(task: TaskId): void;
}

export class Readiness {
  readonly table: TaskTable;
  /** The head is the task that waited longest for its turn. */
  readonly queue: TaskQueue;
  #list: readonly TaskId[] | undefined;
  readonly #effects = new Effects();
  /** The task of the last step, until its slice is known to be over. */
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

  /** The step of the next thing that requests did and that is not taken in; Infinity where there is none. */
  get nextEffect(): number {
    return this.#effects.next;
  }

  /** The task that is to run next, since another has handed over to it. */
  get handedOver(): { readonly to: TaskId; readonly by: TaskId } | undefined {
    return this.#handedOver;
  }

  /** Whether somebody is held back who may also be woken. */
  get isWaitingHeld(): boolean {
    return this.table.waiting > 0 && this.table.held.some((id) => this.table.isWaiting(id));
  }

  /** A task joins the queue at its tail. */
  enter(id: TaskId): void {
    if (this.table.isHeld(id) || this.table.isWaiting(id) || this.queue.has(id)) return;
    this.queue.push(id);
    this.#list = undefined;
    this.listener.entered(id);
  }

  /** A task is ready no longer. */
  leave(id: TaskId): void {
    if (this.#handedOver?.to === id) this.#handedOver = undefined;
    if (!this.queue.has(id)) return;
    this.queue.remove(id);
    this.#list = undefined;
    this.listener.left(id);
  }

  /** How a step left its task. */
  settle(id: TaskId, state: TaskState): void {
    this.table.setState(id, state);
    if (isOver(state)) this.leave(id);
  }

  /** A task was spawned in a step: it joins the queue as soon as that is taken in. */
  noteSpawned(step: number, id: TaskId): void {
    this.#effects.addSpawned(step, id);
  }

  /** Requests did something to the tasks: it counts as soon as the steps of the rows are taken in. */
  noteWaits(rows: WaitRows): void {
    this.#effects.add(rows);
  }

  /** Whoever ran in a plan goes to the tail, in the order of the last runs. */
  ranAll(plan: Plan, ran: number): void {
    for (const id of lastRuns(plan, ran, this.queue.length)) {
      this.queue.push(id);
      this.table.ran(id);
    }
    this.#list = undefined;
  }

  /** A task ran once. */
  ran(id: TaskId): void {
    this.queue.push(id);
    this.table.ran(id);
    this.#list = undefined;
  }

  /**
   * Takes in what requests did in the steps so far.
   *
   * @param ran the task of the last step, where it is not taken in yet what requests did in that
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
    /** Who ran is behind those that it has woken. */
    outside: () => {
      if (this.#inSlice !== undefined && this.queue.has(this.#inSlice)) this.queue.push(this.#inSlice);
      this.#inSlice = undefined;
    },
  };
}
