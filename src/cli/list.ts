/**
 * `list`: the generator functions of a file that can be run as tasks, and those that cannot be called, with the reason.
 */
import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { padded, printable } from "../core/printable";
import { sourceText } from "../core/sourceText";
import { findGenerators, type GeneratorFunction, languageOf, type Unreachable, unreachableGenerators } from "../finder";
import { UserError } from "../session/common/errors";
import { runnerCommand } from "../session/interpreter/runners";
import { checkFile } from "../session/process/checkFile";
import type { ListCommand } from "./commands";
import type { Surroundings } from "./surroundings";

/**
 * Prints the generator functions of a file.
 *
 * @throws UserError if the file's type is not known or, after the readable part was printed, if the file cannot be run in its current state
 */
export async function list({ file, format, node, python }: ListCommand, { dist, out }: Surroundings): Promise<void> {
  const language = languageOf(file);
  if (!language) {
    throw new UserError(
      `Generator functions in "${extname(file)}" files cannot be listed.`,
      "Choose a JavaScript, TypeScript or Python file.",
    );
  }
  const text = sourceText(file, await readFile(file));
  const found = findGenerators(text, language);
  const hidden = unreachableGenerators(text, language);
  const own = { executable: process.execPath, env: {} };
  const command = () => runnerCommand({ file, nodePath: node, pythonPath: python, own, dist });
  const problem: unknown = await checkFile(file, command).catch((error: unknown) => error);
  const isNothing = found.length + hidden.length === 0;
  if (format === "jsonl") out.write([...found.map(line), ...hidden.map(hiddenLine)]);
  else if (!problem || !isNothing) out.write([...table(found, hidden), ...hiddenTable(hidden)]);
  if (problem) throw problem;
}

function line({ name, kind, line, column, parameters, call, rivals }: GeneratorFunction): string {
  return JSON.stringify({ name, kind, line, column, parameters, call, ...(rivals ? { rivals } : {}) });
}

function hiddenLine({ name, line, column, barrier, where, remedy }: Unreachable): string {
  return JSON.stringify({ unreachable: name, line, column, barrier, where, remedy });
}

function table(found: readonly GeneratorFunction[], hidden: readonly Unreachable[]): string[] {
  if (found.length === 0)
    return [`There are no generator functions in this file${hidden.length > 0 ? " that can be called." : "."}`];
  return columns([
    ["name", "kind", "at", "call"],
    ...found.map(({ name, kind, line, column, call, rivals }) => {
      const others = rivals
        ? `  (defined in lines ${[line, ...rivals].sort((a, b) => a - b).join(", ")}: the last definition that runs is used)`
        : "";
      return [printable(name), kind, `${line}:${column}`, printable(call) + others];
    }),
  ]);
}

function hiddenTable(hidden: readonly Unreachable[]): string[] {
  if (hidden.length === 0) return [];
  const rows = hidden.map(({ name, line, column, where, remedy }) => [
    printable(name) || "(anonymous)",
    `${line}:${column}`,
    printable(`${where}. ${remedy}`),
  ]);
  return ["", "They cannot be called from outside:", ...columns([["name", "at", "why, and what to do"], ...rows])];
}

function columns(rows: readonly (readonly string[])[]): string[] {
  const last = (rows[0]?.length ?? 1) - 1;
  const widths = Array.from({ length: last }, (_, column) =>
    Math.max(...rows.map((row) => Array.from(row[column] ?? "").length)),
  );
  return rows.map((row) => row.map((text, column) => padded(text, widths[column] ?? 0)).join("  "));
}
