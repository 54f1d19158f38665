/**
 * The columns of the comparison: their texts and sort keys.
 */
import type { PolicyOutcome } from "../../protocol/schedule";
import { policyLabel } from "../policy/policyText";
import { duration, grouped } from "../text/format";
import { oneLine } from "../text/text";

/** One figure of a policy. */
export interface CompareColumn {
  readonly id: string;
  readonly title: string;
  /** What it means. */
  readonly about: string;
  readonly by: (outcome: PolicyOutcome) => number | string;
  readonly text: (outcome: PolicyOutcome) => string;
  /** Details for the tooltip. */
  readonly more?: (outcome: PolicyOutcome) => string;
}

const none = "–";

export const compareColumns: readonly CompareColumn[] = [
  { id: "steps", title: "Steps", about: "Steps that ran", by: ({ steps }) => steps, text: ({ steps }) => grouped(steps) },
  { id: "first", title: "First return", about: "When the first task returned", ...moment(({ firstReturn }) => firstReturn) },
  { id: "last", title: "Last return", about: "When the last task returned", ...moment(({ lastReturn }) => lastReturn) },
  {
    id: "mean",
    title: "Mean wait",
    about: "How many steps a task waited for its turn, averaged over all tasks",
    by: meanWait,
    text: (outcome) => (outcome.tasks.length === 0 ? none : meanWait(outcome).toFixed(1)),
  },
  {
    id: "worst",
    title: "Worst wait",
    about: "The longest wait of any task for its turn, in steps",
    by: worstWait,
    text: (outcome) => (outcome.tasks.length === 0 ? none : grouped(worstWait(outcome))),
  },
  {
    id: "fairness",
    title: "Fairness",
    about: "Jain's fairness index of the tasks' step counts: 1 if all are equal",
    by: ({ fairness }) => fairness,
    text: ({ fairness, steps }) => (steps === 0 ? none : fairness.toFixed(3)),
  },
  {
    id: "output",
    title: "Output",
    about: "Characters printed",
    by: ({ printed }) => printed,
    text: ({ printed }) => (printed === 0 ? none : grouped(printed)),
    more: ({ output }) => oneLine(output),
  },
  {
    id: "outcome",
    title: "Outcome",
    about: "Why the run ended or paused",
    by: outcomeText,
    text: outcomeText,
    more: (outcome) => outcome.problem ?? outcome.tasks.map(({ name, outcome }) => `${name}: ${outcome}`).join("\n"),
  },
];

/** The column that the policies are sorted by; without one they are in the order in which they were chosen. */
export interface CompareOrder {
  readonly column: string | undefined;
  readonly direction: "ascending" | "descending";
}

/** Sorts the outcomes; the sort is stable. */
export function sortedOutcomes(outcomes: readonly PolicyOutcome[], { column, direction }: CompareOrder): PolicyOutcome[] {
  const sign = direction === "ascending" ? 1 : -1;
  const by = column === "policy" ? ({ policy }: PolicyOutcome) => policyLabel(policy) : columnOf(column)?.by;
  if (!by) return [...outcomes];
  return [...outcomes].sort((one, other) => sign * compared(by(one), by(other)));
}

/** Sorts ascending first, since most figures are waits; choosing the same column again reverses the order. */
export function nextOrder({ column, direction }: CompareOrder, id: string): CompareOrder {
  if (column !== id) return { column: id, direction: "ascending" };
  return { column: id, direction: direction === "ascending" ? "descending" : "ascending" };
}

function columnOf(id: string | undefined): CompareColumn | undefined {
  return compareColumns.find((column) => column.id === id);
}

function compared(one: number | string, other: number | string): number {
  if (typeof one === "number" && typeof other === "number") return one - other;
  return String(one).localeCompare(String(other), "en", { numeric: true });
}

/** A task that never returned sorts after all others. */
function moment(of: (outcome: PolicyOutcome) => PolicyOutcome["firstReturn"]) {
  return {
    by: (outcome: PolicyOutcome) => of(outcome)?.step ?? Number.MAX_SAFE_INTEGER,
    text: (outcome: PolicyOutcome) => {
      const found = of(outcome);
      return found ? `${grouped(found.step)}\u00a0· ${duration(found.micros).replace(" ", "\u00a0")}` : none;
    },
  };
}

function meanWait({ tasks }: PolicyOutcome): number {
  return tasks.reduce((sum, { mean }) => sum + mean.steps, 0) / Math.max(1, tasks.length);
}

function worstWait({ tasks }: PolicyOutcome): number {
  return tasks.reduce((most, { worst }) => Math.max(most, worst.steps), 0);
}

function outcomeText({ stopped, problem }: PolicyOutcome): string {
  return problem === undefined ? stopped.replaceAll("-", " ") : "failed";
}
