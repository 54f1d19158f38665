// The grammar for Python: Lezer's parser, which reads the text through `Readable`, and the walk.

import { parser } from "@lezer/python";
import type { Grammar } from "../generators";
import { Readable } from "./readable";
import { Walk } from "./walk";

/** Matches a comment or an `async` before the `def`. */
const REVOKED = /#|\basync\s*$/;

/** Matches a line above a definition that ends in a backslash. It is half typed, and has joined the definition's indentation. */
const JOINED = /\\(?:\r\n|\r|\n)[ \t]*(?=(?:async|class|def)\b|@)/g;

/** Small enough that most statements are separate trees, which the walk can recognize after an edit. */
const BUFFER_LENGTH = 64;

const configured = parser.configure({ bufferLength: BUFFER_LENGTH });

/** The grammar for Python 3. */
export const pythonGrammar: Grammar = {
  parse: (text, reusable) => configured.parse(new Readable(text), reusable),
  // A block that an edit had ended too early may be reused unchanged. The statements after it are then out of line.
  isFragile: (_, { suspect }) => suspect.length > 0,
  revoked: REVOKED,
  collect(tree, text) {
    const collected = new Walk(text).module(tree.topNode);
    const joined = text.includes("\\") ? Array.from(text.matchAll(JOINED), ({ index }) => index) : [];
    return { ...collected, suspect: [...collected.suspect, ...joined] };
  },
};
