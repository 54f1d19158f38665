/** Runs the calls of a program as threads. */
import { resolve } from "node:path";
import type { Answer } from "../../../src/protocol/runner";
import type { RunnerClient } from "../client";
import { type RunnerUnderTest, runners } from "../runners";
import { take } from "../starting";

const javascript = runners.find(({ language }) => language === "javascript") as RunnerUnderTest;

/** Those of all versions of Python, started to run threads. */
export const pythonRunners = runners
  .filter(({ language }) => language === "python")
  .map((runner) => ({ ...runner, command: [...runner.command, "threads"] }));

export type Granularity = "accesses" | "lines";

/** The path of a program. */
export function threadsFile(name: string): string {
  return resolve(__dirname, "../../fixtures/threads", name);
}

export interface Threads {
  readonly client: RunnerClient;
  readonly loaded: Answer<"load">;
  readonly spawned: readonly Answer<"spawn">[];
}

/** A runner with a thread for each call. */
export async function startThreads(
  file: string,
  calls: readonly string[],
  threads: Granularity = "accesses",
  runner: RunnerUnderTest = javascript,
): Promise<Threads> {
  const client = await take(runner);
  const loaded = await client.ask("load", { file, threads });
  const spawned: Answer<"spawn">[] = [];
  for (const [task, call] of calls.entries()) spawned.push(await client.ask("spawn", { task, call }));
  return { client, loaded, spawned };
}

/** Resumes the tasks in this order, one step at a time. */
export async function pick(client: RunnerClient, ...order: readonly number[]): Promise<void> {
  for (const task of order) await client.run(client.steps.length + 1, task);
}

/** Resumes one task until it has ended. */
export async function finish(client: RunnerClient, task: number): Promise<Answer<"advance">> {
  for (;;) {
    const plan = { picks: [task], times: 10_000 };
    const advanced = await client.ask("advance", { from: client.count + 1, plan });
    if (advanced.stopped !== "completed") return advanced;
  }
}

/** What each step has come to, with where it stands. */
export function told(client: RunnerClient): string[] {
  return client.steps.map(({ task, event, value, point }) => {
    const at = point === undefined ? "" : ` ${point.function}:${point.line}:${point.column}`;
    return event === "yielded" ? `${task} ${value}${at}` : `${task} ${event} ${value}`;
  });
}
