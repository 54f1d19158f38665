/**
 * The output format for programs: one JSON object per line, the same as in an export.
 */
import { outcomeLine, outputLine, stepLine } from "../core/export/jsonl";
import type { Printer } from "./printer";

export const jsonl: Printer = {
  order: () => [],
  header: () => [],
  step: (record, task, printed, { resumed, thrown }) => [...printed, stepLine(record, task, resumed, thrown)],
  output: (step, printed) => [outputLine(step, printed)],
  outcome: (outcome) => [outcomeLine(outcome)],
};
