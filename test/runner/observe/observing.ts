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

/** What the suite has to know of a language. */
interface Language {
  readonly extension: string;
  /** The part of stderr that has to be the same: without frames of the interpreter's own code. */
  usersPart(stderr: string): string;
}

const languages: Readonly<Record<string, Language>> = {
  javascript: {
    extension: ".cjs",
    // The properties of an error follow its last frame. The runner's stacks name the files of modules by their paths, without awaits.
    usersPart: (stderr) => stderr.replace(/\n +at (?:.*node:internal[^)\s]*\)?|async .*)/g, "").replaceAll("file://", ""),
  },
};

/** The runners that observe programs. */
export const observers = everyRunner.filter(({ language }) => language in languages);

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

/** Lets the program go on to its end, whatever its tasks do. @returns its exit code */
export async function toTheEnd(client: RunnerClient): Promise<number | null> {
  let hasEnded = false;
  const ended = client.ended.then(({ code }) => {
    hasEnded = true;
    return code;
  });
  while (!hasEnded) await goOn(client, 1_000_000).catch(() => ended);
  return ended;
}

/** The steps as text, with the names of the tasks. */
export function trace(client: RunnerClient): string[] {
  const names = client.events.flatMap((event) => (event.event === "spawned" ? [event.name] : []));
  return client.steps.map(({ task, event, value }) => `${names[task]}/${task} ${event} ${value}`);
}

/** For each step who resumed its task. */
export function drivers(client: RunnerClient): string[] {
  const known = client.events.flatMap((event) => (event.event === "drivers" ? event.drivers : []));
  const by = client.events.flatMap((event) => (event.event === "driven" ? event.by : []));
  return by.map((number) => {
    const driver = known[number - 1];
    return driver ? `${driver.function}:${driver.line}` : "nobody";
  });
}

export interface Shown {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
}

/** What an observed program has shown. */
export function shownBy(client: RunnerClient, runner: RunnerUnderTest, code: number | null): Shown {
  const rest = (wanted: string) => client.rest.flatMap(({ stream, text }) => (stream === wanted ? [text] : [])).join("");
  return {
    stdout: client.printed("stdout") + rest("stdout"),
    stderr: usersPart(runner, client.printed("stderr") + rest("stderr")),
    code,
  };
}

/** What the program shows if its interpreter runs it. */
export function shownAlone(runner: RunnerUnderTest, program: string, ...given: string[]): Shown {
  const [interpreter = ""] = runner.command;
  const file = observedFile(runner, program);
  const { stdout, stderr, status } = spawnSync(interpreter, [file, ...given], { encoding: "utf8", cwd: runner.fixtures });
  return { stdout, stderr: usersPart(runner, stderr), code: status };
}

function usersPart({ language }: RunnerUnderTest, stderr: string): string {
  return languages[language]?.usersPart(stderr) ?? stderr;
}
