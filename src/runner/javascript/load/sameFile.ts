/**
 * Whether two paths refer to the same file. An import is resolved to the real path of its file, while the editor uses the path
 * under which the workspace was opened, which may be a symbolic link.
 */
import { realpathSync } from "node:fs";

const known = new Map<string, string>();

export function isSameFile(one: string, other: string): boolean {
  return one === other || realPath(one) === realPath(other);
}

/** Asked for once: a link that is bent meanwhile changes nothing about the code that was loaded. */
function realPath(path: string): string {
  const real = known.get(path) ?? found(path);
  known.set(path, real);
  return real;
}

/** What is not there, or is no file at all, is known by its name alone. */
function found(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
