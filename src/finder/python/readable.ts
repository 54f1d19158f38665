// The text that the parser reads. Valid code that the parser does not support is replaced by other code of the same length, so that
// the parser need not recover from an error, and offsets do not change. Only the structure of the result matters: names and parameters
// are read from the original text.

import type { Input } from "@lezer/common";

/** The approximate number of characters rewritten at a time, up to the end of a line. After an edit, only reparsed text is rewritten. */
const PIECE = 2000;

/** Each pattern matches within one line, so that whole lines can be rewritten independently. */
const REWRITES: readonly [pattern: RegExp, by: (match: string) => string][] = [
  [/\f/g, () => " "],
  // A backslash before CRLF at the end of a line.
  [/\\\r\n/g, () => " \\\n"],
  // `with a as (b, c)`, `with (a as b)`: wherever `as` is allowed, a comma is allowed too.
  [/(?<=[\s)\]}"'])as(?=[\s([])/g, () => " ,"],
  // A `yield` without a value becomes a name.
  [/\byield(?=[ \t]*(?:[)\]}#;\r\n]|$))/g, () => "YIELD"],
  // The number `1.` becomes `1_`.
  [/(?<![\w.])\d[\d_]*\.(?=[eEjJ]|[^\w.]|$)/g, (number) => `${number.slice(0, -1)}_`],
  // The empty patterns `case Point():`, `case []:` become names.
  [/^[ \t]*case[ \t].*/gm, (line) => line.replace(/\(\)|\[\]|\{\}/g, "__")],
  // `lambda a, /: a` loses its `/`.
  [/\blambda\b[^:\n]*?,[ \t]*\/(?=[ \t]*[,:])/g, (head) => head.replace(/,[ \t]*\/$/, (mark) => " ".repeat(mark.length))],
  // `many[*rest]` loses its star.
  [/\[[ \t]*\*(?!\*)/g, (open) => open.replace("*", " ")],
  // A complex decorator, such as `@made[0].by(1)`, becomes a name.
  [/^[ \t]*@.*[\])][ \t]*[.([].*[\w\])](?=[ \t]*\r?$)/gm, decoratorName],
];

/** A text in the form that the parser reads. */
export class Readable implements Input {
  readonly lineChunks = false;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  get length(): number {
    return this.text.length;
  }

  chunk(from: number): string {
    return this.rewritten(from, from + PIECE);
  }

  read(from: number, to: number): string {
    return this.rewritten(from, to).slice(0, to - from);
  }

  /** Rewrites at least the given range, up to the end of a line. */
  private rewritten(from: number, to: number): string {
    const start = from === 0 ? 0 : this.text.lastIndexOf("\n", from - 1) + 1;
    const end = this.text.indexOf("\n", to) + 1 || this.text.length;
    return rewrite(this.text.slice(start, end), start === 0).slice(from - start);
  }
}

/** Rewrites a decorator, unless it continues on the next line. */
function decoratorName(line: string): string {
  if (line.replace(/[^([]/g, "").length !== line.replace(/[^)\]]/g, "").length) return line;
  return line.replace(/(?<=@).*/, (decorator) => "_".repeat(decorator.length));
}

function rewrite(lines: string, isFirst: boolean): string {
  const unmarked = isFirst ? lines.replace(/^\ufeff/, "\n") : lines;
  return REWRITES.reduce((text, [pattern, by]) => text.replace(pattern, by), unmarked);
}
