/**
 * `compare`: runs the same tasks under several policies, and prints tables or one JSON object per policy.
 */
import { tmpdir } from "node:os";
import type { PolicyOutcome } from "../protocol/schedule";
import { adviceOf, RunnerFailedError, RuntimeTooOldError, UserError } from "../session/common/errors";
import { markdownOf } from "../session/compare/comparisonText";
import { PolicyComparison } from "../session/compare/policyComparison";
import { runnerCommand } from "../session/interpreter/runners";
import { asThreads } from "../session/process/runnerProcess";
import type { CompareCommand } from "./commands";
import { policyFiles, withSeedOf } from "./order";
import { onCommandLine } from "./remedies";
import type { Surroundings } from "./surroundings";

/** The maximum size of each trace, in bytes. */
const maxTraceBytes = 1024 * 1024 * 1024;

/**
 * Runs the calls under each policy, and prints the results.
 *
 * @returns whether a task threw
 * @throws RunnerFailedError, UserError if one of the policies could not be run, after the results of the others were printed
 */
export async function compare(command: CompareCommand, { dist, out, signal }: Surroundings): Promise<"done" | "threw"> {
  const { file, calls, node, python, policies, virtualTime, threads, steps, format } = command;
  const own = { executable: process.execPath, env: {} };
  const program = {
    file,
    calls,
    command: asThreads(await runnerCommand({ file, nodePath: node, pythonPath: python, own, dist }), threads),
    storage: tmpdir(),
    maxTraceBytes,
    virtualTime,
    policyFiles: policyFiles(node, dist),
  };
  const comparison = new PolicyComparison(program, withSeedOf(policies, command), { steps }, () => undefined);
  signal.addEventListener("abort", () => comparison.cancel());
  await comparison.run();
  const { outcomes } = comparison;
  out.write(format === "jsonl" ? outcomes.map(line) : [markdownOf(outcomes)]);
  const { failed } = comparison;
  if (failed) throw failureOf(failed);
  return outcomes.some(({ threw }) => threw > 0) ? "threw" : "done";
}

/** The failure with the policy's name added. Its class is kept, because it determines the exit code. */
function failureOf({ policy, failure }: NonNullable<PolicyComparison["failed"]>): UserError {
  const message = `${policy}: ${onCommandLine(adviceOf(failure))}`;
  const isRunners = failure instanceof RunnerFailedError || failure instanceof RuntimeTooOldError;
  return new (isRunners ? RunnerFailedError : UserError)(message, "The results of the other policies are printed.", {
    cause: failure,
  });
}

function line({ timeline: _, ...outcome }: PolicyOutcome): string {
  return JSON.stringify(outcome);
}
