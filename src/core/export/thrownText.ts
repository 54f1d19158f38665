/**
 * An error as lines of text for people to read: its whole message, the user's frames, and related errors.
 */
import { printable } from "../printable";
import type { Thrown } from "../trace/thrown";
import type { YieldPoint } from "../trace/trace";
import { placeText } from "./source";

const inner = "  ";

/**
 * The lines of an error. The first one has the beginning of the message; the others are indented.
 *
 * @param file the path of the user's file; files in the same folder are named without their folder
 * @param indent the number of spaces before every line except the first
 */
export function thrownLines({ message, at, frames, related = [], omitted = 0 }: Thrown, file: string, indent: string): string[] {
  return [
    ...message.split(/\r?\n/).map((line, index) => `${index > 0 ? indent : ""}${printable(line)}`),
    ...(at && !isIn(frames, at) ? [`${indent}${inner}thrown at ${frameText(at, file)}`] : []),
    ...frames.map((frame) => `${indent}${inner}at ${frameText(frame, file)}`),
    ...related.flatMap((error) => {
      const [first = "", ...rest] = thrownLines(error, file, indent + inner);
      return [`${indent}${error.name}: ${first}`, ...rest];
    }),
    ...(omitted > 0 ? [`${indent}… ${omitted} more`] : []),
  ];
}

/** Whether an error was thrown at the innermost frame's line. Otherwise its place gets a line of its own. */
function isIn([first]: readonly YieldPoint[], at: YieldPoint): boolean {
  return first !== undefined && first.file === at.file && first.line === at.line;
}

function frameText(frame: YieldPoint, file: string): string {
  return printable(`${frame.function} (${placeText(frame, file)})`);
}
