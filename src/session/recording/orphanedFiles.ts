/**
 * The trace files in a folder. A file has an owner if its process is still alive; otherwise it is an orphan.
 */
import { readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { uptime } from "node:os";
import { basename, dirname, join } from "node:path";

const pattern = /^(live|left)-(\d+)-(\d+)\.yieldtrace$/;

let files = 0;

/** The name of a new file of this process. */
export function liveName(): string {
  files += 1;
  return `live-${process.pid}-${files}.yieldtrace`;
}

/** The name of a file after its process has released it. */
export function releasedPath(path: string): string {
  return join(dirname(path), basename(path).replace(/^live-/, "left-"));
}

/**
 * Takes over an orphan, so that no other process removes it.
 *
 * @param name the original name of the file
 * @returns the new path, or undefined if the file does not exist or its owner is alive
 */
export function adopt(folder: string, name: string): string | undefined {
  const own = join(folder, liveName());
  for (const path of [releasedPath(join(folder, name)), join(folder, name)]) {
    if (isFree(path) && moved(path, own)) return own;
  }
  return undefined;
}

/** Releases a file that was taken over, so that another process can find it. */
export function leave(path: string): string {
  const left = releasedPath(path);
  return moved(path, left) ? left : path;
}

/** Removes orphans. @param olderThan the minimum time since the last write, in milliseconds */
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
    return []; // the folder is created with the first file
  }
}

/** Whether a file is an orphan: it was released, its process has ended, or the machine has been restarted since. */
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
    return false; // the file is gone, or another process was faster
  }
}
