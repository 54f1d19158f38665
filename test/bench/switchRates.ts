/**
 * How many context switches a second: a bare loop in a process of its own, and a session with runner, wire and trace.
 */
import { execFile } from "node:child_process";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { commandFor, median, sessionOn, taskFiles } from "./benchSession";

const rounds = 5;

/**
 * Reports both in switches a second (medians of rounds that take turns), and the session's share of the bare loop.
 *
 * @param switches steps in the session's trace, each with its value, line and duration
 * @returns the session's switches a second
 */
export async function reportRates(
  language: keyof typeof taskFiles,
  switches: number,
  report: (name: string, value: number, unit: string) => void,
): Promise<number> {
  const file = taskFiles[language];
  const bare: number[] = [];
  const inSession: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    bare.push(await programRate(file, join(dirname(file), `bare.${language}`)));
    inSession.push(await sessionRate(file, ["idler()", "ticker()"], switches));
  }
  report(`bare.${language}.switches`, median(bare), "switches/s");
  report(`runner.${language}.switches`, median(inSession), "switches/s");
  report(`runner.${language}.ratio`, shareOf(inSession, bare), "of bare");
  return median(inSession);
}

/** What rates are of others that were measured in turn with them: the middle of the rounds, so the machine's own pace falls out. */
export function shareOf(rates: readonly number[], others: readonly number[]): number {
  return median(rates.map((rate, round) => rate / (others[round] as number)));
}

/**
 * What programs print that measure themselves, the median of rounds in which they take turns.
 *
 * @returns undefined for one that prints nothing, since what it measures is not there
 */
export async function ratesOf(programs: readonly string[]): Promise<(number | undefined)[]> {
  const printed = programs.map((): number[] => []);
  const { executable } = await commandFor(taskFiles.py);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, program] of programs.entries()) {
      const { stdout } = await promisify(execFile)(executable, [program]);
      if (stdout !== "") printed[index]?.push(Number(stdout));
    }
  }
  return printed.map((rates) => (rates.length > 0 ? median(rates) : undefined));
}

/** What a program prints that measures itself, run by the runtime with which a session would run `file`. */
export async function programRate(file: string, program: string): Promise<number> {
  const { executable } = await commandFor(file);
  const { stdout } = await promisify(execFile)(executable, [program]);
  return Number(stdout);
}

/** Switches a second of the tasks of these calls in a session of its own, warmed up by a tenth of them, as the bare loops are. */
export async function sessionRate(file: string, calls: readonly string[], switches: number): Promise<number> {
  const session = sessionOn(file, await commandFor(file));
  try {
    await session.open();
    for (const call of calls) await session.add(call);
    await session.go(switches / 10);
    const { head } = session;
    const began = performance.now();
    const end = await session.go(switches);
    if (end !== "step-limit" || session.head !== head + switches)
      throw new Error(`The run ended at step ${session.head}: ${end}.`);
    return (switches / (performance.now() - began)) * 1000;
  } finally {
    session.dispose();
  }
}
