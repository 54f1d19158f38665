// Comment lines with tasks: `@tasks deposit() deposit()` can be started as one session with both tasks, `@threads add() add()` as one whose
// tasks are threads, and `@processes serve(1) serve(2)` as one whose tasks have processes of their own.

import type { Tree } from "@lezer/common";
import { errorsIn } from "./damage";
import { grammarOf, type Language } from "./languages";
import { type Place, placesOf } from "./lines";

/** A call in such a line. */
export interface NamedCall extends Place {
  readonly call: string;
}

/** How the tasks of a line work at the same time. */
type LineWay = "cooperative" | "threads" | "processes";

/** A comment line with tasks. */
export interface TaskLine extends Place {
  /** How the tasks work at the same time. */
  readonly way: LineWay;
  /** The calls in order; empty if there is an error. */
  readonly calls: readonly NamedCall[];
  /** The first error, with its place. */
  readonly problem?: Place & { readonly message: string };
}

/** The same with offsets instead of places: from the `@` to the end of the calls. */
export interface FoundTaskLine {
  readonly from: number;
  readonly headerTo: number;
}

/** What such a line begins with, and an example of its calls. */
const MARKS: readonly { readonly mark: string; readonly way: LineWay; readonly example: string }[] = [
  { mark: "@tasks", way: "cooperative", example: "counter() counter()" },
  { mark: "@threads", way: "threads", example: "add() add()" },
  { mark: "@processes", way: "processes", example: "counter() counter()" },
];

const COMMENTS = new Set(["LineComment", "BlockComment", "Comment"]);

/** A line of a comment, in any language. */
const LINE = /^([ \t]*(?:\/\/+|\/\*+|#+|\*+)?[ \t]*)(@(?:tasks|threads|processes)(?=\s|\*\/|$).*?)[ \t]*(?:\*+\/)?$/gm;

/** The comment lines of a syntax tree, in the order of the text. */
export function taskLinesIn(text: string, tree: Tree): FoundTaskLine[] {
  const lines: FoundTaskLine[] = [];
  if (!MARKS.some(({ mark }) => text.includes(mark))) return lines;
  tree.iterate({
    enter({ name, from, to }) {
      if (!COMMENTS.has(name)) return;
      for (const { index, 1: before = "", 2: line = "" } of text.slice(from, to).matchAll(LINE)) {
        const begin = from + index + before.length;
        lines.push({ from: begin, headerTo: begin + line.length });
      }
    },
  });
  return lines;
}

/** The comment lines with their parsed calls. */
export function describedTaskLines(text: string, language: Language, lines: readonly FoundTaskLine[]): TaskLine[] {
  return lines.map(({ from, headerTo }) => {
    const marked = MARKS.find(({ mark }) => text.startsWith(mark, from)) ?? MARKS[0];
    const { mark = "", way = "cooperative", example = "" } = marked ?? {};
    const begin = from + mark.length;
    const read = piecesIn(text.slice(begin, headerTo));
    const offsets = read.pieces.map(({ at }) => begin + at);
    const [place, ...places] = placesOf(text, [from, ...offsets]);
    const start = place ?? { line: 1, column: 1 };
    const calls = read.pieces.map(({ call }, index) => ({ call, ...(places[index] ?? start) }));
    const wrong = read.pieces.findIndex((piece) => !piece.isQuoted && !canBeRead(piece.call, language));
    const message = problemOf(read, wrong, `${mark}, as in ${mark} ${example}`);
    if (message === undefined) return { ...start, way, calls };
    const problem = { ...start, ...places[read.open ? read.pieces.length - 1 : Math.max(0, wrong)], message };
    return { ...start, way, calls: [], problem };
  });
}

interface Piece {
  readonly call: string;
  /** The offset of the piece after the mark. */
  readonly at: number;
  /** Whether the whole piece is quoted. */
  readonly isQuoted: boolean;
}

interface Pieces {
  readonly pieces: readonly Piece[];
  /** The quote or bracket that is not closed at the end of the last piece. */
  readonly open: string | undefined;
}

const CLOSING: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** Splits a text at spaces outside brackets and quotes. */
function piecesIn(text: string): Pieces {
  const pieces: Piece[] = [];
  let open: string | undefined;
  for (let at = 0; at < text.length; ) {
    if (isSpace(text[at])) {
      at += 1;
      continue;
    }
    const end = endOfPiece(text, at);
    open = end.open;
    pieces.push({ at, ...unquoted(text.slice(at, end.to)) });
    at = end.to;
  }
  return { pieces, open };
}

function endOfPiece(text: string, from: number): { readonly to: number; readonly open: string | undefined } {
  const brackets: string[] = [];
  let quote: string | undefined;
  let at = from;
  for (; at < text.length; at += 1) {
    const character = text[at] ?? "";
    if (character === "\\") at += 1;
    else if (quote !== undefined) quote = character === quote ? undefined : quote;
    else if (isQuote(character)) quote = character;
    else if (CLOSING[character] !== undefined) brackets.push(character);
    else if (character === CLOSING[brackets.at(-1) ?? ""]) brackets.pop();
    else if (isSpace(character) && brackets.length === 0) break;
  }
  return { to: Math.min(at, text.length), open: quote ?? brackets.at(-1) };
}

/** The call in a piece. Quotes around the whole piece are removed; quotes that only begin it, as in `"ab".pairs()`, belong to the call. */
function unquoted(piece: string): Pick<Piece, "call" | "isQuoted"> {
  const [quote] = piece;
  if (!isQuote(quote)) return { call: piece, isQuoted: false };
  for (let at = 1; at < piece.length; at += 1) {
    if (piece[at] === "\\") at += 1;
    else if (piece[at] === quote) {
      const isAll = at > 1 && at === piece.length - 1;
      return isAll ? { call: piece.slice(1, -1).replace(/\\(.)/g, "$1"), isQuoted: true } : { call: piece, isQuoted: false };
    }
  }
  return { call: piece, isQuoted: false };
}

function problemOf({ pieces, open }: Pieces, wrong: number, like: string): string | undefined {
  const { call = "" } = pieces[open === undefined ? wrong : pieces.length - 1] ?? {};
  if (open !== undefined) return `the ${open} of ${call} is not closed`;
  if (pieces.length === 0) return `calls are missing after ${like}`;
  if (wrong < 0) return undefined;
  return call.endsWith(",") ? `${call} ends in a comma: put spaces between calls` : `${call} cannot be read as a call`;
}

function canBeRead(call: string, language: Language): boolean {
  const grammar = grammarOf(language);
  const tree = grammar.parse(call, []);
  const { tolerated } = grammar.collect(tree, call);
  return !call.endsWith(",") && errorsIn(tree).every((offset) => tolerated.includes(offset));
}

function isQuote(character: string | undefined): boolean {
  return character === '"' || character === "'" || character === "`";
}

function isSpace(character: string | undefined): boolean {
  return character === " " || character === "\t";
}
