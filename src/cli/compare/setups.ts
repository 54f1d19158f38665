/**
 * The setups of the command line as lines of a comparison.
 */
import type { ComparedLine } from "../../session/compare/lines";
import { setupsNamed } from "../../session/setup/lookup";
import { linesOfSetups } from "../../session/setup/setupLines";
import type { CompareSetupsCommand } from "../commands";
import { comparedProgram } from "./program";

/**
 * A line for each setup; one that cannot be compared has the error.
 *
 * @throws SetupError if the file with setups is invalid; UserError if there is none
 */
export async function setupLines(command: CompareSetupsCommand, dist: string): Promise<ComparedLine[]> {
  const { setups, node, python, measures } = command;
  const found = setupsNamed(setups, process.cwd());
  return linesOfSetups(setups, found, (setup) => comparedProgram({ ...setup, working: setup }, { node, python, dist }), measures);
}
