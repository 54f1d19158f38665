/** How many switch points threads pass in a second, beside the accesses that the same functions make without them. */
import { resolve } from "node:path";
import { RunnerClient } from "../runner/client";
import { runners } from "../runner/runners";
import { median } from "./benchSession";
import { programRate, shareOf } from "./switchRates";

export const figures = ["threads."];

const rounds = 5;

const programs = [
  {
    name: "js",
    language: "javascript",
    file: resolve("test/bench/javascript/threads.js"),
    endless: "count(Infinity)",
    points: 2_000_000,
  },
  { name: "py", language: "python", file: resolve("test/bench/python/threads.py"), endless: "count(1 << 60)", points: 100_000 },
];
type Program = (typeof programs)[number];

/** Reports threads.js.points and threads.js.bare, both accesses per second (medians of alternating rounds), and threads.js.ratio; for Python, too. */
export async function bench(report: (name: string, value: number, unit: string) => void): Promise<void> {
  for (const program of programs) {
    const bare: number[] = [];
    const threads: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      bare.push(await programRate(program.file, program.file));
      threads.push(await pointRate(program));
    }
    report(`threads.${program.name}.points`, median(threads), "points/s");
    report(`threads.${program.name}.bare`, median(bare), "accesses/s");
    report(`threads.${program.name}.ratio`, shareOf(threads, bare), "of bare");
  }
}

/** Two threads take turns in a runner of their own, which records and sends every step. */
async function pointRate({ language, file, endless, points }: Program): Promise<number> {
  const runner = runners.find((each) => each.language === language) ?? runners[0];
  if (!runner) throw new Error("There is no runner.");
  const command = [...runner.command, ...(language === "python" ? ["threads"] : [])];
  const client = new RunnerClient({ ...runner, command });
  client.keepSteps = "count";
  await client.hello();
  await client.ask("load", { file, threads: "accesses" });
  for (const task of [0, 1]) await client.ask("spawn", { task, call: endless });
  const run = (from: number, steps: number) => client.ask("advance", { from, plan: { picks: [0, 1], times: steps / 2 } });
  await run(1, points / 10);
  const began = performance.now();
  await run(points / 10 + 1, points);
  const rate = (points / (performance.now() - began)) * 1000;
  client.kill();
  return rate;
}
