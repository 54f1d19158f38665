/**
 * A program as the runner loads it.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { StepRecord } from "../../../src/core/trace/trace";
import type { RunnerClient } from "../client";
import type { RunnerUnderTest } from "../runners";
import { startBare, take } from "../starting";
import type { Outcome } from "./program";

export interface LoadedOutcome extends Outcome {
  /** The yield points of the main file. */
  readonly points: readonly string[];
}

const mostSteps = 500;

export async function loadedRun(
  runner: RunnerUnderTest,
  folder: string,
  { hasGenerator, isAlone }: { hasGenerator: boolean; isAlone: boolean },
): Promise<LoadedOutcome> {
  const file = ["main.ts", "main.tsx"].map((name) => join(folder, name)).find(existsSync) ?? "";
  const client = isAlone ? startBare(runner) : await take(runner);
  if (isAlone) await client.hello();
  await client.ask("load", { file });
  const yielded = hasGenerator ? await values(client, 0, "go()") : [];
  const said = await values(client, 1, "said.values()");
  const points = client.points.filter((point) => point.file === file).map(({ line, column }) => `${line}:${column}`);
  return { said, yielded, points };
}

/** The output of a program in a runner that loads it, for the first time or again. */
export async function saidBy(client: RunnerClient, folder: string): Promise<string[]> {
  await client.ask("load", { file: join(folder, "main.ts") });
  client.steps.length = 0;
  return values(client, 0, "said.values()");
}

async function values(client: RunnerClient, task: number, call: string): Promise<string[]> {
  const first = client.steps.length;
  await client.ask("spawn", { task, call });
  await client.ask("advance", { from: first + 1, plan: { picks: [task], times: mostSteps } });
  return client.steps
    .slice(first)
    .filter(isYield)
    .map(({ value }) => String(JSON.parse(value)));
}

function isYield({ event }: StepRecord): boolean {
  return event === "yielded";
}
