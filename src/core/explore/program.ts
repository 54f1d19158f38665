/**
 * What is explored, as the search sees it: a program that can be begun again and again.
 */
import type { TaskId } from "../task";
import type { Touched } from "./touched";

export interface Program {
  /** Begins a fresh instance, with its tasks made and nothing run. */
  begin(): void;

  /**
   * The ready tasks in the order in which the policy would pick them. In that of round-robin, a task that yields goes to the end, a task that
   * is woken or spawned too. Empty when nobody can go on, also where the program has decided that the run is over (the first return, a broken invariant).
   */
  readonly ready: readonly TaskId[];

  /**
   * Resumes a ready task.
   *
   * @returns what its slice touched; undefined where that is not tracked. Where something is checked after every step, a slice that
   *   writes anything also writes the place of that check, since its order among such slices decides what is seen
   */
  resume(task: TaskId): Touched | undefined;

  /**
   * The outcome of the run that just ended, as a number that equal outcomes share. @param isCut whether the search ended the run at the
   * limit of steps
   */
  outcome(isCut: boolean): number;

  /**
   * All that decides what can still come of the run, its policy included, as a text: equal in two runs only if the same can come of both.
   * Undefined if it cannot wholly be seen, or nobody looks at states. Asked where more than one task is ready.
   */
  wholeState?(): string | undefined;

  /**
   * A number that two runs of the same schedule have in common if the program is deterministic: a hash of what the steps of this run did
   * so far. Asked after any step.
   */
  fingerprint(): number;
}
