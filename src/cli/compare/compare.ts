/**
 * `compare`: runs the same tasks under several policies, or several setups, and prints tables, or an object or a row for each of them.
 */

import type { ComparedFormat, ComparedKind } from "../../protocol/schedule";
import { adviceOf, RunnerFailedError, RuntimeNotFoundError, RuntimeTooOldError, UserError } from "../../session/common/errors";
import { Comparison } from "../../session/compare/comparison";
import { comparisonText } from "../../session/compare/comparisonText";
import { type ComparedLine, type Limits, underPolicies } from "../../session/compare/lines";
import type { RunFigures } from "../../session/compare/runOutcome";
import { failingOrders } from "../../session/explore/failingOrders";
import type { CompareCommand, CompareSetupsCommand } from "../commands";
import { withSeedOf } from "../order";
import { placeOf } from "../place";
import { onCommandLine } from "../remedies";
import type { Surroundings } from "../surroundings";
import { comparedProgram } from "./program";
import { setupLines } from "./setups";

/**
 * Runs the calls under each policy, and prints the results.
 *
 * @returns whether a task threw, or can never end
 * @throws RunnerFailedError, UserError if one of the policies could not be run, after the results of the others were printed
 */
export async function compare(command: CompareCommand, around: Surroundings): Promise<"done" | "threw"> {
  const program = await comparedProgram(command, { ...command, dist: around.dist });
  return compared("policies", underPolicies(program, withSeedOf(command.policies, command)), command, around);
}

/**
 * Runs each setup, and prints the results.
 *
 * @returns whether a task threw, or can never end
 * @throws RunnerFailedError, UserError if one of the setups could not be run, after the results of the others were printed
 */
export async function compareSetups(command: CompareSetupsCommand, around: Surroundings): Promise<"done" | "threw"> {
  return compared("setups", await setupLines(command, around.dist), command, around);
}

async function compared(
  kind: ComparedKind,
  lines: readonly ComparedLine[],
  { steps, runs, format }: Limits & { readonly format: ComparedFormat },
  { out, signal }: Surroundings,
): Promise<"done" | "threw"> {
  const comparison = new Comparison(kind, lines, { steps, runs }, () => undefined, failingOrders);
  signal.addEventListener("abort", () => comparison.cancel());
  await comparison.run();
  const { outcomes, failures } = comparison;
  out.writeText(comparisonText(outcomes, kind, format));
  if (failures.length > 0) throw failureOf(failures);
  return outcomes.some(({ runs }) => runs.some(hasFailed)) ? "threw" : "done";
}

/** The failures, each with the name of its line. Whether it is the runner that failed is kept, because it determines the exit code. */
function failureOf(failures: Comparison["failures"]): UserError {
  const message = failures
    .map(({ name, failure }) => `${name}: ${onCommandLine(adviceOf(failure))}${placeOf(failure)}`)
    .join("\n");
  const isRunners = failures.some(({ failure }) =>
    [RunnerFailedError, RuntimeNotFoundError, RuntimeTooOldError].some((kind) => failure instanceof kind),
  );
  return new (isRunners ? RunnerFailedError : UserError)(message, "The results of the others are printed.", {
    cause: failures[0]?.failure,
  });
}

/** Whether a task ended with an error, or can never end, as in `trace`. */
function hasFailed({ stopped, threw }: RunFigures): boolean {
  return threw > 0 || stopped === "deadlock" || stopped === "blocked";
}
