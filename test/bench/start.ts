// The time until something runs: from a new session, including its process, to the end of the first step.
import { spareRunner } from "../../src/session/process/spareRunner";
import { commandFor, median, sessionOn, taskFiles } from "./benchSession";

export const figures = ["runner.start."];

const rounds = 9;

/** Reports runner.start.js.ms and runner.start.py.ms (medians), and the same with a runner that was started before: runner.start.js.spare.ms. */
export async function bench(report: (name: string, value: number, unit: string) => void): Promise<void> {
  for (const [language, file] of Object.entries(taskFiles)) {
    const times: number[] = [];
    const spareTimes: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      times.push(await startMillis(file));
      await spareRunner.keep({ ...(await commandFor(file)), input: "typed" }, file);
      spareTimes.push(await startMillis(file));
    }
    report(`runner.start.${language}.ms`, median(times), "ms");
    report(`runner.start.${language}.spare.ms`, median(spareTimes), "ms");
  }
}

async function startMillis(file: string): Promise<number> {
  const command = await commandFor(file);
  const began = performance.now();
  const session = sessionOn(file, command);
  try {
    await session.open();
    await session.add("ticker()");
    await session.step();
    return performance.now() - began;
  } finally {
    session.stop();
  }
}
