/**
 * The Pythons of this machine: those on the PATH, and those that pyenv keeps, where it is there.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, realpathSync } from "node:fs";
import { delimiter, join } from "node:path";

/** The versions that tasks run on, each of which a test run reports on. A newer one that is found is run too. */
export const supported = ["3.8", "3.9", "3.10", "3.11", "3.12", "3.13", "3.14"];

/** Versions that are looked for to be refused. */
const refused = ["2.7", "3.5", "3.6", "3.7"];

export interface Python {
  readonly executable: string;
  /** `3.12.1` */
  readonly version: string;
  /** `3.12` */
  readonly minor: string;
}

const question = "import sys; print('%d.%d.%d' % sys.version_info[:3]); print(sys.executable)";

/** What `python3` runs, if it is there. */
export const defaultPython: Python | undefined = asked("python3");

/** A Python of each version found, older ones first; with YIELDPOINT_PYTHONS=default what `python3` runs alone. */
export const pythons: readonly Python[] =
  process.env.YIELDPOINT_PYTHONS === "default" ? [defaultPython].filter((python) => python !== undefined) : found();

/** Whether tasks can run on it. */
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

/** A command that is there and starts, as what it says it is. */
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

/** A version as a number that grows with it. */
function age(version: string): number {
  return version.split(".").reduce((sum, part, index) => sum + Number(part) / 1000 ** index, 0);
}
