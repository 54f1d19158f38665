/**
 * How often tasks wait per second, in a session with runner, wire and trace: acquiring and releasing a mutex, a put and a
 * take, and sleeps of a thousand sleepers; compared with the same programs on promises and on asyncio.
 */
import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { commandFor, median, sessionOn } from "./benchSession";
import { shareOf } from "./switchRates";

export const figures = ["mutex.pairs.", "channel.pairs.", "sleepers."];

const rounds = 5;

/** The program: in a session, and as the argument of a script that prints its own rate without one. */
interface Measured {
  readonly name: string;
  readonly calls: readonly string[];
  readonly argument: string;
  /** How many of the counted operations happen in a step. */
  readonly share: number;
}

interface Language {
  readonly name: "js" | "py";
  readonly file: string;
  readonly other: string;
  readonly otherFile: string;
  readonly steps: number;
  readonly programs: readonly Measured[];
}

const many = (count: number, call: string): string[] => Array(count).fill(call);

const languages: readonly Language[] = [
  {
    name: "js",
    file: resolve("test/bench/javascript/waiting.js"),
    other: "promises",
    otherFile: resolve("test/bench/javascript/promises.js"),
    steps: 1_000_000,
    programs: [
      { name: "mutex.pairs", calls: many(2, "locker(Infinity)"), argument: "mutex", share: 1 },
      { name: "channel.pairs", calls: ["putter(Infinity)", "taker(Infinity)"], argument: "channel", share: 1 / 2 },
      { name: "sleepers", calls: many(1_000, "sleeper(Infinity)"), argument: "sleepers", share: 1 },
    ],
  },
  {
    name: "py",
    file: resolve("test/bench/python/waiting.py"),
    other: "asyncio",
    otherFile: resolve("test/bench/python/asyncio_waiting.py"),
    steps: 200_000,
    programs: [
      { name: "mutex.pairs", calls: many(2, "locker()"), argument: "mutex_pairs", share: 1 / 2 },
      { name: "channel.pairs", calls: ["producer()", "consumer()"], argument: "channel_pairs", share: 1 / 2 },
      { name: "sleepers", calls: many(1_000, "sleeper()"), argument: "sleepers", share: 1 },
    ],
  },
];

/** Reports, for each program and language, the operations per second in a session and without one, and their ratio. */
export async function bench(report: (name: string, value: number, unit: string) => void): Promise<void> {
  for (const language of languages) {
    for (const program of language.programs) {
      const own: number[] = [];
      const others: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        others.push(await otherRate(language, program));
        own.push(await sessionRate(language, program));
      }
      const name = `${program.name}.${language.name}`;
      report(name, median(own), "/s");
      report(`${name}.${language.other}`, median(others), "/s");
      report(`${name}.ratio`, shareOf(own, others), `of ${language.other}`);
    }
  }
}

async function otherRate({ file, otherFile }: Language, { argument }: Measured): Promise<number> {
  const { executable } = await commandFor(file);
  const { stdout } = await promisify(execFile)(executable, [otherFile, argument]);
  return Number(stdout);
}

/** Warmed up by a tenth of the steps, like the programs without a session. */
async function sessionRate({ file, steps }: Language, { calls, share }: Measured): Promise<number> {
  const session = sessionOn(file, await commandFor(file));
  try {
    await session.open();
    for (const call of calls) await session.run.spawn(call);
    await session.go(steps / 10);
    const { head } = session;
    const began = performance.now();
    const end = await session.go(steps);
    const millis = performance.now() - began;
    if (end !== "step-limit" || session.head !== head + steps) throw new Error(`The run ended at step ${session.head}: ${end}.`);
    return ((share * steps) / millis) * 1_000;
  } finally {
    session.dispose();
  }
}
