/** Whether a sleep costs more where there are many sleepers. In the runner alone, over its wire. */
import { join } from "node:path";
import { RunnerClient } from "../runner/client";
import { runners } from "../runner/runners";
import { readyTasks } from "../runner/waiting/ring";
import { shareOf } from "./switchRates";

export const figures = ["timers.growth"];

const rounds = 3;
const sleeps = 200_000;
const [runner] = runners;

export async function bench(report: (name: string, value: number, unit: string) => void): Promise<void> {
  const [many, few]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    many.push(await rateOf(10_000));
    few.push(await rateOf(100));
  }
  report("timers.growth.ratio", shareOf(many, few), "of few sleepers");
}

/** How many sleeps a second, by so many tasks. */
async function rateOf(tasks: number): Promise<number> {
  if (!runner) throw new Error("There is no runner.");
  const calls = Array<string>(tasks).fill(`sleeper(${sleeps / tasks}, 0)`);
  const client = new RunnerClient(runner);
  try {
    await client.hello();
    await client.ask("load", { file: join(__dirname, "javascript", "waiting.js") });
    await Promise.all(calls.map((call, task) => client.ask("spawn", { task, call })));
    const began = performance.now();
    let ring = calls.map((_, task) => task);
    for (let from = 1; ; ) {
      const { ran, stopped } = await client.ask("advance", { from, plan: { ring, steps: 10_000_000 } });
      if (stopped === "idle") break;
      from += ran;
      ring = readyTasks(client, tasks);
    }
    return (sleeps / (performance.now() - began)) * 1000;
  } finally {
    await client.close();
  }
}
