/**
 * Whether two paths refer to the same file. An import is resolved to the real path of its file, while the editor uses the path
 * under which the workspace was opened, which may be a symbolic link.
 */
import { realpathSync } from "node:fs";

const known = new Map<string, string>();

export function isSameFile(one: string, other: string): boolean {
  return one === other || realPath(one) === realPath(other);
}

/** The canonical path. It is resolved only once: changing a symbolic link later does not affect loaded code. */
export function realPath(path: string): string {
  const real = known.get(path) ?? found(path);
  known.set(path, real);
  return real;
}

/** A file that does not exist, or a name that is not a file, is compared by name. */
function found(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
