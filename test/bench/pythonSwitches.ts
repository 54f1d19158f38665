// The context switches per second of Python tasks, in a bare loop and in a session, and those of well-known schedulers.
import { dirname, join } from "node:path";
import { taskFiles } from "./benchSession";
import { ratesOf, reportRates } from "./switchRates";

export const figures = ["bare.py.", "runner.py.", "simpy.", "asyncio."];

const others = ["simpy", "asyncio"];

/**
 * Reports bare.py.switches, runner.py.switches and runner.py.ratio; simpy.switches and asyncio.switches, how often these resume
 * a process or a coroutine; and runner.py.simpy.ratio and runner.py.asyncio.ratio, the session's rate relative to theirs.
 */
export async function bench(report: (name: string, value: number, unit: string) => void): Promise<void> {
  const inSession = await reportRates("py", 2_000_000, report);
  const rates = await ratesOf(others.map((other) => join(dirname(taskFiles.py), `${other}_loop.py`)));
  for (const [index, other] of others.entries()) {
    const rate = rates[index];
    if (rate === undefined) {
      console.error(`${other} is not there to measure beside (Debian: python3-${other}).`);
      continue;
    }
    report(`${other}.switches`, rate, "switches/s");
    report(`runner.py.${other}.ratio`, inSession / rate, `of ${other}`);
  }
}
