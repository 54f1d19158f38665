/**
 * Measures: named expressions that are evaluated at the end of a run, in the scope of its file.
 */
export interface Measure {
  readonly name: string;
  readonly expression: string;
}

/** The maximum number of measures of a comparison. */
export const mostMeasures = 20;

/** The text of a measure, `served = len(done)`; undefined if the name or the expression is missing. An expression may contain `=`. */
export function measureOf(text: string): Measure | undefined {
  const at = text.indexOf("=");
  const name = text.slice(0, Math.max(0, at)).trim();
  const expression = text.slice(at + 1).trim();
  return name === "" || expression === "" ? undefined : { name, expression };
}
