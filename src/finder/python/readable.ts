// Python as the parser reads it: valid code that it does not know is replaced by other code of the same length, so
// that it need not recover from an error there and offsets stay what they are. What comes of it is only read for its
// shape; names and parameters are taken from the text itself.

import type { Input } from "@lezer/common";

/** So much is rewritten at a time, to the end of a line. After an edit only what is parsed again. */
const PIECE = 2000;

/** Each within one line, so that any run of whole lines can be rewritten alone. */
const REWRITES: readonly [pattern: RegExp, by: (match: string) => string][] = [
  [/\f/g, () => " "],
  // A continued line that ends in CRLF.
  [/\\\r\n/g, () => " \\\n"],
  // `with a as (b, c)`, `with (a as b)`: everywhere that `as` may stand, a comma may too.
  [/(?<=[\s)\]}"'])as(?=[\s([])/g, () => " ,"],
  // A `yield` without a value becomes a name.
  [/\byield(?=[ \t]*(?:[)\]}#;\r\n]|$))/g, () => "YIELD"],
  // The number `1.` becomes `1_`.
  [/(?<![\w.])\d[\d_]*\.(?=[eEjJ]|[^\w.]|$)/g, (number) => `${number.slice(0, -1)}_`],
  // The empty patterns `case Point():`, `case []:` become names.
  [/^[ \t]*case[ \t].*/gm, (line) => line.replace(/\(\)|\[\]|\{\}/g, "__")],
  // `lambda a, /: a` loses its mark.
  [/\blambda\b[^:\n]*?,[ \t]*\/(?=[ \t]*[,:])/g, (head) => head.replace(/,[ \t]*\/$/, (mark) => " ".repeat(mark.length))],
  // `many[*rest]` loses its star.
  [/\[[ \t]*\*(?!\*)/g, (open) => open.replace("*", " ")],
  // A decorator that is more than a call, `@made[0].by(1)`, becomes a name.
  [/^[ \t]*@.*[\])][ \t]*[.([].*[\w\])](?=[ \t]*\r?$)/gm, decoratorName],
];

/** A text as the parser reads it. */
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

  /** At least that much, to the end of a line. */
  private rewritten(from: number, to: number): string {
    const start = from === 0 ? 0 : this.text.lastIndexOf("\n", from - 1) + 1;
    const end = this.text.indexOf("\n", to) + 1 || this.text.length;
    return rewrite(this.text.slice(start, end), start === 0).slice(from - start);
  }
}

/** Unless it goes on on the next line. */
function decoratorName(line: string): string {
  if (line.replace(/[^([]/g, "").length !== line.replace(/[^)\]]/g, "").length) return line;
  return line.replace(/(?<=@).*/, (decorator) => "_".repeat(decorator.length));
}

function rewrite(lines: string, isFirst: boolean): string {
  const unmarked = isFirst ? lines.replace(/^\ufeff/, "\n") : lines;
  return REWRITES.reduce((text, [pattern, by]) => text.replace(pattern, by), unmarked);
}
