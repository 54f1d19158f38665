/**
 * The programs that are observed in tests, in each language that can observe them, and a session that observes one.
 */
import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import type { Answer } from "../../../src/protocol/runner";
import type { RunnerClient } from "../client";
import { everyRunner, type RunnerUnderTest } from "../runners";
import { startObserver } from "../starting";

const fixtures = resolve(__dirname, "../../fixtures/observe");

/** The languages whose runners observe programs, with the arguments that run a file without a runner. */
const languages: Readonly<Record<string, readonly string[]>> = { python: ["-B"] };

/** The runners that observe programs. */
export const observers: readonly RunnerUnderTest[] = everyRunner.filter(({ language }) => language in languages);

/** The path of a program by its name. */
export function observedFile({ language }: RunnerUnderTest, name: string): string {
  return join(fixtures, language, name + (language === "python" ? ".py" : ".mjs"));
}

/** How a program ends and what it prints, without a runner. */
export function plainly(runner: RunnerUnderTest, name: string, ...args: string[]): Ending {
  const [command = ""] = runner.command;
  const { status, signal, stdout, stderr } = spawnSync(
    command,
    [...(languages[runner.language] ?? []), observedFile(runner, name), ...args],
    { cwd: runner.fixtures, encoding: "utf8" },
  );
  return { code: status, signal, stdout, stderr };
}

export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A runner that is ready to observe a program. */
export async function observe(runner: RunnerUnderTest, name: string, ...args: string[]): Promise<RunnerClient> {
  const client = startObserver(runner);
  await client.hello();
  await client.ask("observe", { file: observedFile(runner, name), arguments: args });
  return client;
}

/** Goes on by so many switches. */
export function goOn(client: RunnerClient, switches: number): Promise<Answer<"advance">> {
  return client.ask("advance", { from: client.steps.length + 1, plan: { switches } });
}

/** Lets a program run to its end, in stretches of so many switches. */
export async function toTheEnd(client: RunnerClient, switches = 1_000): Promise<Ending> {
  let isOver = false;
  const ended = client.ended.then((end) => {
    isOver = true;
    return end;
  });
  while (!isOver) await Promise.race([goOn(client, switches).catch(() => undefined), ended]);
  const end = await ended;
  const printed = (stream: "stdout" | "stderr") =>
    client.printed(stream) + client.rest.map((piece) => (piece.stream === stream ? piece.text : "")).join("");
  return { ...end, stdout: printed("stdout"), stderr: printed("stderr") };
}

/** The steps as text: the task's name and number, what happened, and the line where. */
export function told(client: RunnerClient): string[] {
  const names = new Map(client.events.flatMap((each) => (each.event === "spawned" ? [[each.task, each.name]] : [])));
  return client.steps.map(
    ({ task, event, value, point }) => `${names.get(task)} ${task} ${event} ${value} ${point?.line ?? "-"}`,
  );
}

/** The function and line that resumed the task of each step. */
export function drivers(client: RunnerClient): string[] {
  const every = client.events.flatMap((each) => (each.event === "drivers" ? each.drivers : []));
  return client.events
    .flatMap((each) => (each.event === "driven" ? each.by : []))
    .map((by) => every[by - 1])
    .map((driver) => `${driver?.function} ${driver?.line}`);
}
