/**
 * The result of a search as text for people.
 */
import { countText, numberText } from "../../core/explore/claim";
import { padded, printable } from "../../core/printable";
import { endText, taskText } from "../../session/explore/outcomeText";
import type { OutcomeReport, Report } from "../../session/explore/report";

const indent = "    ";

/** The lines of a report: the outcomes, then what may be said of the search. */
export function reportText({ outcomes, search: { explored } }: Report): string[] {
  const all = explored.orders ?? explored.classes ?? 0;
  const opaque =
    explored.opaque.length > 0 ? [`Counted as touching everything: ${explored.opaque.map(printable).join(", ")}.`] : [];
  return [
    ...outcomes.flatMap((report) => [...outcomeText(report, all), ""]),
    ...explored.says,
    ...explored.verdicts.map(({ text }) => text),
    ...opaque,
    "",
    `strategy ${explored.strategy}, ${numberText(explored.millis)} ms`,
    ...(outcomes.length > 0 ? ["A witness is replayed by: yieldpoint trace FILE --schedule WITNESS"] : []),
  ];
}

function outcomeText(report: OutcomeReport, all: number): string[] {
  const { outcome, orders, classes, failing, explanation, explained, witness, deviations, switches } = report;
  const count = orders ?? classes ?? 0;
  const many =
    orders === undefined ? `${numberText(count)} ${count === 1 ? "class" : "classes"} of orders` : countText(count, "order");
  const share = all > 0 ? `  ${Math.round((100 * count) / all)} %` : "";
  const tasks = Object.entries(outcome.tasks).map(([name, task]) => [name, taskText(task)] as const);
  const rows = [
    ...Object.entries(outcome.watches),
    ...tasks,
    ...(outcome.output === undefined ? [] : [["output", outcome.output] as const]),
    ["witness", witness] as const,
  ];
  const width = Math.max(...rows.map(([name]) => Array.from(printable(name)).length));
  const calm = [
    ...(deviations === undefined ? [] : [countText(deviations, "deviation")]),
    countText(switches, "switch").replace(/switchs$/, "switches"),
  ];
  return [
    `${many}${share}  ${failing ? "FAILS: " : ""}${printable(endText(report))}`,
    ...rows.map(([name, value]) => `${indent}${padded(printable(name), width)}  ${printable(value)}`),
    `${indent}${padded("", width)}  ${calm.join(", ")} in ${countText(outcome.steps, "step")}`,
    ...(explanation === undefined ? [] : [`${indent}${printable(explanation)}`]),
    ...(explained === undefined ? [] : [`${indent}These are the steps of ${printable(explained)}`]),
  ];
}
