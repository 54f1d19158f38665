/**
 * The witnesses of a search: for each outcome an order as calm as can be, and why it leads there.
 */
import { isDeepStrictEqual } from "node:util";
import type { Calm } from "../../core/explore/tally";
import { calmOf, type Execute, type Execution } from "../../core/explore/witness/execution";
import { type Explanation, explain } from "../../core/explore/witness/explain";
import { shrink } from "../../core/explore/witness/shrink";
import type { TaskId } from "../../core/task";
import type { Executed, ExploredOutcome } from "../../protocol/explore";
import type { MetOutcome } from "./metOutcomes";

export interface Witness extends Calm {
  /** The tasks in the order in which they run. */
  readonly picks: readonly TaskId[];
  readonly executed: Executed;
  /** Absent where no two neighbouring steps decide, and where there is no other outcome. */
  readonly explanation?: Explanation;
}

/** Outcomes that are explained, the failing ones first. */
const mostExplained = 20;
/** So many milliseconds the explanations may take. Where orders hang, each one that is tried takes seconds. */
const mostMillis = 10_000;
/** An order that takes longer is not run again and again to make it calm: a check in it that hangs is interrupted after two seconds. */
const slowMillis = 1_000;

/** The ends at which tasks could have gone on. */
const early: readonly ExploredOutcome["end"][] = ["threw", "invariant", "first", "livelock", "starvation"];

/** The witnesses that were made so far. */
export interface Explained {
  readonly witnesses: ReadonlyMap<string, Witness>;
  /** The first step that may have gone another way when the order of a witness was run again; undefined if none did. */
  readonly differs: number | undefined;
}

/** The time for explanations is over. */
class TimeIsOver extends Error {}

/** A run, with all that the runner told of it. */
interface Run extends Execution {
  readonly executed: Executed;
}

/**
 * Makes the witnesses of the outcomes calm, then explains them, as far as there is time.
 *
 * @returns after each one, all that were made so far
 */
export async function* explainAll(...given: Parameters<typeof explained>): AsyncGenerator<Explained> {
  try {
    yield* explained(...given);
  } catch (error) {
    if (!(error instanceof TimeIsOver)) throw error;
  }
}

async function* explained(
  outcomes: readonly MetOutcome[],
  execute: (schedule: readonly TaskId[]) => Promise<Executed>,
  keyOf: (outcome: ExploredOutcome) => string,
): AsyncGenerator<Explained> {
  const began = performance.now();
  const run: Execute = async (schedule): Promise<Run> => {
    if (performance.now() - began > mostMillis) throw new TimeIsOver();
    const executed = await execute(schedule);
    const { outcome, picks, steps, places } = executed;
    return { outcome: keyOf(outcome), picks, steps, places, endsEarly: early.includes(outcome.end), executed };
  };
  const asked = outcomes.filter(({ outcome: { end } }) => end !== "hung" && end !== "died");
  const chosen = [...asked.filter(isFailing), ...asked.filter((met) => !isFailing(met))].slice(0, mostExplained);
  const witnesses = new Map<string, Witness>();
  const runs: Run[] = [];
  let differs: number | undefined;
  for (const { key, outcome, witness } of chosen) {
    const before = performance.now();
    const again = (await run(witness)) as Run;
    const isSlow = performance.now() - before > slowMillis;
    if (again.outcome !== key) {
      // Where the order does not determine the outcome, there is nothing to make calm.
      differs = Math.min(differs ?? Number.POSITIVE_INFINITY, differingStep({ outcome, witness }, again.executed));
    } else {
      const calm = isSlow ? again : ((await shrink(again, run)) as Run);
      if (!isSlow) runs.push(calm);
      witnesses.set(key, { picks: calm.picks, executed: calm.executed, ...calmOf(calm) });
    }
    yield { witnesses, differs };
  }
  for (const witness of runs) {
    const explanation = await explain(
      {
        witness,
        others: runs.filter((other) => other !== witness),
        ...(witness.executed.outcome.failing ? { isGood: (other) => (other as Run).executed.outcome.failing === undefined } : {}),
        nameOf: (task) => witness.executed.outcome.tasks[task]?.name ?? `task ${task}`,
      },
      run,
    );
    if (!explanation) continue;
    witnesses.set(witness.outcome as string, { ...(witnesses.get(witness.outcome as string) as Witness), explanation });
    yield { witnesses, differs };
  }
}

/**
 * The step at which two runs of one order went apart, as far as their ends tell: where another task ran, or the last step of a task that
 * ended in another way. Counted from 1.
 */
function differingStep(
  { outcome, witness }: Pick<MetOutcome, "outcome" | "witness">,
  { outcome: other, picks }: Executed,
): number {
  const another = witness.findIndex((task, at) => picks[at] !== task);
  if (another >= 0) return another + 1;
  const ended = outcome.tasks.flatMap((task, id) =>
    isDeepStrictEqual(task, other.tasks[id]) ? [] : witness.lastIndexOf(id) + 1,
  );
  return ended.length > 0 ? Math.max(1, Math.min(...ended)) : witness.length;
}

function isFailing({ outcome }: MetOutcome): boolean {
  return outcome.failing !== undefined;
}
