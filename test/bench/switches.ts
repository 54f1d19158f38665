// The context switches per second of JavaScript tasks, in a bare loop and in a session.
import { reportRates } from "./switchRates";

export const figures = ["bare.js.", "runner.js."];

/** Reports bare.js.switches, runner.js.switches and runner.js.ratio. */
export async function bench(report: (name: string, value: number, unit: string) => void): Promise<void> {
  await reportRates("js", 5_000_000, report);
}
