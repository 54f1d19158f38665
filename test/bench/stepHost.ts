// What a step takes apart from the editor: the request, the runner, and everything that the panel would show of it, as one message.
import { viewOf } from "../../src/session/view/view";
import { commandFor, percentile, sessionOn, taskFiles } from "./benchSession";

export const figures = ["step.host."];

const steps = 400;

/** Reports step.host.js.p50.ms and .p95.ms, and the same for Python. */
export async function bench(report: (name: string, value: number, unit: string) => void): Promise<void> {
  for (const [language, file] of Object.entries(taskFiles)) {
    const times = await stepTimes(file);
    report(`step.host.${language}.p50.ms`, percentile(times, 0.5), "ms");
    report(`step.host.${language}.p95.ms`, percentile(times, 0.95), "ms");
  }
}

async function stepTimes(file: string): Promise<number[]> {
  const session = sessionOn(file, await commandFor(file));
  try {
    await session.open();
    await session.add("ticker()");
    const times: number[] = [];
    for (let step = 0; step < steps; step += 1) {
      const began = performance.now();
      await session.step();
      JSON.stringify(viewOf(session));
      times.push(performance.now() - began);
    }
    return times;
  } finally {
    session.stop();
  }
}
