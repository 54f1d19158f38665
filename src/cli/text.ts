/**
 * The format for people: one column a task, one line a step.
 */
import { cut, padded, printable } from "../core/printable";
import type { Task } from "../core/task";
import type { StepEvent, StepRecord } from "../core/trace";
import type { RunEnd } from "../session/session";
import type { Printer } from "./printer";

const stepWidth = 6;
const gap = "  ";

/** A narrower column shows too little of a value: then all tasks share one column. */
const leastWidth = 16;

const verbs: Record<StepEvent, string> = { yielded: "", returned: "return ", threw: "throw ", closed: "closed " };

const reasons: Record<RunEnd, string> = {
  "first-return": "the first task returned",
  threw: "a task threw",
  interrupted: "a task was interrupted",
  "all-finished": "all tasks are over",
  "step-limit": "that was the limit",
  breakpoint: "rested at a breakpoint",
  paused: "the run was paused",
  "trace-full": "the trace takes as much memory as it may",
  stopped: "the run was stopped",
  failed: "the runner failed",
};

/**
 * A table that fits a terminal.
 *
 * @param width characters in a line
 */
export function textPrinter(width: number): Printer {
  let columns: readonly Task[] = [];
  let columnWidth = 0;
  return {
    header(tasks) {
      const each = Math.floor((width - stepWidth) / Math.max(1, tasks.length)) - gap.length;
      columns = each >= leastWidth ? tasks : [];
      columnWidth = columns.length > 0 ? each : width - stepWidth - gap.length;
      const names = columns.map(({ name }) => padded(cut(printable(name), columnWidth), columnWidth));
      return [`${"step".padStart(stepWidth)}${gap}${(columns.length > 0 ? names.join(gap) : "task").trimEnd()}`];
    },
    step(record, name, printed) {
      const shared = columns.length === 0 ? `${printable(name)}: ` : "";
      const indent = columns.length === 0 ? "" : " ".repeat(record.task * (columnWidth + gap.length));
      return [`${String(record.step).padStart(stepWidth)}${gap}${indent}${cell(record, shared, columnWidth)}`, ...printed];
    },
    output(_, { stream, text, dropped }) {
      const mark = `${" ".repeat(stepWidth)}${gap}${stream === "stdout" ? "|" : "!"} `;
      const lines = text.replace(/\r?\n$/, "").split(/\r?\n/);
      const more = dropped ? [`${mark}… ${dropped} more characters`] : [];
      return [...lines.map((line) => `${mark}${printable(line)}`), ...more];
    },
    outcome({ steps, stopped, tasks }) {
      const nameWidth = Math.max(0, ...Object.keys(tasks).map((name) => Array.from(printable(name)).length));
      const lines = Object.entries(tasks).map(([name, { state, value }]) => {
        const line = `${gap}${padded(printable(name), nameWidth)}${gap}${state} ${printable(value ?? "")}`;
        return cut(line.trimEnd(), width);
      });
      return ["", `${steps} ${steps === 1 ? "step" : "steps"}: ${reasons[stopped]} (${stopped})`, ...lines];
    },
  };
}

/** The place stays whole; the value gives way. */
function cell({ event, value, point }: StepRecord, prefix: string, width: number): string {
  const place = point ? `${gap}${point.line}:${point.column}` : "";
  return cut(`${prefix}${verbs[event]}${printable(value)}`, Math.max(1, width - place.length)) + place;
}
