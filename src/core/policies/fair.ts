/**
 * Fair: whoever has had the least run time so far goes next, as in Linux's Completely Fair Scheduler (Molnár 2007). A task that
 * comes later begins with the least of the others, so that it cannot keep them waiting.
 */
import type { Plan } from "../schedule";
import type { Task, TaskId } from "../task";
import { TaskHeap } from "../taskHeap";
import type { ReadyTasks } from "../taskQueue";
import type { Micros, Policy } from "./policy";

/** Microseconds that a plan is expected to take at most: times are looked at as often as Linux would switch tasks. */
const granularity = 1_000;

export class Fair implements Policy {
  readonly name = "fair";
  /** Run times in microseconds; ties by who ran longest ago. */
  #heap = new TaskHeap();
  /** The steps of each task, and what they took, from which the next slice is estimated. */
  #steps: number[] = [];
  #taken: number[] = [];
  #floor = 0;
  #turn = 0;

  /**
   * @param batch the most picks in one plan. Only the first is made by times as they are; the others by the mean slice of
   *   each task, since a round trip to the runner costs as much as many steps
   */
  constructor(readonly batch: number) {}

  plan(_ready: ReadyTasks, limit: number): Plan {
    const picks: TaskId[] = [this.#top];
    const before = new Map<TaskId, { key: number; tie: number }>();
    const most = Math.min(limit, this.batch);
    for (let turn = this.#turn + 1, ahead = 0; picks.length < most && ahead < granularity; turn += 1) {
      const pick = this.#top;
      const key = this.#heap.keyOf(pick);
      if (!before.has(pick)) before.set(pick, { key, tie: this.#heap.tieOf(pick) });
      const slice = this.#meanSlice(pick);
      this.#heap.set(pick, key + (slice ?? Number.MAX_VALUE), turn);
      ahead += slice ?? 0;
      picks.push(this.#top);
    }
    for (const [task, { key, tie }] of before) this.#heap.set(task, key, tie);
    return { picks, times: 1 };
  }

  why(): string {
    return `least run time so far, ${Number(this.#heap.keyOf(this.#top).toPrecision(3))} µs`;
  }

  enter({ id }: Task): void {
    this.#turn += 1;
    this.#steps[id] ??= 0;
    this.#taken[id] ??= 0;
    this.#heap.set(id, Math.max(this.#heap.keyOf(id), this.#least()), this.#turn);
  }

  leave({ id }: Task): void {
    this.#floor = this.#least();
    this.#heap.delete(id);
  }

  spent(plan: Plan, count: number, micros: Micros): void {
    for (let index = 0; index < count; index += 1) {
      const id = plan.picks[index % plan.picks.length] as TaskId;
      const took = micros(index);
      this.#turn += 1;
      this.#steps[id] = (this.#steps[id] ?? 0) + 1;
      this.#taken[id] = (this.#taken[id] ?? 0) + took;
      this.#heap.set(id, this.#heap.keyOf(id) + took, this.#turn);
    }
  }

  copy(): Policy {
    const copy = new Fair(this.batch);
    copy.#heap = this.#heap.copy();
    copy.#steps = [...this.#steps];
    copy.#taken = [...this.#taken];
    copy.#floor = this.#floor;
    copy.#turn = this.#turn;
    return copy;
  }

  get #top(): TaskId {
    return this.#heap.top as TaskId;
  }

  /** Unknown of a task that never ran, which is not expected to run twice in one plan. */
  #meanSlice(id: TaskId): number | undefined {
    const steps = this.#steps[id] ?? 0;
    return steps === 0 ? undefined : (this.#taken[id] ?? 0) / steps;
  }

  #least(): number {
    return this.#heap.size === 0 ? this.#floor : this.#heap.keyOf(this.#top);
  }
}
