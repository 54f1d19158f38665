/**
 * The order in which a policy would pick the ready tasks, one after the other. A search counts deviations along it: to pick another task than the
 * first is to pass over those before it.
 */
import { keyedNames, type TaskId } from "../task";

/** A policy that ranks all ready tasks, and its parameters. */
export interface RankingRule {
  readonly name: "round-robin" | "fcfs" | "lifo" | "priority";
  readonly quantum?: number | undefined;
  readonly ageing?: number | undefined;
  /** Those that are given, by the number of the task, its name, or the name of its function. */
  readonly priorities: readonly (readonly [task: string, priority: number])[];
}

const none = -1;

/** The state of a policy in a run. It is told what happens to the tasks, in the order in which the scheduler tells a policy. */
export class Ranking {
  readonly #priorities: ReadonlyMap<string, number>;
  /** By task; the smaller comes first, and among equals the one with the smaller tie. */
  readonly #keys: number[] = [];
  readonly #ties: number[] = [];
  #clock = 0;
  #steps = 0;
  /** The task that has the quantum, and how many steps of it are left. */
  #current: TaskId = none;
  #left = 0;
  #handedOver: TaskId = none;

  constructor(
    readonly rule: RankingRule,
    readonly nameOf: (task: TaskId) => string,
  ) {
    this.#priorities = new Map(rule.priorities);
  }

  /** A run begins. */
  begin(): void {
    this.#clock = 0;
    this.#steps = 0;
    this.#left = 0;
    this.#handedOver = none;
  }

  /** A task became ready: it was added, or woken. */
  enter(task: TaskId): void {
    this.#clock += 1;
    this.#keys[task] = this.#keyOf(task);
    this.#ties[task] = this.#clock;
  }

  /** A task made a step. Whoever it wakes enters after that. */
  ran(task: TaskId): void {
    const { quantum = 1 } = this.rule;
    this.#handedOver = none;
    if (this.#left > 0) {
      if (task === this.#current) this.#left -= 1;
      return;
    }
    this.#current = task;
    this.#left = quantum - 1;
    this.#steps += 1;
    if (this.rule.name === "priority") this.enter(task);
  }

  /** A task is no longer ready: it has ended, or waits. */
  leave(task: TaskId): void {
    if (task === this.#current) this.#left = 0;
  }

  /** A task runs next, since another one has handed over to it. */
  handOver(task: TaskId): void {
    this.#handedOver = task;
  }

  /** The ready tasks, the policy's next pick first. @param queue the same in the order of round-robin */
  order(queue: readonly TaskId[]): readonly TaskId[] {
    const ranked = [...queue];
    if (this.rule.name !== "round-robin") ranked.sort((one, other) => this.#compare(one, other));
    if (this.#left > 0) first(ranked, this.#current);
    first(ranked, this.#handedOver);
    return ranked;
  }

  /** What decides in which order the tasks come from here on, besides that of round-robin. */
  state(queue: readonly TaskId[]): string {
    const { name, ageing } = this.rule;
    const ranked = name === "round-robin" ? [] : [...queue].sort((one, other) => this.#compare(one, other));
    const aged = ranked.map((task) => (ageing === undefined ? task : `${task}:${(this.#keys[task] as number) - this.#steps}`));
    return `${aged} ${this.#left > 0 ? this.#current : none} ${this.#left} ${this.#handedOver}`;
  }

  #compare(one: TaskId, other: TaskId): number {
    const difference = (this.#keys[one] as number) - (this.#keys[other] as number);
    return difference || (this.#ties[one] as number) - (this.#ties[other] as number);
  }

  /** As the policies order their tasks. With ageing, all tasks rise alike while they wait. */
  #keyOf(task: TaskId): number {
    const { name, ageing } = this.rule;
    if (name === "lifo") return -this.#clock;
    if (name !== "priority") return 0;
    const priority = this.#priorityOf(task);
    return ageing === undefined ? -priority : this.#steps - priority * ageing;
  }

  #priorityOf(id: TaskId): number {
    if (this.#priorities.size === 0) return 0;
    const key = keyedNames({ id, name: this.nameOf(id) }).find((name) => this.#priorities.has(name));
    return key === undefined ? 0 : (this.#priorities.get(key) as number);
  }
}

/** Moves a task to the front, if it is there. */
function first(ranked: TaskId[], task: TaskId): void {
  const at = ranked.indexOf(task);
  if (at > 0) ranked.unshift(...ranked.splice(at, 1));
}
