/**
 * The Pythons on this machine: those on the PATH, and those of pyenv if it is installed.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, realpathSync } from "node:fs";
import { delimiter, join } from "node:path";

/** The versions that must be reported by a test run. A newer one is used too if it is found. */
export const supported = ["3.8", "3.9", "3.10", "3.11", "3.12", "3.13", "3.14"];

/** Versions that are used to test that they are rejected. */
const refused = ["2.7", "3.5", "3.6", "3.7"];

export interface Python {
  readonly executable: string;
  /** `3.12.1` */
  readonly version: string;
  /** `3.12` */
  readonly minor: string;
}

const question = "import sys; print('%d.%d.%d' % sys.version_info[:3]); print(sys.executable)";

/** The Python that `python3` runs, if it exists. */
export const defaultPython: Python | undefined = asked("python3");

/** One Python of each version found, oldest first. With YIELDPOINT_PYTHONS=default only the one that `python3` runs. */
export const pythons: readonly Python[] =
  process.env.YIELDPOINT_PYTHONS === "default" ? [defaultPython].filter((python) => python !== undefined) : found();

/** Whether it can run tasks. */
export function isSupported({ minor }: Python): boolean {
  return age(minor) >= age(supported[0] ?? "");
}

function found(): Python[] {
  const pyenv = pyenvRoot();
  const names = [...refused, ...supported].map((version) => `python${version}`);
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => pyenv === "" || folder !== join(pyenv, "shims"));
  const onPath = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  const files = [...onPath, ...versionsOf(pyenv)].filter((file) => existsSync(file)).map((file) => realpathSync(file));
  const all = [...[...new Set(files)].map(asked), defaultPython].filter((python) => python !== undefined);
  return [...new Map(all.map((python) => [python.minor, python])).values()].sort(
    (one, other) => age(one.version) - age(other.version),
  );
}

function pyenvRoot(): string {
  try {
    return process.env.PYENV_ROOT ?? output("pyenv", "root");
  } catch {
    return "";
  }
}

function versionsOf(pyenv: string): string[] {
  const folder = join(pyenv, "versions");
  if (pyenv === "" || !existsSync(folder)) return [];
  return readdirSync(folder).map((version) => join(folder, version, "bin", "python"));
}

/** The Python behind a command, if that exists and starts. */
function asked(command: string): Python | undefined {
  try {
    const [version = "", executable = ""] = output(command, "-c", question).split("\n");
    return { version, executable: realpathSync(executable), minor: version.split(".").slice(0, 2).join(".") };
  } catch {
    return undefined;
  }
}

function output(command: string, ...args: string[]): string {
  return execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
}

/** A version as a number that orders versions. */
function age(version: string): number {
  return version.split(".").reduce((sum, part, index) => sum + Number(part) / 1000 ** index, 0);
}
