/**
 * The trace files in a folder, by owner: a live process, or none any more.
 */
import { readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { uptime } from "node:os";
import { basename, dirname, join } from "node:path";

const pattern = /^(live|left)-(\d+)-(\d+)\.yieldtrace$/;

let files = 0;

/** The name of another file of this process, which is in use until it is released. */
export function liveName(): string {
  files += 1;
  return `live-${process.pid}-${files}.yieldtrace`;
}

/** The name of a file that its process has left to the next one. */
export function releasedPath(path: string): string {
  return join(dirname(path), basename(path).replace(/^live-/, "left-"));
}

/**
 * Takes over a file that was left behind, so that nobody else removes it.
 *
 * @param name what it was called when it was made
 * @returns where it is now, or undefined when it is gone, or still belongs to a process that lives
 */
export function adopt(folder: string, name: string): string | undefined {
  const own = join(folder, liveName());
  for (const path of [releasedPath(join(folder, name)), join(folder, name)]) {
    if (isFree(path) && moved(path, own)) return own;
  }
  return undefined;
}

/** Releases a file that was taken over but not needed, or that the next process should find. */
export function leave(path: string): string {
  const left = releasedPath(path);
  return moved(path, left) ? left : path;
}

/** Removes the files without an owner. @param olderThan only those not written for so many milliseconds */
export function removeOrphans(folder: string, olderThan = 0): void {
  for (const name of namesIn(folder)) {
    const path = join(folder, name);
    if (isFree(path) && ageOf(path) >= olderThan) rmSync(path, { force: true });
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => pattern.test(name));
  } catch {
    return []; // it is made with the first file
  }
}

/** Whether no live process uses a file: it was released, its process has ended, or the machine has been restarted since. */
function isFree(path: string): boolean {
  const [, state, pid] = pattern.exec(basename(path)) ?? [];
  if (state === undefined) return false;
  return state === "left" || ageOf(path) > uptime() * 1_000 || !isAlive(Number(pid));
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function ageOf(path: string): number {
  return Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0);
}

function moved(path: string, to: string): boolean {
  try {
    renameSync(path, to);
    return true;
  } catch {
    return false; // it is not there, or somebody else was quicker
  }
}
