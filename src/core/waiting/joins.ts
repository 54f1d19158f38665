/** How tasks ended, and which tasks join them. */
import type { TaskId } from "../task";
import { WaitQueue } from "./queues/waiter";

/** The state of a task, as far as joining it is concerned. */
export const standing = { unknown: 0, alive: 1, returned: 2, threw: 3, closed: 4 } as const;

export class Joins<V> {
  /** By task. */
  readonly #standing: number[] = [];
  readonly #values: (V | undefined)[] = [];
  readonly #queues: (WaitQueue<V> | undefined)[] = [];

  /** How many tasks are known. */
  get tasks(): number {
    return this.#standing.length;
  }

  /** Registers a task. */
  begin(task: TaskId): void {
    for (let next = this.#standing.length; next <= task; next += 1) {
      this.#standing.push(standing.unknown);
      this.#values.push(undefined);
      this.#queues.push(undefined);
    }
    if (this.#standing[task] === standing.unknown) this.#standing[task] = standing.alive;
  }

  standingOf(task: TaskId): number {
    return this.#standing[task] ?? standing.unknown;
  }

  /** What the task returned or threw. */
  valueOf(task: TaskId): V {
    return this.#values[task] as V;
  }

  /** The tasks that wait for the end of the task. */
  queueOf(task: TaskId): WaitQueue<V> {
    this.#queues[task] ??= new WaitQueue<V>();
    return this.#queues[task];
  }

  /** @returns the queue of the tasks that join it */
  end(task: TaskId, how: number, value: V): WaitQueue<V> | undefined {
    this.#standing[task] = how;
    this.#values[task] = value;
    return this.#queues[task];
  }
}
