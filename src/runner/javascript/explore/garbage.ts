/**
 * How memory is collected in a process that explores. By default the engine collects with several threads. A search has a process for each
 * processor, so these threads would only compete with the other processes: all together try as many orders without them.
 */
import { setFlagsFromString } from "node:v8";

/** From now on, each collection keeps to the thread that runs the program. */
export function collectInOneThread(): void {
  for (const flag of ["--no-parallel-scavenge", "--no-concurrent-marking", "--no-concurrent-sweeping"]) setFlagsFromString(flag);
}
