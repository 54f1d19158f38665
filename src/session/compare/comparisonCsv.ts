/**
 * A comparison as CSV (RFC 4180): a row for each line, with the figures as numbers.
 */
import type { ComparedKind } from "../../protocol/schedule";
import { type Cell, type CsvColumn, columnsOf } from "./columns";
import type { LineOutcome } from "./lineOutcome";

/** A line that could not be run has nothing else. */
const about: readonly CsvColumn[] = [
  ["policy", ({ policy }) => policy],
  ["ended", ({ stopped }) => stopped],
  ["problem", ({ problem }) => problem],
];

/** The lines of the text, without their ends, which are CR LF. */
export function csvOf(outcomes: readonly LineOutcome[], kind: ComparedKind): string[] {
  const names: readonly CsvColumn[] =
    kind === "policies" ? [] : [[kind === "setups" ? "setup" : "way of working", ({ name }) => name]];
  const known = [...names, ...about];
  const columns = [...known, ...columnsOf(outcomes, kind).flatMap(({ csv }) => csv)];
  const rows = outcomes.map((outcome) => (outcome.problem === undefined ? columns : known).map(([, of]) => of(outcome)));
  const head = columns.map(([title]) => title);
  return [head, ...rows].map((row) => head.map((_, index) => quoted(row[index])).join(","));
}

function quoted(cell: Cell = ""): string {
  const text = String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
