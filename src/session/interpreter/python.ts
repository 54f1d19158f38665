/**
 * Finds the Python that runs the user's code, and its environment. The version is checked by the runner itself, whose source every
 * Python can parse far enough for that.
 */
import { constants, existsSync, readFileSync } from "node:fs";
import { access, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { parseEnv } from "node:util";
import { RuntimeNotFoundError } from "../common/errors";
import { startFailure } from "../process/startFailure";
import { onPath, type Runtime } from "./runtime";

/** The usual names of the interpreter, the most specific first. `py` is the launcher on Windows. */
const names = process.platform === "win32" ? ["python3.exe", "python.exe", "py.exe"] : ["python3", "python"];

/** Files that mark the root folder of a Python project, which is the working directory that Python tools use. */
const projectFiles = ["pyproject.toml", "setup.py", "setup.cfg", "requirements.txt", "Pipfile", ".env"];

/**
 * Finds the Python that runs tasks: the given one, or else `python3`, `python` or `py` on the PATH.
 *
 * @param named a path or command that the user configured or selected; empty if there is none
 * @throws RuntimeNotFoundError if it does not exist
 */
export async function findPython(named: string): Promise<Runtime> {
  const isPath = basename(named) !== named;
  const candidates = isPath ? [resolve(named)] : onPath(named === "" ? names : [named]);
  for (const executable of candidates) {
    if (await isExecutable(executable)) return { executable, env: {} };
  }
  throw new RuntimeNotFoundError(
    named === ""
      ? "There is no Python on the PATH."
      : `There is no Python at ${named}: ${await whyNot(isPath ? resolve(named) : named)}.`,
    'Install Python 3.8 or newer, or name an interpreter in the setting "yieldpoint.pythonPath" or in the Python extension.',
  );
}

/** The nearest folder above a file that looks like a Python project, or else the file's own folder. */
export function pythonProject(file: string): string {
  const start = dirname(file);
  for (let folder = start; ; folder = dirname(folder)) {
    if (projectFiles.some((name) => existsSync(join(folder, name)))) return folder;
    if (dirname(folder) === folder) return start;
  }
}

/** The variables in the project's `.env` file; empty if there is no such file or it cannot be read. */
export function dotEnv(folder: string): Record<string, string> {
  try {
    return Object.fromEntries(
      Object.entries(parseEnv(readFileSync(join(folder, ".env"), "utf8"))).map(([name, value]) => [name, value ?? ""]),
    );
  } catch {
    return {};
  }
}

/** Of a program that is not one. */
async function whyNot(executable: string): Promise<string> {
  const found = await stat(executable).catch((error: Error) => error);
  const cause = found instanceof Error ? found : Object.assign(new Error("It cannot be executed."), { code: "EACCES" });
  return startFailure(cause, { executable }).why;
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
