/**
 * What a policy is: a small object that picks from the ready queue. It knows nothing of runners, sessions or other policies.
 */
import type { Plan } from "../schedule/plan";
import type { Task } from "../task";
import type { ReadyTasks } from "./taskQueue";

/** How long a slice of a plan took, in microseconds. Slices count from 0. */
export type Micros = (index: number) => number;

/**
 * The rule that picks who runs next. A policy never runs anything and never sees a runner, so recording, replaying and
 * counting can wrap one without its knowledge.
 *
 * What a policy keeps follows from what happened alone: which tasks came and went, and who ran (`ran`, `spent`). It does not
 * depend on how the steps were grouped into plans, nor on what was planned and did not run. So the same picks always lead to
 * the same state, whether they were planned, made by hand, or replayed. A pick that the policy would have made itself counts
 * as its own, whoever made it; any other is an exception, after which the policy goes on as if it had not been asked.
 *
 * A policy without state needs its name and `plan` alone, and can be shared. Any other belongs to one scheduler.
 */
export interface Policy {
  /** The name that users type and read: `round-robin`. */
  readonly name: string;
  /** Why it cannot pick any more. The run rests until another policy is chosen. */
  readonly refusal?: Error | undefined;
  /**
   * The next picks, should every task stay ready. Asked again whenever that turned out otherwise, so it must not change
   * what the policy does later.
   *
   * @param ready the ready queue, never empty, the longest waiting task first
   * @param limit the most steps wanted, at least 1; a policy that needs each result plans fewer
   */
  plan(ready: ReadyTasks, limit: number): Plan;
  /**
   * The picks after those of a plan, should all of these run and every task stay ready; undefined where it cannot tell. So the
   * next plan is made while one runs. The same rules hold as for `plan`; a policy that needs each result has none.
   *
   * @param plan one of its own
   * @param ready the ready queue as it was before that plan
   */
  planAfter?(plan: Plan, limit: number, ready: ReadyTasks): Plan | undefined;
  /** Why it would pick as it does now, in words that follow the task's name: `next in the ring`. */
  why?(): string;
  /**
   * Why it may have picked another task than it would if it knew all that it knows now: words for a policy that plans ahead by
   * estimates, or that cannot be asked again. Any other has none, since what it did not pick was picked by a schedule.
   */
  whyAhead?(): string | undefined;
  /** A task became ready: it was added, let go, or woken. */
  enter?(task: Task): void;
  /** A task is no longer ready: it has ended, is held back, or waits for something. */
  leave?(task: Task): void;
  /** The first `count` steps of a plan ran. Whether the last task has ended is reported next. */
  ran?(plan: Plan, count: number): void;
  /** How long the same steps took. */
  spent?(plan: Plan, count: number, micros: Micros): void;
  /** An independent copy in the same state, from which a later state can be found again. */
  copy?(): Policy;
}

/** Picks in one plan of a policy whose picks do not repeat: enough to hide a round trip, and soon sent. */
export const longestPlan = 65_536;
