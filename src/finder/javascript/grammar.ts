// JavaScript and TypeScript as the finder's grammar: Lezer's parser in one of its dialects, and the walk.

import { parser } from "@lezer/javascript";
import type { Grammar } from "../generators";
import { withoutHtmlComments } from "./htmlComments";
import { Walk } from "./walk";

/** An unnamed default class, and decorators before `export`. */
const FRAGILE = /\bexport\s+default\s+(abstract\s+)?class\s*(\{|extends\b)|^\s*@[^\n]*\s+export\b/m;

/** A comment or an `async` before the star. */
const REVOKED = /\/\/|\basync\s*$/;

/** Small enough that most statements are trees of their own, which the walk can recognize after an edit. */
const BUFFER_LENGTH = 64;

/** The grammar for a Lezer dialect: "jsx", "ts", "ts jsx". */
export function javascriptGrammar(dialect: string): Grammar {
  const configured = parser.configure({ dialect, bufferLength: BUFFER_LENGTH });
  return {
    parse: (text, reusable) => configured.parse(withoutHtmlComments(text), reusable),
    isFragile: (text) => FRAGILE.test(text),
    revoked: REVOKED,
    collect: (tree, text) => new Walk(text).module(tree.topNode),
  };
}
