/** How much faster two processes on two processors do the work of one. */
import { resolve } from "node:path";
import { commandFor, median, sessionOn } from "./benchSession";

export const figures = ["processes."];

const rounds = 5;
const slices = 400;

const programs = [
  { name: "js", file: resolve("test/bench/javascript/work.js") },
  { name: "py", file: resolve("test/bench/python/work.py") },
];

/**
 * Reports processes.scale and processes.py.scale: the time in which one process does the work of two, divided by the time in which two do it at the
 * same time (medians of alternating rounds).
 */
export async function bench(report: (name: string, value: number, unit: string) => void): Promise<void> {
  for (const { name, file } of programs) {
    const [one, two]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round += 1) {
      one.push(await millisOf(file, [`busy(${2 * slices})`]));
      two.push(await millisOf(file, [`busy(${slices})`, `busy(${slices})`]));
    }
    report(name === "js" ? "processes.scale" : `processes.${name}.scale`, median(one) / median(two), "of one process");
  }
}

/** The time that a run takes, without the start of its processes. */
async function millisOf(file: string, calls: readonly string[]): Promise<number> {
  const session = sessionOn(file, await commandFor(file), { processes: true });
  await session.open();
  for (const call of calls) await session.add(call);
  const began = performance.now();
  await session.go(Number.POSITIVE_INFINITY);
  const millis = performance.now() - began;
  session.stop();
  return millis;
}
