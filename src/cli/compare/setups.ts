/**
 * Setups as lines of a comparison.
 */
import { UserError } from "../../session/common/errors";
import type { ComparedLine, ComparedProgram } from "../../session/compare/comparison";
import { choosePolicy, usualPolicy } from "../../session/order/policies";
import { setupsNamed } from "../../session/setup/lookup";
import { mustHaveFile, policyOf, type Setup } from "../../session/setup/setups";
import type { CompareSetupsCommand } from "../commands";
import { comparedProgram } from "./program";

/**
 * A line for each setup; one that cannot be compared has the error.
 *
 * @throws SetupError if the file with setups is invalid; UserError if there is none
 */
export function linesOfSetups(command: CompareSetupsCommand, dist: string): Promise<ComparedLine[]> {
  const { setups: names } = command;
  const found = setupsNamed(names, process.cwd());
  return Promise.all(
    found.map(async (setup, index): Promise<ComparedLine> => {
      const name = names[index] ?? "";
      try {
        if (setup instanceof UserError) throw setup;
        if (names.indexOf(name) < index) throw new UserError(`The setup "${name}" is given twice.`, "Leave one of them out.");
        return { setup: name, ...(await runnable(setup, command, dist)) };
      } catch (problem) {
        return { setup: name, problem };
      }
    }),
  );
}

/** @throws UserError if the setup is a program, or if its file, its policy or its interpreter is not there */
async function runnable(
  setup: Setup,
  { node, python }: CompareSetupsCommand,
  dist: string,
): Promise<{ readonly program: ComparedProgram; readonly policy: string }> {
  if (setup.observed) {
    throw new UserError(`The setup "${setup.name}" is a program, which decides itself who runs.`, "Compare setups with tasks.");
  }
  mustHaveFile(setup);
  const program = await comparedProgram({ ...setup, working: setup }, { node, python, dist });
  return { program, policy: choosePolicy(policyOf(setup) ?? usualPolicy, program.policyFiles).text };
}
