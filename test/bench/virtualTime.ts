/**
 * The cost of virtual time: the lowest ratio of its speed to that of real time, for the same steps. Also whether a sleep costs more
 * if many tasks sleep. Measured in the runner alone, over its wire.
 */
import { join } from "node:path";
import type { Fields } from "../../src/protocol/requests";
import { RunnerClient } from "../runner/client";
import { runners } from "../runner/runners";
import { readyTasks } from "../runner/waiting/ring";
import { commandFor, taskFiles } from "./benchSession";
import { shareOf } from "./switchRates";

export const figures = ["virtual.js.ratio", "virtual.py.ratio", "timers.growth"];

type Report = (name: string, value: number, unit: string) => void;

const rounds = 3;
const time = { virtual: 1, seed: 0 };

/** The program for each language, and its number of steps. */
const programs = {
  js: { language: "javascript", file: join(__dirname, "javascript", "endless.js"), steps: 500_000 },
  py: { language: "python", file: join(__dirname, "python", "endless.py"), steps: 100_000 },
} as const;

type Program = (typeof programs)[keyof typeof programs];

/** Tasks that do not sleep never wait, even under real time. With a task that sleeps forever, every step checks the clock. */
const compared = [
  ["turns()", "turns()"],
  ["locks()", "locks()"],
  ["locks()", "locks()", "naps(1e9)"],
];

export async function bench(report: Report): Promise<void> {
  const growths: number[] = [];
  for (const [name, program] of Object.entries(programs)) {
    const costs: number[] = [];
    for (const calls of compared) costs.push(await shareIn([{ calls, time }, { calls }], program));
    report(`virtual.${name}.ratio`, Math.min(...costs), "of real time");
    const growth = await shareIn(
      [10_000, 100].map((count) => ({ calls: nappers(count), time })),
      program,
    );
    growths.push(growth);
    report(`timers.growth.${name}.ratio`, growth, "of few sleepers");
  }
  report("timers.growth.ratio", Math.min(...growths), "of few sleepers");
}

/** They wake at many different times. */
function nappers(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `naps(${1_000 + (index % 97)})`);
}

interface Setting {
  readonly calls: readonly string[];
  readonly time?: Fields<"load">["time"];
}

/** The speed of one setting relative to another, measured in alternating rounds. */
async function shareIn([one, other]: readonly Setting[], program: Program): Promise<number> {
  const [rates, others]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    rates.push(await rateOf(one as Setting, program));
    others.push(await rateOf(other as Setting, program));
  }
  return shareOf(rates, others);
}

/** Steps per second, after a warm-up of a tenth of them. */
async function rateOf({ calls, time: given }: Setting, { language, file, steps }: Program): Promise<number> {
  const runner = runners.find((each) => each.language === language);
  if (!runner) throw new Error(`There is no runner for ${language}.`);
  const { executable } = await commandFor(language === "python" ? taskFiles.py : taskFiles.js);
  const client = new RunnerClient({ ...runner, command: [executable, ...runner.command.slice(1)] });
  client.keepSteps = "count";
  try {
    await client.hello();
    await client.ask("load", { file, ...(given ? { time: given } : {}) });
    await Promise.all(calls.map((call, task) => client.ask("spawn", { task, call })));
    const before = await client.ask("advance", { from: 1, plan: { ring: calls.map((_, task) => task), steps: steps / 10 } });
    const began = performance.now();
    const ring = readyTasks(client, calls.length);
    const { ran } = await client.ask("advance", { from: before.ran + 1, plan: { ring, steps } });
    return (ran / (performance.now() - began)) * 1000;
  } finally {
    await client.close();
  }
}
