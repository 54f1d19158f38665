/** The ready queue of a run, and the hash of what its steps did. */

import { Ranking, type RankingRule } from "../../../core/explore/ranking";
import { empty } from "../execute/tasks";

/** The ready tasks in the order of round-robin, which can be seen in that of another policy. Nothing is allocated for round-robin. */
export class ReadyQueue {
  readonly #tasks: number[] = [];
  readonly #ranking: Ranking | undefined;

  /** @param policy undefined for round-robin */
  constructor(policy: RankingRule | undefined, nameOf: (task: number) => string) {
    this.#ranking = policy && new Ranking(policy, nameOf);
  }

  /** The tasks in the order in which the policy would pick them. */
  get ranked(): readonly number[] {
    return this.#ranking ? this.#ranking.order(this.#tasks) : this.#tasks;
  }

  get isEmpty(): boolean {
    return this.#tasks.length === 0;
  }

  /** What decides in which order the tasks come from here on. */
  state(): string {
    return `${this.#tasks} ${this.#ranking?.state(this.#tasks) ?? ""}`;
  }

  /** A run begins. */
  begin(): void {
    this.clear();
    this.#ranking?.begin();
  }

  /** A run is over. */
  clear(): void {
    empty(this.#tasks);
  }

  /** A task was added or woken. */
  enter(task: number): void {
    this.#tasks.push(task);
    this.#ranking?.enter(task);
  }

  /** A task runs. */
  take(task: number): void {
    remove(this.#tasks, task);
    this.#ranking?.ran(task);
  }

  /** The task that ran is still ready. */
  putBack(task: number): void {
    this.#tasks.push(task);
  }

  /** The task that ran has ended, or waits. */
  leave(task: number): void {
    this.#ranking?.leave(task);
  }

  /** A task runs next, if it is ready. */
  handOver(task: number): void {
    if (!this.#tasks.includes(task)) return;
    remove(this.#tasks, task);
    this.#tasks.unshift(task);
    this.#ranking?.handOver(task);
  }
}

function remove(tasks: number[], task: number): void {
  for (let at = tasks.indexOf(task) + 1; at < tasks.length; at += 1) tasks[at - 1] = tasks[at] as number;
  tasks.pop();
}

/** Mixes into a hash what a step did. */
export function mixed(print: number, task: number, event: number, point: number, value: unknown): number {
  let hash = Math.imul(print ^ (task * 4 + event), 0x9e3779b1) ^ point;
  if (typeof value === "number") hash = Math.imul(hash, 31) + (value | 0);
  else if (typeof value === "string") hash = Math.imul(hash, 31) + value.length * 65_536 + (value.charCodeAt(0) | 0);
  return hash | 0;
}
