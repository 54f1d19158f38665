// JavaScript as the parser reads it: valid code that it does not know is replaced by other code of the same length, so
// that it need not recover from an error there and offsets stay what they are. Names are taken from the text itself.

import type { Input } from "@lezer/common";
import { withoutHtmlComments } from "./htmlComments";

/** So much is rewritten at a time, to the end of a line. */
const PIECE = 2000;

/** The parser wants a name for every class declaration. */
const UNNAMED = /\bexport([ \t]+)default[ \t]+(abstract[ \t]+)?class(?=[ \t]*(?:[{<]|$|(?:extends|implements)\b))/gm;

/** A text as the parser reads it. */
export class Readable implements Input {
  readonly lineChunks = false;

  constructor(private readonly text: string) {}

  get length(): number {
    return this.text.length;
  }

  chunk(from: number): string {
    return this.rewritten(from, from + PIECE);
  }

  read(from: number, to: number): string {
    return this.rewritten(from, to).slice(0, to - from);
  }

  private rewritten(from: number, to: number): string {
    const start = from === 0 ? 0 : this.text.lastIndexOf("\n", from - 1) + 1;
    const end = this.text.indexOf("\n", to) + 1 || this.text.length;
    return withoutHtmlComments(this.text.slice(start, end))
      .replace(UNNAMED, named)
      .slice(from - start);
  }
}

/** `default` makes room for a name, which ends where `class` did. */
function named(header: string, blank: string, modifier = ""): string {
  const declared = `export${blank}${modifier}class `;
  return declared + "_".repeat(header.length - declared.length);
}

/** Whether the name of a class is one that was put in: what stands there in the text is the word `class`. */
export function isPutIn(written: string): boolean {
  return /\sclass$/.test(written);
}
