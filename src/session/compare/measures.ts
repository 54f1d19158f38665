/**
 * Evaluates the measures of a run that has come to rest.
 */
import type { Measure } from "../../core/measures";
import { UserCodeError } from "../common/errors";
import type { Run } from "../run/run";

/** A run whose measures are asked for. */
type Measurable = Pick<Run, "evaluate" | "processes" | "tasks" | "added">;

/** A measure at the end of a run: its value as text, or why it has none. */
export type MeasuredAtEnd = { readonly name: string } & ({ readonly text: string } | { readonly error: string });

/**
 * The values of measures, one after the other.
 *
 * @throws any error that was not caused by an expression
 */
export async function measuresOf(run: Measurable, measures: readonly Measure[]): Promise<MeasuredAtEnd[]> {
  const all: MeasuredAtEnd[] = [];
  for (const { name, expression } of measures) {
    try {
      all.push({ name, text: await textOf(run, expression) });
    } catch (error) {
      if (!(error instanceof UserCodeError)) throw error;
      all.push({ name, error: error.message });
    }
  }
  return all;
}

/** Where each task has a process of its own, an expression has a value in each: numbers are added up, others stand side by side. */
async function textOf(run: Measurable, expression: string): Promise<string> {
  if (!run.processes) return (await run.evaluate(expression)).text;
  const own = run.tasks.filter(({ id }) => run.added[id]?.parent === undefined);
  const texts = await Promise.all(own.map(async ({ id }) => (await run.evaluate(expression, id)).text));
  const sum = texts.reduce((all, text) => all + Number(text), 0);
  return Number.isFinite(sum) ? String(sum) : texts.join(", ");
}
