/**
 * Context switches per second of a program that is observed: a bare loop over two generators, the same as it runs alone.
 */
import { execFile } from "node:child_process";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { commandFor, median, sessionOn, taskFiles } from "./benchSession";
import { shareOf } from "./switchRates";

export const figures = ["observe."];

const rounds = 5;
const switches = { js: 5_000_000, py: 200_000 } as const;

/** Reports, for each language, observe.LANGUAGE.switches a second, .bare, those of the program alone, and .ratio. */
export async function bench(report: (name: string, value: number, unit: string) => void): Promise<void> {
  for (const language of ["js", "py"] as const) {
    const file = join(dirname(taskFiles[language]), `bare.${language}`);
    const observed: number[] = [];
    const alone: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      alone.push(await aloneRate(file));
      observed.push(await observedRate(file, switches[language]));
    }
    report(`observe.${language}.switches`, median(observed), "switches/s");
    report(`observe.${language}.bare`, median(alone), "switches/s");
    report(`observe.${language}.ratio`, shareOf(observed, alone), "of the program alone");
  }
}

async function aloneRate(file: string): Promise<number> {
  const { executable } = await commandFor(file);
  return Number((await promisify(execFile)(executable, [file])).stdout);
}

/** Warmed up by a tenth of the switches. */
async function observedRate(file: string, count: number): Promise<number> {
  const session = sessionOn(file, await commandFor(file), { observed: { arguments: [] } });
  try {
    await session.open();
    await session.go(count / 10);
    const { head } = session;
    const began = performance.now();
    const end = await session.go(count);
    const millis = performance.now() - began;
    if (end !== "step-limit" || session.head !== head + count) throw new Error(`The run ended at step ${session.head}: ${end}.`);
    return (count / millis) * 1_000;
  } finally {
    session.dispose();
  }
}
