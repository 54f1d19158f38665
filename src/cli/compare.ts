/**
 * `compare`: the same tasks under several policies, as tables or as one object per policy.
 */
import { tmpdir } from "node:os";
import type { PolicyOutcome } from "../protocol/schedule";
import { adviceOf, RunnerFailedError, RuntimeTooOldError, UserError } from "../session/common/errors";
import { markdownOf } from "../session/compare/comparisonText";
import { PolicyComparison } from "../session/compare/policyComparison";
import { runnerCommand } from "../session/interpreter/runners";
import type { CompareCommand } from "./commands";
import { policyFiles, withSeedOf } from "./order";
import type { Surroundings } from "./surroundings";

/** The trace of each takes no more space than this, in bytes. */
const maxTraceBytes = 1024 * 1024 * 1024;

/**
 * Runs the calls under each policy, and prints what came of it.
 *
 * @returns whether a task threw
 * @throws RunnerFailedError, UserError when one of them could not be run, after the others were printed
 */
export async function compare(command: CompareCommand, { dist, out, signal }: Surroundings): Promise<"done" | "threw"> {
  const { file, calls, node, python, policies, seed, steps, format } = command;
  const own = { executable: process.execPath, env: {} };
  const program = {
    file,
    calls,
    command: await runnerCommand({ file, nodePath: node, pythonPath: python, own, dist }),
    storage: tmpdir(),
    maxTraceBytes,
    policyFiles: policyFiles(node, dist),
  };
  const comparison = new PolicyComparison(program, withSeedOf(policies, seed), { steps }, () => undefined);
  signal.addEventListener("abort", () => comparison.cancel());
  await comparison.run();
  const { outcomes } = comparison;
  out.write(format === "jsonl" ? outcomes.map(line) : [markdownOf(outcomes)]);
  const { failed } = comparison;
  if (failed) throw failureOf(failed);
  return outcomes.some(({ threw }) => threw > 0) ? "threw" : "done";
}

/** With the policy's name. Whose fault it is stays: the exit code tells. */
function failureOf({ policy, failure }: NonNullable<PolicyComparison["failed"]>): UserError {
  const message = `${policy}: ${adviceOf(failure)}`;
  const isRunners = failure instanceof RunnerFailedError || failure instanceof RuntimeTooOldError;
  return new (isRunners ? RunnerFailedError : UserError)(message, "The others are printed.", { cause: failure });
}

function line({ timeline: _, ...outcome }: PolicyOutcome): string {
  return JSON.stringify(outcome);
}
