/**
 * What each task had done after a segment, in columns of float64: steps, microseconds, last step.
 */
import type { TaskTotals } from "../../core/trace";

const bytesPerTask = 24;

export function encodeTotals(totals: readonly TaskTotals[]): Uint8Array {
  const columns = new Float64Array(3 * totals.length);
  for (let id = 0; id < totals.length; id += 1) {
    const { steps, micros, lastStep } = totals[id] as TaskTotals;
    columns[id] = steps;
    columns[totals.length + id] = micros;
    columns[2 * totals.length + id] = lastStep;
  }
  return new Uint8Array(columns.buffer);
}

/**
 * The totals in a section.
 *
 * @param steps how many steps there were by then: no task had more, and no last step lies beyond
 * @returns undefined when they cannot be
 */
export function decodeTotals(bytes: Uint8Array, steps: number): TaskTotals[] | undefined {
  if (bytes.length % bytesPerTask !== 0) return undefined;
  const count = bytes.length / bytesPerTask;
  const columns = new Float64Array(bytes.slice().buffer);
  const totals = Array.from({ length: count }, (_, id) => ({
    steps: columns[id] as number,
    micros: columns[count + id] as number,
    lastStep: columns[2 * count + id] as number,
  }));
  const isStep = (number: number) => Number.isInteger(number) && number >= 0 && number <= steps;
  const isWhole = totals.every((each) => isStep(each.steps) && isStep(each.lastStep) && each.micros >= 0);
  return isWhole ? totals : undefined;
}
