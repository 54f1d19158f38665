/**
 * Fair: the task with the least run time so far goes next, as in Linux's Completely Fair Scheduler (Molnár 2007). A task that
 * is added later starts with the least run time of the others. Otherwise it would keep them waiting until it had caught up.
 */
import type { Plan } from "../schedule/plan";
import type { Task, TaskId } from "../task";
import type { Micros, Policy } from "./policy";
import { TaskHeap } from "./taskHeap";
import type { ReadyTasks } from "./taskQueue";

/** The maximum expected duration of a plan in microseconds: about as often as Linux switches between tasks. */
const granularity = 1_000;

/** The maximum number of picks in a plan, unless there are more tasks. */
const usualBatch = 1_024;

export class Fair implements Policy {
  readonly name = "fair";
  /** Ordered by run time; ties go to the task that ran longest ago. */
  #heap = new TaskHeap();
  /** The keys of the heap, by task: its run time in microseconds, and when it last ran or was added. */
  #times: number[] = [];
  #turns: number[] = [];
  /** By task: its number of steps and their total duration, from which the next slice is estimated. */
  #steps: number[] = [];
  #taken: number[] = [];
  #floor = 0;
  #turn = 0;
  /** The picks of the last plan. In the heap, their tasks are at the positions expected after that plan. */
  #expected: readonly TaskId[] = [];

  /**
   * @param batch the maximum number of picks in one plan; by default 1,024, or the number of ready tasks if that is larger. Only the
   *   first pick of each task uses its measured time. The others use its mean slice, because asking the runner after every step
   *   would cost as much as many steps
   */
  constructor(readonly batch?: number) {}

  /** Expected times are undone only when the heap is needed again, because most of them will turn out to be right. */
  plan(ready: ReadyTasks, limit: number): Plan {
    const heap = this.#ranked;
    let pick = heap.top as TaskId;
    const picks: TaskId[] = [pick];
    const most = Math.min(limit, this.batch ?? Math.max(usualBatch, ready.length));
    for (let ahead = 0; picks.length < most && ahead < granularity; ) {
      const slice = this.#meanSlice(pick);
      heap.set(pick, heap.keyOf(pick) + (slice ?? Number.MAX_VALUE), this.#turn + picks.length);
      ahead += slice ?? 0;
      pick = heap.top as TaskId;
      picks.push(pick);
    }
    this.#expected = picks;
    return { picks, times: 1 };
  }

  why(): string {
    return `least run time so far, ${Number(this.#least().toPrecision(3))} µs`;
  }

  whyAhead(): string {
    return "planned ahead by least run time";
  }

  enter({ id }: Task): void {
    this.#turn += 1;
    this.#steps[id] ??= 0;
    this.#taken[id] ??= 0;
    this.#times[id] = Math.max(this.#times[id] ?? 0, this.#least());
    this.#turns[id] = this.#turn;
    this.#rank([id]);
  }

  leave({ id }: Task): void {
    this.#floor = this.#least();
    this.#heap.delete(id);
  }

  spent(plan: Plan, count: number, micros: Micros): void {
    for (let index = 0; index < count; index += 1) this.#ran(plan.picks[index % plan.picks.length] as TaskId, micros(index));
    if (plan.picks !== this.#expected) this.#rank(plan.picks.slice(0, count));
  }

  copy(): Policy {
    const copy = new Fair(this.batch);
    copy.#heap = this.#ranked.copy();
    copy.#times = [...this.#times];
    copy.#turns = [...this.#turns];
    copy.#steps = [...this.#steps];
    copy.#taken = [...this.#taken];
    copy.#floor = this.#floor;
    copy.#turn = this.#turn;
    return copy;
  }

  /** The heap, ordered by the measured run times. */
  get #ranked(): TaskHeap {
    this.#rank(this.#expected);
    this.#expected = [];
    return this.#heap;
  }

  /** Moves tasks to the positions given by their run times. */
  #rank(tasks: readonly TaskId[]): void {
    for (const id of tasks) this.#heap.set(id, this.#times[id] as number, this.#turns[id] as number);
  }

  #ran(id: TaskId, took: number): void {
    this.#turn += 1;
    this.#turns[id] = this.#turn;
    this.#times[id] = (this.#times[id] ?? 0) + took;
    this.#steps[id] = (this.#steps[id] ?? 0) + 1;
    this.#taken[id] = (this.#taken[id] ?? 0) + took;
  }

  /** Undefined for a task that never ran; such a task is planned at most once per plan. */
  #meanSlice(id: TaskId): number | undefined {
    const steps = this.#steps[id] ?? 0;
    return steps === 0 ? undefined : (this.#taken[id] ?? 0) / steps;
  }

  /** The least run time of the ready tasks or, if none is ready, the last known one. */
  #least(): number {
    const { top } = this.#ranked;
    return top === undefined ? this.#floor : (this.#times[top] as number);
  }
}
