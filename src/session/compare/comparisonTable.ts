/**
 * A comparison as a table for a view.
 */
import type { ComparedKind, ComparedTable } from "../../protocol/schedule";
import { cellOf, columnsOf } from "./columns";
import type { LineOutcome } from "./lineOutcome";

/** The table: its columns, and a row for each line that has run. */
export function comparisonTable(outcomes: readonly LineOutcome[], kind: ComparedKind): ComparedTable {
  const columns = columnsOf(outcomes, kind);
  return {
    columns: columns.map(({ id, title, about }) => ({ id, title, about })),
    rows: outcomes.map((outcome) => {
      const { name, policy, problem, tasks, output, timeline, schedule, way } = outcome;
      return {
        name: name ?? policy,
        policy,
        ...(problem === undefined ? {} : { problem }),
        cells: columns.map((column) => {
          const { text, detail } = cellOf(column, outcome);
          const by = text === "" ? undefined : column.by?.(outcome);
          return { text, ...(detail === "" ? {} : { detail }), ...(by === undefined ? {} : { by }) };
        }),
        tasks: [...tasks],
        output,
        ...(timeline ? { timeline } : {}),
        opens: schedule !== undefined,
        sharesNothing: way === "processes",
      };
    }),
  };
}
