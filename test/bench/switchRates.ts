/**
 * Context switches per second: a bare loop in its own process, and a session with runner, wire and trace.
 */
import { execFile } from "node:child_process";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { commandFor, median, sessionOn, taskFiles } from "./benchSession";

const rounds = 5;

/**
 * Reports both in switches per second (medians of alternating rounds), and the session's rate relative to the bare loop.
 *
 * @param switches the number of steps in the session's trace, each with its value, line and duration
 * @returns the session's switches per second
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

/** The ratio of rates that were measured alternately: the median of the rounds, so that the machine's own pace cancels out. */
export function shareOf(rates: readonly number[], others: readonly number[]): number {
  return median(rates.map((rate, round) => rate / (others[round] as number)));
}

/**
 * The figures that self-measuring programs print: the median of rounds in which they take turns.
 *
 * @returns undefined for a program that prints nothing because its library is not installed
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

/** The output of a self-measuring program, run by the runtime with which a session would run `file`. */
export async function programRate(file: string, program: string): Promise<number> {
  const { executable } = await commandFor(file);
  const { stdout } = await promisify(execFile)(executable, [program]);
  return Number(stdout);
}

/** Switches per second of the tasks of these calls in a new session, warmed up by a tenth of them, like the bare loops. */
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
