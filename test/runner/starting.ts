/** How a test gets its runner, with a program loaded and tasks made. */
import { join } from "node:path";
import { RunnerClient } from "./client";
import type { RunnerUnderTest } from "./runners";

/** Every runner of a test, to be ended after it, whatever came of it. */
const started: RunnerClient[] = [];

/** A runner with a program loaded and a task for each call. */
export async function start(runner: RunnerUnderTest, program: string, ...calls: string[]): Promise<RunnerClient> {
  const client = startBare(runner);
  await client.hello();
  await client.ask("load", { file: programFile(runner, program) });
  for (const [task, call] of calls.entries()) await client.ask("spawn", { task, call });
  return client;
}

/** A runner that was asked nothing yet. */
export function startBare(runner: RunnerUnderTest): RunnerClient {
  const client = new RunnerClient(runner);
  started.push(client);
  return client;
}

/** The path of a program, by its name; one with an ending has it already. */
export function programFile(runner: RunnerUnderTest, program: string): string {
  return join(runner.fixtures, program.includes(".") ? program : program + runner.extension);
}

/** Ends the runners of a test. */
export function endAll(): void {
  for (const client of started.splice(0)) client.child.kill("SIGKILL");
}
