/**
 * The interface of a policy: a small object that picks from the ready queue. It does not depend on runners, sessions or other policies.
 */
import type { Plan } from "../schedule/plan";
import type { Task } from "../task";
import type { ReadyTasks } from "./taskQueue";

/** The duration of a slice of a plan in microseconds, by its index from 0. */
export type Micros = (index: number) => number;

/**
 * The rule that picks which task runs next. A policy never runs anything and never sees a runner, so it can be wrapped for
 * recording, replaying or counting, without any support in the policy itself.
 *
 * The state of a policy depends only on what happened: which tasks were added or removed, and which tasks ran (`ran`, `spent`). It
 * must not depend on how the steps were grouped into plans, or on steps that were planned and did not run. So the same picks always
 * lead to the same state, whether they were planned, made by hand, or replayed. A pick that the policy would have made itself counts
 * as its own, whatever its origin. Any other pick is an exception, after which the policy continues as if it had not happened.
 *
 * A policy without state needs only its name and `plan`, and can be shared. A policy with state belongs to one scheduler.
 */
export interface Policy {
  /** The name that users type and read: `round-robin`. */
  readonly name: string;
  /** Why the policy cannot pick any more. The run rests until the user chooses another policy. */
  readonly refusal?: Error | undefined;
  /**
   * The next picks, assuming that every task stays ready. If that assumption fails, `plan` is called again, so it must not change
   * the policy's state.
   *
   * @param ready the ready queue, never empty; the task that has waited longest comes first
   * @param limit the maximum number of steps wanted, at least 1; a policy that needs the result of each step plans fewer
   */
  plan(ready: ReadyTasks, limit: number): Plan;
  /**
   * The picks that follow a plan, assuming that the whole plan runs and every task stays ready; undefined if they cannot be known.
   * They allow the next plan to be made while the current one runs. The rules of `plan` apply. A policy that needs the result of
   * each step leaves this method out.
   *
   * @param plan a plan of this policy
   * @param ready the ready queue as it was before that plan
   */
  planAfter?(plan: Plan, limit: number, ready: ReadyTasks): Plan | undefined;
  /** Why the policy would make its next pick, in words that follow the task's name: `next in the ring`. */
  why?(): string;
  /**
   * Why the policy may have picked a task that it would not pick with what it knows now. Policies that plan ahead by estimates, or that
   * cannot be asked again, provide this. For other policies, a pick that differs from theirs must have come from a schedule.
   */
  whyAhead?(): string | undefined;
  /** A task became ready: it was added, released or woken. */
  enter?(task: Task): void;
  /** A task is no longer ready: it has ended, is held back, or waits for something. */
  leave?(task: Task): void;
  /** The first `count` steps of a plan ran. If the last of these tasks has ended, `leave` is called next. */
  ran?(plan: Plan, count: number): void;
  /** The durations of the same steps. */
  spent?(plan: Plan, count: number, micros: Micros): void;
  /** An independent copy in the same state, from which later states can be recomputed. */
  copy?(): Policy;
}

/** The maximum number of picks in a plan that does not repeat: enough to hide the latency of a round trip, and quick to send. */
export const longestPlan = 65_536;
