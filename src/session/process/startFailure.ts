/**
 * Why a program does not start, in words: the system's own name an error number and a call.
 */
import { existsSync, statSync } from "node:fs";
import { basename } from "node:path";

/** What was to be started. */
export interface Program {
  readonly executable: string;
  /** The folder in which it was to be started; left out, the one of this process. */
  readonly cwd?: string;
}

/** What `spawn` and `execFile` say: a code of the system, or how a program ended that did start. */
interface Cause extends Error {
  readonly code?: string | number | null;
  readonly killed?: boolean;
  readonly signal?: string | null;
}

/** @returns a clause about the program, without a full stop */
export function startFailure(cause: Cause, program: Program): string {
  const { code, killed, signal } = cause;
  if (killed) return "it did not answer in time";
  if (typeof code === "number") return `it ended with exit code ${code}`;
  if (typeof signal === "string") return `it was ended by ${signal}`;
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
      return missing(program);
    case "EACCES":
    case "EPERM":
      return isFolder(program.executable) ? "that is a folder" : "it is not allowed to be executed";
    case "ENOEXEC":
    case "UNKNOWN":
      return "it is no program that this machine can execute";
    default:
      return cause.message;
  }
}

/** The system says the same of a program, of the folder to start it in, and of the interpreter that a script names. */
function missing({ executable, cwd }: Program): string {
  if (cwd !== undefined && !isFolder(cwd)) return `there is no folder ${cwd} to start it in`;
  if (basename(executable) === executable) return `there is no program ${executable} on the PATH`;
  if (!existsSync(executable)) return `there is no program ${executable}`;
  return "the interpreter that its first line names is not there";
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
