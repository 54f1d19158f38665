// How often Python tasks wait in a second, and the same programs on asyncio.
import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { RunnerClient } from "../runner/client";
import { runners } from "../runner/runners";
import { commandFor, median } from "./benchSession";
import { shareOf } from "./switchRates";

export const figures = ["mutex.pairs.py", "channel.pairs.py", "sleepers.py"];

const rounds = 5;
const steps = 200_000;
const file = resolve("test/bench/python/waiting.py");

/** `share` of the steps are what is counted. */
const programs = [
  { name: "mutex.pairs", function: "mutex_pairs", calls: ["locker()", "locker()"], share: 1 / 2 },
  { name: "channel.pairs", function: "channel_pairs", calls: ["producer()", "consumer()"], share: 1 / 2 },
  { name: "sleepers", function: "sleepers", calls: new Array<string>(1_000).fill("sleeper()"), share: 1 },
] as const;

/** Reports how many pairs of acquiring and releasing, of putting and taking, and how many sleeps there are in a second, and their share of asyncio's. */
export async function bench(report: (name: string, value: number, unit: string) => void): Promise<void> {
  for (const { name, calls, share, function: called } of programs) {
    const own: number[] = [];
    const others: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      others.push(await asyncioRate(called));
      own.push(share * (await stepRate(calls)));
    }
    report(`${name}.py`, median(own), "a second");
    report(`${name}.py.asyncio`, median(others), "a second");
    report(`${name}.py.ratio`, shareOf(own, others), "of asyncio");
  }
}

async function asyncioRate(program: string): Promise<number> {
  const { executable } = await commandFor(file);
  const { stdout } = await promisify(execFile)(executable, [resolve("test/bench/python/asyncio_waiting.py"), program]);
  return Number(stdout);
}

/** Steps a second of a runner, with all that it sends. */
async function stepRate(calls: readonly string[]): Promise<number> {
  const python = runners.find(({ language }) => language === "python");
  if (!python) throw new Error("There is no Python to measure.");
  const { executable } = await commandFor(file);
  const client = new RunnerClient({ ...python, command: [executable, ...python.command.slice(1)] });
  client.keepSteps = "count";
  await client.hello();
  await client.ask("load", { file });
  for (const [task, call] of calls.entries()) await client.ask("spawn", { task, call });
  const ring = calls.map((_, task) => task);
  await client.ask("advance", { from: 1, plan: { ring, steps: steps / 10 } });
  const began = performance.now();
  const { ran } = await client.ask("advance", { from: steps / 10 + 1, plan: { ring, steps } });
  const rate = (ran / (performance.now() - began)) * 1000;
  await client.close();
  return rate;
}
