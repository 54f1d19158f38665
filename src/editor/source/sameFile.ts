/**
 * Whether two paths refer to the same file. In a folder opened through a symbolic link, paths differ from those of the
 * runtime, which loads modules by their real paths.
 */
import { realpathSync } from "node:fs";

/** The maximum number of cached real paths, which is more than a program has files. */
const most = 4_096;
const known = new Map<string, string>();

export function isSameFile(one: string, other: string): boolean {
  return one === other || realPath(one) === realPath(other);
}

/** The real path, or the path itself if the file does not exist. */
function realPath(file: string): string {
  const found = known.get(file);
  if (found !== undefined) return found;
  if (known.size >= most) known.clear();
  const real = resolved(file);
  known.set(file, real);
  return real;
}

function resolved(file: string): string {
  try {
    return realpathSync.native(file);
  } catch {
    return file;
  }
}
