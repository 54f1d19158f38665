/**
 * What each task had done after a segment, in columns of float64: steps, microseconds, last step.
 */
import { Totals } from "../../core/trace/totals";

const bytesPerTask = 24;

/** Encodes totals without copying. They must not be changed afterwards. */
export function encodeTotals({ columns }: Totals): Uint8Array {
  return new Uint8Array(columns.buffer, columns.byteOffset, columns.byteLength);
}

/**
 * Decodes the totals in a section.
 *
 * @param steps the number of steps up to then; no task can have more, and no last step can be later
 * @returns undefined if the totals are invalid
 */
export function decodeTotals(bytes: Uint8Array, steps: number): Totals | undefined {
  if (bytes.length % bytesPerTask !== 0) return undefined;
  const totals = new Totals(new Float64Array(bytes.slice().buffer));
  const isStep = (number: number) => Number.isInteger(number) && number >= 0 && number <= steps;
  const isWhole = totals.steps.every(isStep) && totals.lastSteps.every(isStep) && totals.micros.every((each) => each >= 0);
  return isWhole ? totals : undefined;
}
