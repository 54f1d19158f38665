/**
 * Starts the process of a runner, and ends it together with the processes that the user's code started.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { constants, setPriority } from "node:os";
import { endGroup, ownsGroup } from "./group";
import type { Written } from "./written";

/** How to start a runner. */
export interface RunnerCommand {
  readonly executable: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** The host's own debugging variables must not reach the user's code. */
const hidden = ["ELECTRON_RUN_AS_NODE", "VSCODE_INSPECTOR_OPTIONS"];

/** @param written where the process's own output goes; left out, into pipes */
export function startProcess(command: RunnerCommand, written: Pick<Written, "stdout" | "stderr"> | undefined): ChildProcess {
  const inherited = Object.entries(process.env).filter(([name]) => !hidden.includes(name));
  const child = spawn(command.executable, command.args, {
    cwd: command.cwd,
    env: { ...Object.fromEntries(inherited), ...command.env },
    stdio: ["ignore", written?.stdout ?? "pipe", written?.stderr ?? "pipe", "pipe", "pipe"],
    windowsHide: true,
    detached: ownsGroup,
  });
  if (child.pid !== undefined) yieldTheProcessor(child.pid);
  return child;
}

/** Ends the process and those that the user's code started. Does nothing once it has ended, since its id may have been reused. */
export function killProcess(child: ChildProcess): void {
  const { pid, exitCode, signalCode } = child;
  if (pid === undefined || exitCode !== null || signalCode !== null) return;
  endGroup(pid);
  child.kill("SIGKILL");
}

/** Tasks at full speed would take the whole processor: the editor, and the user's clicks in it, come first. */
function yieldTheProcessor(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It has ended already, or may not be changed: then it stays as it is.
  }
}
