/**
 * The output format for programs: one JSON object per line, the same as in an export.
 */
import { outcomeLine, outputLine, stepLine, wokenLine } from "../core/export/jsonl";
import { waitsAsJson } from "../core/export/waitTexts";
import type { Printer } from "./printer";

export const jsonl: Printer = {
  order: () => [],
  header: () => [],
  waits: waitsAsJson,
  step: (record, task, printed, more) => [...printed, stepLine(record, task, more)],
  woken: (step, names) => [wokenLine(step, names)],
  output: (step, printed) => [outputLine(step, printed)],
  outcome: (outcome) => [outcomeLine(outcome)],
};
