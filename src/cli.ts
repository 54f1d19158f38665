/**
 * The command line: runs a session without an editor.
 */
import { stat } from "node:fs/promises";
import { constants } from "node:os";
import { basename, dirname } from "node:path";
import type { Writable } from "node:stream";
import { version } from "../package.json";
import type { Command, FileCommand, ObserveCommand } from "./cli/commands";
import { compare, compareSetups } from "./cli/compare/compare";
import { explore } from "./cli/explore/explore";
import { merge } from "./cli/explore/merge";
import { help } from "./cli/help";
import { list } from "./cli/list";
import { observe } from "./cli/observe";
import { readCommand } from "./cli/options";
import { placeOf } from "./cli/place";
import { recorded } from "./cli/recorded";
import { onCommandLine } from "./cli/remedies";
import { Sink } from "./cli/sink";
import type { Surroundings } from "./cli/surroundings";
import { trace } from "./cli/trace";
import { printable } from "./core/printable";
import { isOfRuntime, RunnerFailedError, UserCodeError, UserError } from "./session/common/errors";

const exitCodes = { done: 0, threw: 1, badInput: 2, damaged: 2, runnerFailed: 3 } as const;

const defaultWidth = 100;

const source = "a JavaScript, TypeScript or Python file";
const saved = "a file that was saved with --save";

/** The kind of file that a command takes. */
const kinds: Readonly<Record<FileCommand["name"], string>> = {
  trace: source,
  observe: source,
  explore: source,
  compare: source,
  list: source,
  merge: "a file with what explore has printed as jsonl",
  show: saved,
  export: saved,
  stats: saved,
};

/** Node decodes invalid UTF-8 in a path to replacement characters, which no file name matches. */
const notUtf8 = "The path seems to have bytes that are not valid UTF-8. Such a file cannot be opened here: rename it.";

/** Where a command prints, and what ends it. */
export interface Terminal {
  readonly out: Writable;
  readonly err: Writable & { readonly isTTY?: boolean };
  /** The width of a line, in characters. */
  readonly width?: number | undefined;
  /** Aborted when the user wants to stop, or when the reader has closed the output. */
  readonly stopping: AbortController;
}

/** The command line as a program. */
async function main(): Promise<number> {
  const stopping = new AbortController();
  let signalled = 0;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    // Handled only once: a second signal ends the process immediately, even if the reader of its output does not continue.
    process.once(signal, () => {
      signalled = constants.signals[signal];
      stopping.abort();
    });
  }
  const { stdout, stderr, argv } = process;
  const code = await run(argv.slice(2), { out: stdout, err: stderr, width: stdout.columns, stopping });
  return signalled > 0 ? 128 + signalled : code;
}

/**
 * Runs a command to its end.
 *
 * @returns its exit code
 */
export async function run(args: readonly string[], { out, err, width = defaultWidth, stopping }: Terminal): Promise<number> {
  const around = {
    dist: __dirname,
    out: new Sink(out, () => stopping.abort()),
    err,
    width,
    warn: (message: string) => write(err, `yieldpoint: ${message}`),
    signal: stopping.signal,
  };
  return execute(args, around).catch((error) => report(error, around));
}

async function execute(args: readonly string[], around: Surroundings): Promise<number> {
  const command: Command = readCommand(args);
  if (command.name === "help") around.out.write([help.trimEnd()]);
  else if (command.name === "version") around.out.write([version]);
  else {
    if (command.name === "compareSetups") return exitCodes[await compareSetups(command, around)];
    for (const file of command.name === "merge" ? command.files : [command.file]) await mustBeFile(command.name, file);
    return command.name === "observe" ? observed(command, around) : exitCodes[await perform(command, around)];
  }
  return exitCodes.done;
}

/** A program that cannot be parsed has the exit code that it has alone. */
function observed(command: ObserveCommand, around: Surroundings): Promise<number> {
  return observe(command, around).catch((error) => {
    if (!isSyntaxError(error)) throw error;
    report(error, around);
    return exitCodes.threw;
  });
}

async function perform(command: Exclude<FileCommand, ObserveCommand>, around: Surroundings): Promise<keyof typeof exitCodes> {
  if (command.name === "trace") return trace(command, around);
  if (command.name === "compare") return compare(command, around);
  if (command.name === "explore") return explore(command, around);
  if (command.name === "merge") return merge(command, around);
  if (command.name !== "list") return recorded(command, around);
  await list(command, around);
  return "done";
}

async function mustBeFile(name: FileCommand["name"], file: string): Promise<void> {
  const found = await stat(file).catch(() => undefined);
  if (!found) throw await notFound(file);
  if (found.isFile()) return;
  throw new UserError(`${file} is not a file.`, `Give the path of ${kinds[name]}.`);
}

/** The message names the folder, since a relative path is often meant from another one. */
async function notFound(file: string): Promise<UserError> {
  const folder = dirname(file);
  const isThere = (await stat(folder).catch(() => undefined))?.isDirectory();
  const message = isThere ? `There is no file ${basename(file)} in the folder ${folder}.` : `There is no folder ${folder}.`;
  return new UserError(
    message,
    file.includes("\ufffd") ? notUtf8 : "Check the path. A relative path starts at the current folder.",
  );
}

/** Prints an error, and returns its exit code. */
function report(error: unknown, { err, warn }: Surroundings): number {
  warn(error instanceof Error ? `${subjectOf(error)}${error.message}${placeOf(error)}` : String(error));
  if (error instanceof UserError) write(err, `  ${onCommandLine(error.remedy)}`);
  const runnersFault = error instanceof RunnerFailedError || isOfRuntime(error);
  return error instanceof UserError && !runnersFault ? exitCodes.badInput : exitCodes.runnerFailed;
}

function isSyntaxError(error: unknown): boolean {
  return error instanceof UserCodeError && error.failure.code === "syntax";
}

function subjectOf(error: Error): string {
  return isSyntaxError(error) ? "The file cannot be read: " : "";
}

function write(err: Writable, text: string): void {
  err.write(`${text.split("\n").map(printable).join("\n")}\n`);
}

if (require.main === module) {
  void main().then((code) => {
    process.exitCode = code;
  });
}
