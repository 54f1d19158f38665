/**
 * Setups as lines of a comparison.
 */
import type { Measure } from "../../core/measures";
import { UserError } from "../common/errors";
import type { ComparedLine, ComparedProgram } from "../compare/lines";
import { choosePolicy, usualPolicy } from "../order/policies";
import { mustHaveFile, policyOf, type Setup } from "./setups";

/**
 * A line for each setup; one that cannot be compared has the error.
 *
 * @param names of the setups; one that is there before is an error
 * @param found the setups, or what is wrong with them
 * @param programOf what a setup runs. It throws if its interpreter is not there
 * @param more measures that all setups have, besides their own
 */
export function linesOfSetups(
  names: readonly string[],
  found: readonly (Setup | UserError)[],
  programOf: (setup: Setup) => Promise<ComparedProgram>,
  more: readonly Measure[] = [],
): Promise<ComparedLine[]> {
  return Promise.all(
    names.map(async (name, index): Promise<ComparedLine> => {
      try {
        const setup = found[index];
        if (setup instanceof UserError || setup === undefined) throw setup;
        if (names.indexOf(name) < index) throw new UserError(`The setup "${name}" is given twice.`, "Leave one of them out.");
        mustHaveTasks(setup);
        mustHaveFile(setup);
        const { watches, measures, check } = setup;
        const program = { ...(await programOf(setup)), watches, check, measures: [...measures, ...more] };
        return { name, program, policy: choosePolicy(policyOf(setup) ?? usualPolicy, program.policyFiles).text };
      } catch (problem) {
        return { name, problem };
      }
    }),
  );
}

/** @throws UserError if the setup is a program */
function mustHaveTasks({ name, observed }: Setup): void {
  if (!observed) return;
  throw new UserError(`The setup "${name}" is a program, which decides itself who runs.`, "Compare setups with tasks.");
}
