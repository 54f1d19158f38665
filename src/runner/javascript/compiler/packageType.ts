/**
 * The module type in the nearest package.json, for files whose extension does not determine it.
 */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The `type` of the nearest package.json. */
export function packageType(folder: string): unknown {
  return packageAround(join(folder, "package.json"))?.type;
}

/** The nearest package.json of a file, with its `type`; undefined if there is none. */
export function packageAround(of: string): { readonly file: string; readonly type: unknown } | undefined {
  const folder = dirname(of);
  const file = join(folder, "package.json");
  const found = readJson(file);
  if (found) return { file, type: (found as { type?: unknown }).type };
  return dirname(folder) === folder ? undefined : packageAround(folder);
}

function readJson(file: string): object | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
