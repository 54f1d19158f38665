/** Starts runners with a program loaded and tasks added. */
import { join } from "node:path";
import { RunnerClient } from "./client";
import type { RunnerUnderTest } from "./runners";

/** The runners of a test, which are ended after it in any case. */
const started: RunnerClient[] = [];

/** A runner with a program loaded and a task for each call. */
export async function start(runner: RunnerUnderTest, program: string, ...calls: string[]): Promise<RunnerClient> {
  const client = startBare(runner);
  await client.hello();
  await client.ask("load", { file: programFile(runner, program) });
  for (const [task, call] of calls.entries()) await client.ask("spawn", { task, call });
  return client;
}

/** A runner without any request yet. */
export function startBare(runner: RunnerUnderTest): RunnerClient {
  const client = new RunnerClient(runner);
  started.push(client);
  return client;
}

/** The path of a program by its name, which may include the extension. */
export function programFile(runner: RunnerUnderTest, program: string): string {
  return join(runner.fixtures, program.includes(".") ? program : program + runner.extension);
}

/** Ends the runners of a test. */
export function endAll(): void {
  for (const client of started.splice(0)) client.child.kill("SIGKILL");
}
