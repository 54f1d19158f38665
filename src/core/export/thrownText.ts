/**
 * An error as lines of text for people to read: its whole message, the user's frames, and related errors.
 */
import { printable } from "../printable";
import type { Thrown } from "../trace/thrown";
import type { YieldPoint } from "../trace/trace";
import { placeText } from "./source";

const inner = "  ";

/**
 * The lines of an error. The first one has the beginning of its message; the others are indented.
 *
 * @param file the user's file, beside which files are named without their folder
 * @param indent blanks before every line but the first
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

/** The place where it was thrown is a frame of its own only where it is not that of the innermost one. */
function isIn([first]: readonly YieldPoint[], at: YieldPoint): boolean {
  return first !== undefined && first.file === at.file && first.line === at.line;
}

function frameText(frame: YieldPoint, file: string): string {
  return printable(`${frame.function} (${placeText(frame, file)})`);
}
