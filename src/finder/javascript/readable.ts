// The text that the parser reads. Valid code that the parser does not support is replaced by other code of the same length, so that
// the parser need not recover from an error, and offsets do not change. Names are read from the original text.

import type { Input } from "@lezer/common";
import { withoutHtmlComments } from "./htmlComments";

/** The approximate number of characters rewritten at a time, up to the end of a line. */
const PIECE = 2000;

/** The parser requires a name for every class declaration. */
const UNNAMED = /\bexport([ \t]+)default[ \t]+(abstract[ \t]+)?class(?=[ \t]*(?:[{<]|$|(?:extends|implements)\b))/gm;

/** A text in the form that the parser reads. */
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

/** Replaces `default` to make room for a name, which ends where `class` ended. */
function named(header: string, blank: string, modifier = ""): string {
  const declared = `export${blank}${modifier}class `;
  return declared + "_".repeat(header.length - declared.length);
}

/** Whether the name of a class was inserted: the original text there is the keyword `class`. */
export function isPutIn(written: string): boolean {
  return /\sclass$/.test(written);
}
