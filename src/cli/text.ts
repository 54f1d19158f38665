/**
 * The output format for people: one column per task, one line per step.
 */
import { endLines, eventText, printedLines } from "../core/export/stepText";
import { waitsAsText } from "../core/export/waitTexts";
import { cut, padded, printable } from "../core/printable";
import type { TaskId } from "../core/task";
import type { Driver } from "../core/trace/driver";
import type { StepRecord } from "../core/trace/trace";
import { usualPolicy } from "../session/order/policies";
import type { RunEnd } from "../session/session";
import type { Printer } from "./printer";

/** The maximum number of characters of a schedule that are printed; the format for programs has all of it. */
const mostSchedule = 2_000;

const stepWidth = 6;
const gap = "  ";

/** The minimum width of a column. If columns would be narrower, too little of a value would be visible, and all tasks share one column. */
const leastWidth = 16;

const reasons: Record<RunEnd, string> = {
  "first-return": "the first task returned",
  threw: "a task threw",
  interrupted: "a task was interrupted",
  "all-finished": "all tasks have ended",
  deadlock: "tasks wait for one another forever",
  blocked: "tasks are waiting, and no task is left that could wake them",
  held: "all remaining tasks are held back",
  "schedule-over": "the end of the schedule was reached",
  refused: "the schedule does not fit, or the policy failed",
  "step-limit": "the step limit was reached",
  breakpoint: "paused at a breakpoint",
  "task-stepped": "the task has made its next step",
  "task-ended": "the task has ended",
  paused: "the run was paused",
  "trace-full": "the trace has reached its size limit",
  "output-full": "the output has reached its size limit",
  stopped: "the run was stopped",
  failed: "the runner failed",
  exited: "the program has ended",
};

/**
 * A table that fits a terminal.
 *
 * @param width the width of a line, in characters
 */
export function textPrinter(width: number): Printer {
  /** The index of each task's column. */
  let columns = new Map<TaskId, number>();
  let columnWidth = 0;
  let toldPolicy = usualPolicy;
  return {
    order({ policy, schedule }) {
      if (policy === undefined) return [];
      toldPolicy = policy;
      return [
        `policy    ${printable(policy)}`,
        ...(schedule === undefined ? [] : [`schedule  ${cut(printable(schedule), mostSchedule)}`]),
        "",
      ];
    },
    header(tasks) {
      const each = Math.floor((width - stepWidth) / Math.max(1, tasks.length)) - gap.length;
      const own = each >= leastWidth ? tasks : [];
      columns = new Map(own.map(({ id }, place) => [id, place]));
      columnWidth = own.length > 0 ? each : width - stepWidth - gap.length;
      const names = own.map(({ name }) => padded(cut(printable(name), columnWidth), columnWidth));
      return [`${"step".padStart(stepWidth)}${gap}${(own.length > 0 ? names.join(gap) : "task").trimEnd()}`];
    },
    waits: waitsAsText,
    step(record, name, printed, { resumed, driver, waits }) {
      const place = columns.get(record.task);
      const shared = place === undefined ? `${printable(name)}: ` : "";
      const indent = " ".repeat((place ?? 0) * (columnWidth + gap.length));
      return [
        `${String(record.step).padStart(stepWidth)}${gap}${indent}${cell(record, shared + eventText(record, resumed, waits), columnWidth, driver)}`,
        ...printed,
      ];
    },
    woken: () => [],
    output: (_, printed) => printedLines(printed, stepWidth + gap.length),
    outcome({ steps, stopped, error, why, tasks, outputLostFrom, warnings = [], policy = usualPolicy }, { file, thrown }) {
      const nameWidth = Math.max(0, ...Object.keys(tasks).map((name) => Array.from(printable(name)).length));
      const indent = " ".repeat(nameWidth + 2 * gap.length);
      // Values that are cut in the table are printed here in full.
      const lines = Object.entries(tasks).flatMap(([name, task]) => {
        const [first = "", ...rest] = endLines(task, thrown(name), file, indent);
        return [`${gap}${padded(printable(name), nameWidth)}${gap}${first}`.trimEnd(), ...rest];
      });
      const reason = stopped ? `: ${error ? "nobody has caught an exception" : reasons[stopped]} (${stopped})` : "";
      const by = policy === toldPolicy ? [] : [`${gap}policy ${printable(policy)}`];
      const lost = outputLostFrom === undefined ? [] : [`${gap}Output from step ${outputLostFrom} on was not kept.`];
      const told = warnings.map(({ kind, message, steps: at }) => `${gap}${kind}: ${printable(message)} (${stepsText(at)})`);
      const warned = told.length > 0 ? ["", told.length === 1 ? "1 warning:" : `${told.length} warnings:`, ...told] : [];
      const because = why === undefined ? [] : [printable(why)];
      return ["", `${steps} ${steps === 1 ? "step" : "steps"}${reason}`, ...because, ...lines, ...by, ...lost, ...warned];
    },
  };
}

function stepsText(steps: readonly number[]): string {
  return steps.length === 1 ? `step ${steps[0]}` : `steps ${steps.join(", ")}`;
}

/** Shortens the value, but never the places: where the task is suspended and, in an observed program, who resumed it. */
function cell({ point }: StepRecord, text: string, width: number, driver: Driver | undefined): string {
  const by = driver ? `${gap}by ${printable(driver.function)}:${driver.line}` : "";
  const place = (point ? `${gap}${point.line}:${point.column}` : "") + by;
  return cut(text, Math.max(1, width - place.length)) + place;
}
