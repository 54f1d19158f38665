// The grammar for JavaScript and TypeScript: Lezer's parser in one of its dialects, which reads the text through `Readable`, and the walk.

import { parser } from "@lezer/javascript";
import type { Grammar } from "../generators";
import { lostIn } from "./lost";
import { Readable } from "./readable";
import { Walk } from "./walk";

/** An unnamed default class with its header on several lines, and decorators before `export`. */
const FRAGILE = /\bexport\s+default\s+(abstract\s+)?class\s*([{<]|extends\b|implements\b)|^\s*@[^\n]*\s+export\b/m;

/** Matches a comment before the star. */
const REVOKED = /\/\//;

/** Small enough that most statements are separate trees, which the walk can recognize after an edit. */
const BUFFER_LENGTH = 64;

/** The grammar for a Lezer dialect: "jsx", "ts", "ts jsx". */
export function javascriptGrammar(dialect: string): Grammar {
  const configured = parser.configure({ dialect, bufferLength: BUFFER_LENGTH });
  const read = (text: string) => {
    const tree = configured.parse(new Readable(text));
    return { tree, found: new Walk(text, tree.topNode).module(tree.topNode).found };
  };
  return {
    parse: (text, reusable) => configured.parse(new Readable(text), reusable),
    isFragile: (text) => FRAGILE.test(text),
    revoked: REVOKED,
    collect(tree, text) {
      const collected = new Walk(text, tree.topNode).module(tree.topNode);
      const lost = lostIn(text, tree, collected.found, read);
      return lost.length === 0
        ? collected
        : { ...collected, found: [...collected.found, ...lost].sort((a, b) => a.from - b.from) };
    },
  };
}
