/**
 * Starts the process of a runner, and ends it together with all processes that the user's code started.
 */
import { ChildProcess, type SpawnOptions, type StdioOptions, spawn } from "node:child_process";
import { closeSync, openSync, statSync } from "node:fs";
import { constants, setPriority } from "node:os";
import { PassThrough, type Writable } from "node:stream";
import { isatty } from "node:tty";
import type { Conditions, Working } from "../../core/conditions";
import type { SwitchPoints } from "../../core/ways";
import { OrderError } from "../common/errors";
import { endGroup, ownsGroup } from "./group";
import type { Written } from "./written";

/** How to start a runner. */
export interface RunnerCommand {
  readonly executable: string;
  readonly args: readonly string[];
  /** Further arguments for a process that explores orders. */
  readonly toExplore?: readonly string[];
  /** The further arguments of a process that observes a program. */
  readonly toObserve?: readonly string[];
  /** The further arguments of a process whose tasks run as threads. */
  readonly toThread?: readonly string[];
  /** Where tasks may give way that run as threads. Set by `workingUnder`. */
  readonly threads?: SwitchPoints;
  /** Each task has a process of its own, which is started so. Set by `workingUnder`. */
  readonly processes?: boolean;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Its standard input: the path of a file, that of this process, or what is typed later. Without it there is nothing to read. */
  readonly input?: string | "inherit" | "typed";
}

/** The maximum number of processes for tasks. Each takes tens of megabytes. */
export const mostProcesses = 64;

/** @throws OrderError if there cannot be so many processes */
export function mustBeFew({ processes }: Working, tasks: number): void {
  if (!processes || tasks <= mostProcesses) return;
  throw new OrderError(
    `${tasks} tasks would be as many processes, each with the memory of an interpreter. There can be ${mostProcesses}.`,
    "Run fewer, or run them as cooperative tasks.",
  );
}

/** The same for tasks that work in the way that the conditions say. */
export function workingUnder(command: RunnerCommand, { threads, processes }: Conditions): RunnerCommand {
  if (processes) {
    // Several processes cannot read the same input.
    const { input: _, ...rest } = command;
    return { ...rest, processes };
  }
  return threads ? { ...command, args: [...command.args, ...(command.toThread ?? [])], threads } : command;
}

/** Debugging variables of the host, which must not reach the user's code. */
const hidden = ["ELECTRON_RUN_AS_NODE", "VSCODE_INSPECTOR_OPTIONS"];

/** All variables that the process gets. */
export function environmentOf({ env }: Pick<RunnerCommand, "env">): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !hidden.includes(name));
  return { ...Object.fromEntries(inherited), ...env };
}

/**
 * Starts the process. If that fails, the returned object emits the event `error`.
 *
 * @param written the file for the process's own output; left out, the output goes into pipes
 */
export function startProcess(command: RunnerCommand, written: Pick<Written, "stdout" | "stderr"> | undefined): ChildProcess {
  const child = spawned(command, {
    cwd: command.cwd,
    env: environmentOf(command),
    stdio: ["ignore", written?.stdout ?? "pipe", written?.stderr ?? "pipe", "pipe", "pipe"],
    windowsHide: true,
    detached: ownsGroup,
  });
  if (child.pid !== undefined) yieldTheProcessor(child.pid);
  return child;
}

/** Reports every failure to start as an event. Node throws some of them, and then returns no process object. */
function spawned({ executable, args, input }: RunnerCommand, options: SpawnOptions & { stdio: StdioOptions }): ChildProcess {
  try {
    const stdin = stdinOf(input);
    const child = spawn(executable, args, { ...options, stdio: [stdin, ...options.stdio.slice(1)] as StdioOptions });
    if (typeof stdin === "number" && stdin !== 0) closeSync(stdin);
    child.stdin?.on("error", () => undefined); // the process has ended before it has read everything
    if (input === "inherit" && child.stdin) pipeTerminal(child.stdin);
    // If too many files are open, the process object has no pipes.
    return (child.stdio as unknown) === undefined ? withPipes(child) : child;
  } catch (cause) {
    const child = withPipes(new ChildProcess());
    process.nextTick(() => child.emit("error", cause));
    return child;
  }
}

/** @throws Error that names the file, if it cannot be read */
function stdinOf(input: RunnerCommand["input"]): "ignore" | "pipe" | number {
  if (input === undefined) return "ignore";
  if (input === "typed") return "pipe";
  // At a terminal the process cannot read itself: it is not in the foreground.
  if (input === "inherit") return isatty(0) ? "pipe" : 0;
  return opened(input);
}

function pipeTerminal(stdin: Writable): void {
  process.stdin.pipe(stdin);
  process.stdin.unref();
}

/** @throws Error that names the file, if it cannot be read */
function opened(input: string): number {
  try {
    // To open a pipe by its name would wait for a writer.
    if (!statSync(input).isFile()) throw new Error(`${input} is not a file`);
    return openSync(input, "r");
  } catch (cause) {
    throw new Error(`its input cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/** Adds pipes that are not connected to anything. */
function withPipes(child: ChildProcess): ChildProcess {
  return Object.assign(child, { stdio: [null, null, null, new PassThrough(), new PassThrough()] });
}

/** Ends the process and those that the user's code started. Does nothing if it has ended, since its id may have been reused. */
export function killProcess(child: ChildProcess): void {
  const { pid, exitCode, signalCode } = child;
  if (pid === undefined || exitCode !== null || signalCode !== null) return;
  endGroup(pid);
  child.kill("SIGKILL");
}

/** Lowers the priority of a process: tasks at full speed use a whole core, and the editor must stay responsive. */
function yieldTheProcessor(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // The process has already ended, or its priority may not be changed.
  }
}
