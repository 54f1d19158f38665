/**
 * How many waits a second, beside the same program on promises: pairs of acquiring and giving back a mutex, pairs of put and take,
 * sleeps of a thousand sleepers. In the runner alone, over its wire.
 */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { RunnerClient } from "../runner/client";
import { runners } from "../runner/runners";
import { readyTasks } from "../runner/waiting/ring";
import { median } from "./benchSession";
import { shareOf } from "./switchRates";

export const figures = ["mutex.pairs.js", "channel.pairs.js", "sleepers.js"];

type Report = (name: string, value: number, unit: string) => void;

const rounds = 3;
const folder = join(__dirname, "javascript");
const [runner] = runners;

const programs = {
  mutex: { figure: "mutex.pairs.js", count: 400_000, calls: (count: number) => Array(2).fill(`locker(${count / 2})`) },
  channel: { figure: "channel.pairs.js", count: 200_000, calls: (count: number) => [`putter(${count})`, `taker(${count})`] },
  sleepers: { figure: "sleepers.js", count: 200_000, calls: (count: number) => sleepers(1_000, count) },
} as const;

export async function bench(report: Report): Promise<void> {
  for (const [name, { figure, count, calls }] of Object.entries(programs)) {
    const [ours, theirs]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round += 1) {
      theirs.push(await promisesRate(name, count));
      ours.push(await rateOf(calls(count), count));
    }
    report(figure, median(ours), "/s");
    report(figure.replace(/js$/, "promises"), median(theirs), "/s");
    report(`${figure}.ratio`, shareOf(ours, theirs), "of promises");
  }
}

function sleepers(tasks: number, count: number): string[] {
  return Array(tasks).fill(`sleeper(${count / tasks})`);
}

async function promisesRate(name: string, count: number): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(folder, "promises.js"), name, `${count}`]);
  return Number(stdout);
}

/** How many a second of what the tasks of these calls do so many times, to their end. */
async function rateOf(calls: readonly string[], count: number): Promise<number> {
  if (!runner) throw new Error("There is no runner.");
  const client = new RunnerClient(runner);
  try {
    await client.hello();
    await client.ask("load", { file: join(folder, "waiting.js") });
    const began = await addAll(client, calls);
    let ring = calls.map((_, task) => task);
    for (let from = 1; ; ) {
      const { ran, stopped } = await client.ask("advance", { from, plan: { ring, steps: 10_000_000 } });
      if (stopped === "idle") break;
      from += ran;
      ring = readyTasks(client, calls.length);
    }
    return (count / (performance.now() - began)) * 1000;
  } finally {
    await client.close();
  }
}

/** @returns when they were there */
async function addAll(client: RunnerClient, calls: readonly string[]): Promise<number> {
  await Promise.all(calls.map((call, task) => client.ask("spawn", { task, call })));
  return performance.now();
}
