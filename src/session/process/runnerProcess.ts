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
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Debugging variables of the host, which must not reach the user's code. */
const hidden = ["ELECTRON_RUN_AS_NODE", "VSCODE_INSPECTOR_OPTIONS"];

/**
 * What does not start says so by its event `error`.
 *
 * @param written where the process's own output goes; left out, into pipes
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

/** Node throws some of the reasons for which a process does not start, and then there is none: here all of them are events. */
function spawned({ executable, args }: RunnerCommand, options: SpawnOptions): ChildProcess {
  try {
    const child = spawn(executable, args, options);
    // With too many open files there are not even pipes.
    return (child.stdio as unknown) === undefined ? withPipes(child) : child;
  } catch (cause) {
    const child = withPipes(new ChildProcess());
    process.nextTick(() => child.emit("error", cause));
    return child;
  }
}

/** With pipes that lead nowhere. */
function withPipes(child: ChildProcess): ChildProcess {
  return Object.assign(child, { stdio: [null, null, null, new PassThrough(), new PassThrough()] });
}

/** Ends the process and those that the user's code started. Does nothing once it has ended, since its id may have been reused. */
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
