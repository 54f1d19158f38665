/**
 * Outcomes in words, for the command line and the panel.
 */
import type { OutcomeReport } from "./report";

const reasons: Readonly<Record<string, string>> = {
  "all-finished": "all tasks have ended",
  "first-return": "the first task returned",
  "step-limit": "cut at the limit of steps",
  blocked: "waits for something outside of the program",
};

/** How the orders of an outcome ended; of a failing one, what it fails by. */
export function endText({ failing, outcome: { why, stopped } }: OutcomeReport): string {
  return failing ? (why ?? "") : (reasons[stopped] ?? stopped);
}

/** What became of a task. */
export function taskText({ state, value, file, line }: OutcomeReport["outcome"]["tasks"][string]): string {
  const at = line === undefined ? "" : ` at ${file === undefined ? "line" : `${file}:`}${file === undefined ? " " : ""}${line}`;
  return `${state}${value === undefined ? "" : ` ${value}`}${at}`;
}
