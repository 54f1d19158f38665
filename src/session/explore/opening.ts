/**
 * Shows what a search has found as branches: witnesses, and the ways to states of the graph.
 */
import { scheduleLength } from "../../core/schedule/items";
import { parseSchedule } from "../../core/schedule/parser";
import type { Branches } from "../branches/branches";
import { OrderError } from "../common/errors";
import type { Found } from "./found";
import { wayTo } from "./graphView";
import { endText } from "./outcomeText";
import type { OutcomeReport } from "./report";

/** The longest name of a branch. */
const mostCharacters = 80;

/**
 * Shows the witness of an outcome as a branch, at its end. Where its last slice does not give back control, or ends the process, that
 * slice is left to the user.
 *
 * @throws OrderError if there is no such outcome, the file was changed, or there are too many branches
 */
export async function openWitness(found: Found | undefined, outcome: number, branches: Branches): Promise<void> {
  const report = foundOutcome(found, outcome);
  const { witness: text, by } = report;
  const steps = scheduleLength(parseSchedule(text).items) - (by === "hung" || by === "died" ? 1 : 0);
  await open(found, { text, name: `Witness: ${endText(report)}`, steps }, branches);
}

/**
 * Shows the steps that lead to a state of the graph as a branch.
 *
 * @throws OrderError if there is no such state, the file was changed, or there are too many branches
 */
export async function openState(found: Found | undefined, point: number, branches: Branches): Promise<void> {
  await open(found, wayTo(found?.live, point), branches);
}

/** @throws OrderError if there is no such outcome */
export function foundOutcome(found: Found | undefined, outcome: number): OutcomeReport {
  const report = found?.outcome(outcome);
  if (!report) throw new OrderError("There is no such outcome any more.", "Choose another one.");
  return report;
}

/** @throws OrderError if the file was changed after the search began */
export function mustBeOfThisText({ text }: Found): void {
  if (text.look()) throw new OrderError("These outcomes are of an earlier text of the file.", "Explore again.");
}

async function open(
  found: Found | undefined,
  { text, name, steps }: { readonly text: string; readonly name: string; readonly steps: number },
  branches: Branches,
): Promise<void> {
  const { time: virtualTime } = found as Found;
  mustBeOfThisText(found as Found);
  const time = { virtualTime };
  await branches.open({ text, items: parseSchedule(text).items, name: name.slice(0, mostCharacters), steps, time });
}
