/**
 * The end of `npm test`: the failures, a table of the parts, and one summary line.
 */
import { countsIn, endOf, failuresIn } from "./counts";
import type { Ended } from "./lane";

/** The failures, the table and the summary line. @param millis the total time */
export function summaryOf(ended: readonly Ended[], millis: number): string {
  const rows = ended.map((one) => ({ ...one, counts: countsIn(one.output) }));
  const sum = (kind: "passed" | "pending") => rows.reduce((all, { counts }) => all + counts[kind], 0);
  // A part can fail without a failing test, and then counts as one failure.
  const failed = rows.reduce((all, { outcome, counts }) => all + (outcome === "passed" ? 0 : Math.max(1, counts.failed)), 0);
  const table = rows.map(({ part, outcome, counts, millis }) => {
    const cases = counts.passed + counts.failed + counts.pending;
    return [part.name.padEnd(10), (cases || "").toString().padStart(6), minutes(millis).padStart(10), `  ${outcome}`].join("");
  });
  const head = ["part".padEnd(10), "cases".padStart(6), "minutes".padStart(10)].join("");
  const failures = rows.flatMap(({ part, outcome, counts, output }) =>
    outcome === "failed"
      ? [`\n== failed in ${part.name} ==\n`, ...(counts.failed > 0 ? failuresIn(output) : [endOf(output)])]
      : [],
  );
  return [
    ...failures,
    "",
    head,
    ...table,
    "",
    `${sum("passed")} passed, ${failed} failed, ${sum("pending")} pending in ${minutes(millis)} minutes`,
    "",
  ].join("\n");
}

function minutes(millis: number): string {
  return (millis / 60_000).toFixed(1);
}
