// The context switches a second of Python tasks, bare and in a session.
import { reportRates } from "./switchRates";

export const figures = ["bare.py.", "runner.py."];

/** Reports bare.py.switches, runner.py.switches and runner.py.ratio. */
export function bench(report: (name: string, value: number, unit: string) => void): Promise<void> {
  return reportRates("py", 2_000_000, report);
}
