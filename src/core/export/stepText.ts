/**
 * Steps and output as lines of text for people, in a terminal or a table.
 */
import { printable } from "../printable";
import type { StepEvent } from "../trace";
import type { PrintedText } from "./source";

const verbs: Record<StepEvent, string> = { yielded: "", returned: "return ", threw: "throw ", closed: "closed " };

/** What came back from a task, with what it means. */
export function eventText({ event, value }: { readonly event: StepEvent; readonly value: string }): string {
  return `${verbs[event]}${printable(value)}`;
}

/**
 * What was printed, a line each, with the stream's mark before it.
 *
 * @param indent blanks before the mark
 */
export function printedLines({ stream, text, dropped }: Omit<PrintedText, "step">, indent: number): string[] {
  const mark = `${" ".repeat(indent)}${stream === "stdout" ? "|" : "!"} `;
  const lines = text.replace(/\r?\n$/, "").split(/\r?\n/);
  const more = dropped ? [`${mark}… ${dropped} more characters`] : [];
  return [...lines.map((line) => `${mark}${printable(line)}`), ...more];
}
