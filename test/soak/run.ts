/**
 * Long tests of what is left behind: `npm run test:soak -- [MINUTES] [SEED]` of everything that a user does, or `-- restarts [COUNT]`. They print
 * figures as the benchmarks do, and fail at an error that nobody handles.
 */
import { unhandled } from "./longSessions";
import { restarts } from "./restarts";
import { soak } from "./use";

async function main(args: readonly string[]): Promise<boolean> {
  const numbers = args.filter((arg) => arg !== "restarts").map(Number);
  return args[0] === "restarts" ? restarts(...numbers) : soak(...numbers);
}

void main(process.argv.slice(2))
  .catch((error: unknown) => {
    unhandled.push(error);
    return false;
  })
  .then((isClean) => {
    for (const error of unhandled) console.error("Unhandled:", error);
    if (!isClean || unhandled.length > 0) process.exitCode = 1;
  });
