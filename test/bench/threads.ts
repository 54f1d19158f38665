/** How many switch points threads pass in a second, beside the accesses that the same functions make without them. */
import { resolve } from "node:path";
import { RunnerClient } from "../runner/client";
import { type RunnerUnderTest, runners } from "../runner/runners";
import { median } from "./benchSession";
import { programRate, shareOf } from "./switchRates";

export const figures = ["threads."];

const rounds = 5;
const points = 2_000_000;
const file = resolve("test/bench/javascript/threads.js");

/** Reports threads.js.points and threads.js.bare, both accesses per second (medians of alternating rounds), and threads.js.ratio. */
export async function bench(report: (name: string, value: number, unit: string) => void): Promise<void> {
  const bare: number[] = [];
  const threads: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    bare.push(await programRate(file, file));
    threads.push(await pointRate());
  }
  report("threads.js.points", median(threads), "points/s");
  report("threads.js.bare", median(bare), "accesses/s");
  report("threads.js.ratio", shareOf(threads, bare), "of bare");
}

/** Two threads take turns in a runner of their own, which records and sends every step. */
async function pointRate(): Promise<number> {
  const runner = runners.find(({ language }) => language === "javascript") as RunnerUnderTest;
  const client = new RunnerClient(runner);
  client.keepSteps = "count";
  await client.hello();
  await client.ask("load", { file, threads: "accesses" });
  for (const task of [0, 1]) await client.ask("spawn", { task, call: "count(Infinity)" });
  const run = (from: number, steps: number) => client.ask("advance", { from, plan: { picks: [0, 1], times: steps / 2 } });
  await run(1, points / 10);
  const began = performance.now();
  await run(points / 10 + 1, points);
  const rate = (points / (performance.now() - began)) * 1000;
  client.kill();
  return rate;
}
