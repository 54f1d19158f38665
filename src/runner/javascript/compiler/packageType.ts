/**
 * The module type in the nearest package.json, for files whose extension does not determine it.
 */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The `type` of the nearest package.json. */
export function packageType(folder: string): unknown {
  const found = readJson(join(folder, "package.json"));
  if (found) return (found as { type?: unknown }).type;
  const above = dirname(folder);
  return above === folder ? undefined : packageType(above);
}

function readJson(file: string): object | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
