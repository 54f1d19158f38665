/** Starts runners with a program loaded and tasks added. */
import { join } from "node:path";
import { afterFile } from "../ending";
import { RunnerClient } from "./client";
import type { RunnerUnderTest } from "./runners";

/** The runners of a test, which are ended after it in any case. */
const started: RunnerClient[] = [];

/** Those started by `start`, with their runners. */
const renewable = new Map<RunnerClient, RunnerUnderTest>();

/** For each runner a process that a test has left as it was: the next one can load its program there. */
const idle = new Map<RunnerUnderTest, RunnerClient>();

afterFile.push(() => {
  for (const client of idle.values()) client.kill();
  idle.clear();
});

/** A runner with a program loaded and a task for each call. It may have served other tests of the file. */
export async function start(runner: RunnerUnderTest, program: string, ...calls: string[]): Promise<RunnerClient> {
  const client = await take(runner);
  await loadWith(client, runner, program, calls);
  return client;
}

/** The same in a process of its own, for a program that changes what the next one would find. */
export async function startAlone(runner: RunnerUnderTest, program: string, ...calls: string[]): Promise<RunnerClient> {
  const client = startBare(runner);
  await client.hello();
  await loadWith(client, runner, program, calls);
  return client;
}

async function loadWith(client: RunnerClient, runner: RunnerUnderTest, program: string, calls: readonly string[]): Promise<void> {
  await client.ask("load", { file: programFile(runner, program) });
  for (const [task, call] of calls.entries()) await client.ask("spawn", { task, call });
}

/** A runner to load a program in. It may have served other tests of the file. */
export async function take(runner: RunnerUnderTest): Promise<RunnerClient> {
  const client = idle.get(runner);
  if (client && idle.delete(runner)) {
    started.push(client);
    return client;
  }
  const fresh = startBare(runner);
  renewable.set(fresh, runner);
  await fresh.hello();
  return fresh;
}

/** A runner without any request yet. */
export function startBare(runner: RunnerUnderTest): RunnerClient {
  const client = new RunnerClient(runner);
  started.push(client);
  return client;
}

/** The same, to observe a program. */
export function startObserver(runner: RunnerUnderTest): RunnerClient {
  const toObserve = runner.language === "python" ? ["observe"] : [];
  return startBare({ ...runner, command: [...runner.command, ...toObserve] });
}

/** The path of a program by its name, which may include the extension. */
export function programFile(runner: RunnerUnderTest, program: string): string {
  return join(runner.fixtures, program.includes(".") ? program : program + runner.extension);
}

/** Ends the runners of a test, but for one that another test can use. */
export function endAll(): void {
  for (const client of started.splice(0)) {
    const runner = renewable.get(client);
    if (runner && !idle.has(runner) && client.renew()) idle.set(runner, client);
    else client.kill();
  }
}
