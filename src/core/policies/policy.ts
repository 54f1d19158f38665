/**
 * What a policy is: a small pure object that picks from the ready queue.
 */
import type { Plan } from "../schedule";
import type { TaskId } from "../task";

/**
 * The rule that picks who runs next. A policy never runs anything and never sees a runner, so recording, replaying and
 * counting can wrap one without its knowledge.
 */
export interface Policy {
  /** The name that users type and read: `round-robin`. */
  readonly name: string;
  /**
   * The next picks, should every task stay ready. Asked again whenever that turned out otherwise, so it must not change
   * the policy's state.
   *
   * @param ready the ready queue, never empty, the longest waiting task first
   * @param limit the most steps wanted, at least 1; a policy that needs each result plans fewer
   */
  plan(ready: readonly TaskId[], limit: number): Plan;
}
