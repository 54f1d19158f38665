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
 * Shows the witness of an outcome as a branch, at its end; of one that fails, beside the nearest good order that is known. Where the last slice does not give back control, or ends the process, that slice is left to the user.
 *
 * @throws OrderError if there is no such outcome, the file was changed, or there are too many branches
 */
export async function openWitness(found: Found | undefined, outcome: number, branches: Branches): Promise<void> {
  const report = foundOutcome(found, outcome);
  const { witness: text, by, failing, other } = report;
  const steps = stepsOf(text) - (by === "hung" || by === "died" ? 1 : 0);
  const good = failing && other !== undefined ? { text: other, name: "Nearest good order", steps: stepsOf(other) } : undefined;
  await open(found, { text, name: `Witness: ${endText(report)}`, steps }, branches, good);
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

/** The steps of a schedule, under a name. */
interface Way {
  readonly text: string;
  readonly name: string;
  readonly steps: number;
}

async function open(found: Found | undefined, way: Way, branches: Branches, beside?: Way): Promise<void> {
  const { time } = found as Found;
  mustBeOfThisText(found as Found);
  const opened = ({ text, name, steps }: Way) => {
    const { items, threads } = parseSchedule(text);
    return { text, items, name: name.slice(0, mostCharacters), steps, conditions: { virtualTime: time, threads } };
  };
  await branches.open(opened(way), beside && opened(beside));
}

function stepsOf(schedule: string): number {
  return scheduleLength(parseSchedule(schedule).items);
}
