/**
 * The names and the order of the rows of a comparison.
 */
import type { ComparedKind, ComparedTable } from "../../protocol/schedule";
import { policyLabel } from "../policy/policyText";
import { oneLine } from "../text/text";

export type ComparedRow = ComparedTable["rows"][number];

/** The name of a line, as users know it. */
export function lineLabel(kind: ComparedKind, name: string): string {
  return kind === "policies" ? policyLabel(name) : oneLine(name);
}

/** The column that the rows are sorted by; without one they are in the order in which they were chosen. */
export interface CompareOrder {
  /** The position of the column; -1 for the names. */
  readonly column: number | undefined;
  readonly direction: "ascending" | "descending";
}

/** Sorts the rows; the sort is stable. A row without a value in the column is last in either direction. */
export function sortedRows(rows: readonly ComparedRow[], { column, direction }: CompareOrder): ComparedRow[] {
  if (column === undefined) return [...rows];
  const sign = direction === "ascending" ? 1 : -1;
  const by = ({ name, cells }: ComparedRow) => {
    const { text = "", by = text } = cells[column] ?? {};
    return column < 0 ? name : by;
  };
  return [...rows].sort((one, other) => compared(by(one), by(other), sign));
}

/** Sorts ascending first, since most figures are waits; choosing the same column again reverses the order. */
export function nextOrder({ column, direction }: CompareOrder, chosen: number): CompareOrder {
  if (column !== chosen) return { column: chosen, direction: "ascending" };
  return { column: chosen, direction: direction === "ascending" ? "descending" : "ascending" };
}

function compared(one: number | string, other: number | string, sign: number): number {
  if (one === "" || other === "") return Number(one === "") - Number(other === "");
  if (typeof one === "number" && typeof other === "number") return sign * (one - other);
  return sign * String(one).localeCompare(String(other), "en", { numeric: true });
}
