/**
 * Context switches per second of programs that are observed, beside the same programs alone: a bare loop over two generators, and
 * schedulers of libraries.
 */
import { execFile } from "node:child_process";
import { dirname, extname, join } from "node:path";
import { promisify } from "node:util";
import type { Session } from "../../src/session/session";
import { pythons } from "../runner/pythons";
import { commandFor, median, sessionOn, taskFiles } from "./benchSession";
import { shareOf } from "./switchRates";

export const figures = ["observe."];

type Report = (name: string, value: number, unit: string) => void;

const rounds = 3;
/** So many that each takes about as long. */
const switchesIn = { ".js": 5_000_000, ".py": 200_000 } as const;
/** Python 3.12 is the first whose runner uses `sys.monitoring`. */
const firstMonitored = 12;
/** More than any of the programs makes. */
const endless = 1e9;

const folder = dirname(taskFiles.py);

/**
 * Reports, for each language, observe.LANGUAGE.switches a second, .bare, those of the program alone, and .ratio. The languages are js, py for
 * the Python on the PATH, and py312 and so on for others that were found. Reports also how fast other Python programs are beside
 * themselves alone: observe.LANGUAGE.asyncio.ratio, .simpy.ratio, and .calls.ratio, of calls of functions that are no tasks; JavaScript
 * programs whose async functions await values, or call each other: observe.js.awaits.ratio and .async-calls.ratio.
 */
export async function bench(report: Report): Promise<void> {
  const scripts = dirname(taskFiles.js);
  await reportBare("js", join(scripts, "bare.js"), "", report);
  await reportProgram("observe.js.awaits.ratio", join(scripts, "awaits.js"), "", report);
  await reportProgram("observe.js.async-calls.ratio", join(scripts, "asyncCalls.js"), "", report);
  await reportPython("py", "", report);
  for (const { executable, minor } of pythons) {
    const [, number] = minor.split(".");
    if (Number(number) >= firstMonitored) await reportPython(`py3${number}`, executable, report);
  }
}

async function reportPython(language: string, python: string, report: Report): Promise<void> {
  await reportBare(language, join(folder, "bare.py"), python, report);
  for (const [name, program] of Object.entries({ asyncio: "asyncio_loop.py", simpy: "simpy_loop.py", calls: "calls.py" })) {
    await reportProgram(`observe.${language}.${name}.ratio`, join(folder, program), python, report);
  }
}

async function reportBare(language: string, file: string, python: string, report: Report): Promise<void> {
  const observed: number[] = [];
  const alone: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    alone.push(await aloneRate(file, python));
    observed.push(await observedRate(file, python));
  }
  report(`observe.${language}.switches`, median(observed), "switches/s");
  report(`observe.${language}.bare`, median(alone), "switches/s");
  report(`observe.${language}.ratio`, shareOf(observed, alone), "of the program alone");
}

/** Reports nothing of a program that prints nothing, because its library is not installed. */
async function reportProgram(name: string, file: string, python: string, report: Report): Promise<void> {
  const observed: number[] = [];
  const alone: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const rate = await aloneRate(file, python);
    if (rate === 0) return;
    alone.push(rate);
    observed.push(await printedRate(file, python));
  }
  report(name, shareOf(observed, alone), "of the program alone");
}

async function aloneRate(file: string, python: string): Promise<number> {
  const { executable } = await commandFor(file, python);
  return Number((await promisify(execFile)(executable, [file])).stdout);
}

/** Warmed up by a tenth of the switches. */
function observedRate(file: string, python: string): Promise<number> {
  const switches = switchesIn[extname(file) as keyof typeof switchesIn];
  return withSession(file, python, async (session) => {
    await session.go(switches / 10);
    const { head } = session;
    const began = performance.now();
    const end = await session.go(switches);
    const millis = performance.now() - began;
    if (end !== "step-limit" || session.head !== head + switches)
      throw new Error(`The run ended at step ${session.head}: ${end}.`);
    return (switches / millis) * 1_000;
  });
}

/** What a program prints that measures itself. */
function printedRate(file: string, python: string): Promise<number> {
  return withSession(file, python, async (session) => {
    const end = await session.go(endless);
    if (end !== "exited") throw new Error(`The program ended at step ${session.head}: ${end}.`);
    return Number(session.run.output.entries.map(({ text }) => text).join(""));
  });
}

async function withSession<T>(file: string, python: string, use: (session: Session) => Promise<T>): Promise<T> {
  const session = sessionOn(file, await commandFor(file, python), { observed: { arguments: [] } });
  try {
    await session.open();
    return await use(session);
  } finally {
    session.dispose();
  }
}
