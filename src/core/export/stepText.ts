/**
 * Steps and output as lines of text for people to read, in a terminal or a table.
 */
import { printable } from "../printable";
import type { Resumed } from "../schedule/resumption";
import type { Thrown } from "../trace/thrown";
import type { StepEvent } from "../trace/trace";
import type { TaskOutcome } from "./outcome";
import type { PrintedText } from "./source";
import { thrownLines } from "./thrownText";

const verbs: Record<StepEvent, string> = { yielded: "", returned: "return ", threw: "throw ", closed: "closed " };

/**
 * What a task was given, if it was not just resumed, and how it came back: the event and its value.
 *
 * @param waits if the step left the task waiting, who holds what it waits for, to follow the request
 */
export function eventText(
  { event, value }: { readonly event: StepEvent; readonly value: string },
  resumed?: Resumed,
  waits?: string,
): string {
  const waiting = waits === undefined ? "" : "waits: ";
  return `${givenText(event, resumed)}${waiting}${verbs[event]}${printable(value + (waits ?? ""))}`;
}

function givenText(event: StepEvent, { sent, thrown, closing }: Resumed = {}): string {
  if (sent !== undefined) return `sent ${printable(sent)}: `;
  if (thrown !== undefined) return `threw in ${printable(thrown)}: `;
  return closing && event !== "closed" ? "closing: " : "";
}

/**
 * The outcome of a task in full: its state and its whole value; for an error, also where it was thrown.
 *
 * @param file the path of the user's file
 * @param indent the number of spaces before every line except the first
 */
export function endLines({ state, value = "" }: TaskOutcome, thrown: Thrown | undefined, file: string, indent: string): string[] {
  const isKnown = state === "threw" && thrown !== undefined;
  const [first = "", ...rest] = isKnown ? thrownLines(thrown, file, indent) : [printable(value)];
  return [`${state} ${first}`.trimEnd(), ...rest];
}

/**
 * Printed text, line by line, with the stream's mark before each line.
 *
 * @param indent the number of spaces before the mark
 */
export function printedLines({ stream, text, dropped }: Omit<PrintedText, "step">, indent: number): string[] {
  const mark = `${" ".repeat(indent)}${stream === "stdout" ? "|" : "!"} `;
  const lines = text.replace(/\r?\n$/, "").split(/\r?\n/);
  const more = dropped ? [`${mark}… ${dropped} more characters`] : [];
  return [...lines.map((line) => `${mark}${printable(line)}`), ...more];
}
