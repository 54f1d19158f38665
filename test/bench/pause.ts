// The time from a pause to the rest of a run at full speed, without an editor. The remainder of pause.ms is drawing.
import { commandFor, percentile, sessionOn, taskFiles } from "./benchSession";

export const figures = ["pause.rest."];

const rounds = 50;
/** The number of steps before each pause. */
const steps = 200_000;

/** Reports pause.rest.ms.p50 and .p95, from the pause until the run is known to rest; also with .py for Python. */
export async function bench(report: (name: string, value: number, unit: string) => void): Promise<void> {
  for (const [suffix, file] of [
    ["", taskFiles.js],
    [".py", taskFiles.py],
  ] as const) {
    const millis = await restMillis(file);
    report(`pause.rest.ms${suffix}.p50`, percentile(millis, 0.5), "ms");
    report(`pause.rest.ms${suffix}.p95`, percentile(millis, 0.95), "ms");
  }
}

async function restMillis(file: string): Promise<number[]> {
  const session = sessionOn(file, await commandFor(file));
  const millis: number[] = [];
  try {
    await session.open();
    for (const call of ["ticker()", "ticker()"]) await session.add(call);
    for (let round = 0; round < rounds; round += 1) {
      const goal = session.head + steps;
      const gone = new Promise<void>((resolve) => session.onChange(() => session.head >= goal && resolve()));
      const going = session.go();
      await gone;
      const began = performance.now();
      await session.pause();
      await going;
      millis.push(performance.now() - began);
    }
    return millis;
  } finally {
    session.dispose();
  }
}
