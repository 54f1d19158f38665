/**
 * Observed programs of each language: the same programs under `fixtures/observe`, and how each runs without a runner.
 */
import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import type { Answer } from "../../../src/protocol/runner";
import type { RunnerClient } from "../client";
import { everyRunner, type RunnerUnderTest } from "../runners";
import { startObserver } from "../starting";

const fixtures = resolve(__dirname, "../../fixtures/observe");

/** What the suites have to know of a language. */
interface Language {
  readonly extension: string;
  /** The arguments before a file that is run without a runner. */
  readonly args: readonly string[];
  /** The part of stderr that has to be the same: without frames of the interpreter's own code. */
  usersPart(stderr: string): string;
}

const languages: Readonly<Record<string, Language>> = {
  javascript: {
    extension: ".cjs",
    args: [],
    // The properties of an error follow its last frame. The runner's stacks name the files of modules by their paths, without the awaits
    // of the modules themselves.
    usersPart: (stderr) =>
      stderr.replace(/\n +at (?:.*node:internal[^)\s]*\)?|async (?:file:|\/).*)/g, "").replaceAll("file://", ""),
  },
  python: { extension: ".py", args: ["-B"], usersPart: (stderr) => stderr },
};

/** The runners of a language. */
export function observersOf(language: keyof typeof languages): readonly RunnerUnderTest[] {
  return everyRunner.filter((runner) => runner.language === language);
}

/** The path of a program by its name, which may include the extension. */
export function observedFile({ language }: RunnerUnderTest, program: string): string {
  return join(fixtures, language, program.includes(".") ? program : program + languages[language]?.extension);
}

/** A runner that is ready to run a program. */
export async function observe(runner: RunnerUnderTest, program: string, ...given: string[]): Promise<RunnerClient> {
  return observeFile(runner, observedFile(runner, program), ...given);
}

export async function observeFile(runner: RunnerUnderTest, file: string, ...given: string[]): Promise<RunnerClient> {
  const client = startObserver(runner);
  await client.hello();
  await client.ask("observe", { file, arguments: given });
  return client;
}

/** Lets the program go on for so many switches. */
export function goOn(client: RunnerClient, switches: number): Promise<Answer<"advance">> {
  return client.ask("advance", { from: client.steps.length + 1, plan: { switches } });
}

/** How a program has ended, and what it has printed. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Lets the program go on to its end, whatever its tasks do, in stretches of so many switches. */
export async function toTheEnd(client: RunnerClient, switches = 1_000_000): Promise<Ending> {
  let hasEnded = false;
  const ended = client.ended.then((end) => {
    hasEnded = true;
    return end;
  });
  while (!hasEnded) await Promise.race([goOn(client, switches).catch(() => undefined), ended]);
  const printed = (wanted: "stdout" | "stderr") =>
    client.printed(wanted) + client.rest.map(({ stream, text }) => (stream === wanted ? text : "")).join("");
  return { ...(await ended), stdout: printed("stdout"), stderr: printed("stderr") };
}

/** How a program ends and what it prints if its interpreter runs it. */
export function alone(runner: RunnerUnderTest, program: string, ...given: string[]): Ending {
  const [interpreter = ""] = runner.command;
  const file = observedFile(runner, program);
  const args = [...(languages[runner.language]?.args ?? []), file, ...given];
  const { status, signal, stdout, stderr } = spawnSync(interpreter, args, { encoding: "utf8", cwd: runner.fixtures });
  return { code: status, signal, stdout, stderr };
}

/** What has to be the same, whether or not a program is observed. */
export function shown({ language }: RunnerUnderTest, ending: Ending): Ending {
  return { ...ending, stderr: languages[language]?.usersPart(ending.stderr) ?? ending.stderr };
}

/** The steps as text, with the names of the tasks. */
export function trace(client: RunnerClient): string[] {
  const names = client.events.flatMap((event) => (event.event === "spawned" ? [event.name] : []));
  return client.steps.map(({ task, event, value }) => `${names[task]}/${task} ${event} ${value}`);
}

/** The same, with the line at which each step has left its task. */
export function traceWithLines(client: RunnerClient): string[] {
  return trace(client).map((step, at) => `${step} ${client.steps[at]?.point?.line ?? "-"}`);
}

/** For each step who resumed its task. */
export function drivers(client: RunnerClient): string[] {
  const known = client.events.flatMap((event) => (event.event === "drivers" ? event.drivers : []));
  const by = client.events.flatMap((event) => {
    if (event.event !== "driven") return [];
    return event.by.flatMap((number, index): number[] => Array(event.times?.[index] ?? 1).fill(number));
  });
  return by.map((number) => {
    const driver = known[number - 1];
    return driver ? `${driver.function}:${driver.line}` : "nobody";
  });
}
