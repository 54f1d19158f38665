/**
 * Evaluates the measures of a run that has come to rest.
 */
import type { Measure } from "../../core/measures";
import { UserCodeError } from "../common/errors";
import type { Run } from "../run/run";

/** A measure at the end of a run: its value as text, or why it has none. */
export type MeasuredAtEnd = { readonly name: string } & ({ readonly text: string } | { readonly error: string });

/**
 * The values of measures, one after the other.
 *
 * @throws any error that was not caused by an expression
 */
export async function measuresOf(run: Pick<Run, "evaluate">, measures: readonly Measure[]): Promise<MeasuredAtEnd[]> {
  const all: MeasuredAtEnd[] = [];
  for (const { name, expression } of measures) {
    try {
      all.push({ name, text: (await run.evaluate(expression)).text });
    } catch (error) {
      if (!(error instanceof UserCodeError)) throw error;
      all.push({ name, error: error.message });
    }
  }
  return all;
}
