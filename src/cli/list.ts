/**
 * `list`: the generator functions of a file that can be run as tasks.
 */
import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { padded, printable } from "../core/printable";
import { sourceText } from "../core/sourceText";
import { findGenerators, type GeneratorFunction, languageOf } from "../finder";
import { UserError } from "../session/errors";
import type { ListCommand } from "./commands";

/**
 * The lines that `list` prints.
 *
 * @throws UserError when the file's type is not known
 */
export async function list({ file, format }: ListCommand): Promise<string[]> {
  const language = languageOf(file);
  if (!language) {
    throw new UserError(
      `Generators in "${extname(file)}" files cannot be listed.`,
      "Choose a JavaScript, TypeScript or Python file.",
    );
  }
  const found = findGenerators(sourceText(file, await readFile(file)), language);
  return format === "jsonl" ? found.map(line) : table(found);
}

function line({ name, kind, line, column, parameters, call, rivals }: GeneratorFunction): string {
  return JSON.stringify({ name, kind, line, column, parameters, call, ...(rivals ? { rivals } : {}) });
}

function table(found: readonly GeneratorFunction[]): string[] {
  if (found.length === 0) return ["There are no generator functions in this file."];
  const rows = [
    ["name", "kind", "at", "call"],
    ...found.map(({ name, kind, line, column, call, rivals }) => {
      const others = rivals
        ? `  (defined in lines ${[line, ...rivals].sort((a, b) => a - b).join(", ")}: the last that runs counts)`
        : "";
      return [printable(name), kind, `${line}:${column}`, printable(call) + others];
    }),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => Array.from(row[column] ?? "").length)));
  return rows.map((row) => row.map((text, column) => padded(text, widths[column] ?? 0)).join("  "));
}
