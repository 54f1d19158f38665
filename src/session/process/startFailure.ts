/**
 * Describes why a program does not start. The system's own message has only an error code and a system call.
 */
import { accessSync, constants, existsSync, statSync } from "node:fs";
import { basename, dirname } from "node:path";

/** The program that should have been started. */
export interface Program {
  readonly executable: string;
  /** The working directory; left out, the one of this process. */
  readonly cwd?: string;
}

/** The error of `spawn` or `execFile`: an error code of the system, or how a program that did start ended. */
interface Cause extends Error {
  readonly code?: string | number | null;
  readonly killed?: boolean;
  readonly signal?: string | null;
}

export interface StartFailure {
  /** A clause about the program, without a full stop. */
  readonly why: string;
  readonly remedy: string;
}

/** Whether another interpreter would help. */
export function isOfInterpreter({ remedy }: StartFailure): boolean {
  return remedy.endsWith(`${another}.`);
}

const another = "name another interpreter in the settings";
const check = `Check it, or ${another}.`;
const later = "End some other programs, then try again.";

/** The failures that follow from the system's error code alone. Others also depend on the program. */
const failures: ReadonlyMap<unknown, StartFailure> = new Map(
  Object.entries({
    ENOEXEC: { why: "this machine cannot execute it", remedy: check },
    UNKNOWN: { why: "this machine cannot execute it", remedy: check },
    ELOOP: { why: "the links in its path lead in a circle", remedy: check },
    ENAMETOOLONG: { why: "its path is too long", remedy: check },
    E2BIG: {
      why: "its environment variables take more space than the system allows",
      remedy: "Make them shorter: those of this process, and in Python those of the project's .env file.",
    },
    ERR_INVALID_ARG_VALUE: {
      why: "there is a null character in its path, its folder or its environment variables",
      remedy: "Take it out: of the settings, or in Python of the project's .env file.",
    },
    EAGAIN: { why: "there are as many processes as the system allows", remedy: later },
    EMFILE: { why: "as many files are open as the system allows", remedy: later },
    ENFILE: { why: "as many files are open as the system allows", remedy: later },
    ENOMEM: { why: "there is not enough memory", remedy: later },
  }),
);

export function startFailure(cause: Cause, program: Program): StartFailure {
  const { code, killed, signal } = cause;
  if (killed) return { why: "it did not answer in time", remedy: check };
  if (typeof code === "number") return { why: `it ended with exit code ${code}`, remedy: check };
  if (typeof signal === "string") return { why: `it was ended by ${signal}`, remedy: check };
  if (code === "ENOENT" || code === "ENOTDIR") return missing(program);
  if (code === "EACCES" || code === "EPERM") return forbidden(program);
  return failures.get(code) ?? { why: `the system says "${cause.message}"`, remedy: check };
}

/** The system reports the same code for a missing program, working directory, or interpreter in a script's first line. */
function missing({ executable, cwd }: Program): StartFailure {
  if (cwd !== undefined && !isFolder(cwd)) {
    return { why: `there is no folder ${cwd} to start it in`, remedy: "Bring the folder back, or choose a file in another one." };
  }
  if (basename(executable) === executable) return { why: `there is no program ${executable} on the PATH`, remedy: check };
  const file = fileAbove(executable);
  if (file !== undefined) return { why: `${file} is a file, not a folder`, remedy: check };
  if (!existsSync(executable)) return { why: `there is no program ${executable}`, remedy: check };
  return { why: "the interpreter named in its first line does not exist", remedy: check };
}

/** The part of a path that should be a folder but is not. */
function fileAbove(path: string): string | undefined {
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder))
    if (existsSync(folder)) return isFolder(folder) ? undefined : folder;
  return undefined;
}

function forbidden({ executable, cwd }: Program): StartFailure {
  if (cwd !== undefined && !isAllowed(cwd)) {
    return { why: `it is not allowed to be started in the folder ${cwd}`, remedy: "Change the permissions of the folder." };
  }
  if (isFolder(executable)) return { why: "it is a folder", remedy: check };
  return { why: "it may not be executed", remedy: `Change its permissions, or ${another}.` };
}

function isAllowed(folder: string): boolean {
  try {
    accessSync(folder, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
