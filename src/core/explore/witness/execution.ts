/**
 * One schedule as it was run for a closer look, and how such runs are compared.
 */
import type { TaskId } from "../../task";
import type { Calm } from "../tally";
import type { Touched } from "../touched";

/** One step of a run. */
export interface ExecutedStep extends Touched {
  /** How many ready tasks were passed over for the task that ran. */
  readonly passed: number;
  /** Where the slice ended. */
  readonly point?: { readonly file: string; readonly line: number } | undefined;
}

export interface Execution {
  /** What runs with the same outcome have in common. */
  readonly outcome: string | number;
  /** The tasks in the order in which they ran. */
  readonly picks: readonly TaskId[];
  readonly steps: readonly ExecutedStep[];
  /** Whether it was over although tasks could have gone on: one of them threw, or an invariant was broken. */
  readonly endsEarly?: boolean;
  /** The names of the places in `steps`. */
  readonly places: readonly string[];
}

/** Runs a schedule: a pick that is not ready is left out, and after the last one the policy goes on. */
export type Execute = (schedule: readonly TaskId[]) => Promise<Execution>;

export function calmOf({ picks, steps }: Execution): Calm {
  return {
    deviations: steps.reduce((sum, { passed }) => sum + passed, 0),
    switches: picks.filter((task, at) => at > 0 && task !== picks[at - 1]).length,
    steps: picks.length,
  };
}

/** A slice by its task and its number among the task's slices, the same in every schedule: `3#0` is the first slice of task 3. */
export function slicesOf(picks: readonly TaskId[]): string[] {
  const counts = new Map<TaskId, number>();
  return picks.map((task) => {
    const count = counts.get(task) ?? 0;
    counts.set(task, count + 1);
    return `${task}#${count}`;
  });
}
