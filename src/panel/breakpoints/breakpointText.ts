/**
 * Breakpoints in words, for the list, for the now line and for screen readers.
 */
import type { Breakpoint } from "../../protocol/breakpoints";
import { baseName } from "../text/format";
import { oneLine } from "../text/text";

const verbs = { resumed: "is resumed", yielded: "yields", returned: "returns", threw: "throws" } as const;

/** For example `counter is resumed`, `any task throws`, `line 24 of counter.ts`, `value > 3 in counter`. */
export function breakpointText(breakpoint: Breakpoint): string {
  const { kind } = breakpoint;
  const task = breakpoint.task === undefined ? undefined : oneLine(breakpoint.task);
  const expression = oneLine(breakpoint.expression ?? "");
  if (kind === "line") {
    const line = withTask(`line ${breakpoint.line ?? "?"} of ${oneLine(baseName(breakpoint.file ?? ""))}`, task);
    return expression === "" ? line : `${line}, if ${expression}`;
  }
  if (kind === "condition") return withTask(expression, task);
  return `${task ?? "any task"} ${verbs[kind]}`;
}

function withTask(text: string, task: string | undefined): string {
  return task === undefined ? text : `${text} in ${task}`;
}
