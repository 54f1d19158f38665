/**
 * The format for programs: a JSON object a line. Names and order of the keys are what users rely on.
 */
import type { Printer } from "./printer";

export const jsonl: Printer = {
  header: () => [],
  step({ step, event, value, point, micros }, task, printed) {
    const place = point ? { line: point.line, column: point.column } : {};
    return [...printed, JSON.stringify({ step, task, event, value, ...place, micros: Math.round(micros * 10) / 10 })];
  },
  output(step, { stream, text, dropped }) {
    return [JSON.stringify({ output: stream, step, text, ...(dropped ? { dropped } : {}) })];
  },
  outcome: (outcome) => [JSON.stringify({ outcome })],
};
