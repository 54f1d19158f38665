/**
 * Prints figures, one per line: name, value, unit. `npm run bench -- runner. finder.` prints those whose names begin with these texts.
 */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { closeShared } from "../editor/e2e/shared";

/** A file in this folder that measures something. */
interface Bench {
  /** The prefixes of its figures. */
  readonly figures: readonly string[];
  bench(report: (name: string, value: number, unit: string) => void): Promise<void>;
}

const wanted = process.argv.slice(2);

async function main(): Promise<void> {
  const files = (await readdir(__dirname)).filter((name) => name.endsWith(".ts") && name !== "run.ts").sort();
  for (const file of files) {
    const module = (await import(pathToFileURL(join(__dirname, file)).href)) as Partial<Bench>;
    if (module.bench && module.figures?.some(mayBeWanted)) await module.bench(print);
  }
}

/** Whether figures with this prefix can be among the requested ones. */
function mayBeWanted(prefix: string): boolean {
  return wanted.length === 0 || wanted.some((name) => name.startsWith(prefix) || prefix.startsWith(name));
}

function print(name: string, value: number, unit: string): void {
  if (wanted.length > 0 && !wanted.some((start) => name.startsWith(start))) return;
  console.log(`${name} ${Number(value.toPrecision(4))} ${unit}`);
}

void main().finally(closeShared);
