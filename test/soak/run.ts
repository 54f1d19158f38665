/**
 * Long tests: `npm run test:soak -- [MINUTES] [SEED]` of everything that a user does, `-- restarts [COUNT]`, or `-- fuzz [MESSAGES] [SEED]`. They
 * print figures as the benchmarks do, and fail at an error that nobody handles.
 */
import { fuzz } from "./fuzz";
import { unhandled } from "./longSessions";
import { restarts } from "./restarts";
import { soak } from "./use";

async function main([first = "", ...rest]: readonly string[]): Promise<boolean> {
  if (first === "restarts") return restarts(...rest.map(Number));
  if (first === "fuzz") return fuzz(...rest.map(Number));
  return soak(...[first, ...rest].filter(Boolean).map(Number));
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
