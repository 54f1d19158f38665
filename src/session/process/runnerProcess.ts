/**
 * Starts the process of a runner, and ends it together with all processes that the user's code started.
 */
import { ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { constants, setPriority } from "node:os";
import { PassThrough } from "node:stream";
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
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Debugging variables of the host, which must not reach the user's code. */
const hidden = ["ELECTRON_RUN_AS_NODE", "VSCODE_INSPECTOR_OPTIONS"];

/**
 * Starts the process. If that fails, the returned object emits the event `error`.
 *
 * @param written the file for the process's own output; left out, the output goes into pipes
 */
export function startProcess(command: RunnerCommand, written: Pick<Written, "stdout" | "stderr"> | undefined): ChildProcess {
  const inherited = Object.entries(process.env).filter(([name]) => !hidden.includes(name));
  const child = spawned(command, {
    cwd: command.cwd,
    env: { ...Object.fromEntries(inherited), ...command.env },
    stdio: ["ignore", written?.stdout ?? "pipe", written?.stderr ?? "pipe", "pipe", "pipe"],
    windowsHide: true,
    detached: ownsGroup,
  });
  if (child.pid !== undefined) yieldTheProcessor(child.pid);
  return child;
}

/** Reports every failure to start as an event. Node throws some of them, and then returns no process object. */
function spawned({ executable, args }: RunnerCommand, options: SpawnOptions): ChildProcess {
  try {
    const child = spawn(executable, args, options);
    // If too many files are open, the process object has no pipes.
    return (child.stdio as unknown) === undefined ? withPipes(child) : child;
  } catch (cause) {
    const child = withPipes(new ChildProcess());
    process.nextTick(() => child.emit("error", cause));
    return child;
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
