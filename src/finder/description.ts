// What a source text says of a generator function: its parameters with types and defaults, and the comment or docstring about it.

import type { GeneratorFunction } from "./generators";
import { grammarOf, type Language } from "./languages";
import { linePrefix, placesOf } from "./lines";

export interface Description {
  /** `bogosort(unsorted: number[], limit = 10)`, on one line. */
  readonly signature: string;
  /** On one line; empty if there is none. */
  readonly comment: string;
}

/** The first paragraph of a comment is shown, up to this many characters. */
const MOST = 300;

/** Describes a function as it is in the text now; with the parameters alone if it is not there any more. */
export function descriptionOf(text: string, language: Language, generator: GeneratorFunction): Description {
  const { name, line, column, parameters, kind } = generator;
  const grammar = grammarOf(language);
  const tree = grammar.parse(text, []);
  const found = grammar.collect(tree, text).found.find((one) => {
    const [place] = placesOf(text, [one.from]);
    return one.name === name && place?.line === line && place.column === column;
  });
  const list = found && tree.resolveInner(found.headerTo, -1).parent;
  if (!found || list?.name !== "ParamList") return { signature: `${name}(${parameters.join(", ")})`, comment: "" };
  let written = text.slice(list.from, list.to);
  if (kind === "method" || kind === "static") written = written.replace(/^\(\s*(?:self|cls)\b\s*,?\s*/, "(");
  const comment = (language === "python" && docstring(text, found.headerTo)) || commentAbove(text, found.from);
  return { signature: oneLine(name + written), comment: firstParagraph(comment) };
}

/** The string literal that begins the body of a function whose parameters end at an offset. */
function docstring(text: string, headerTo: number): string | undefined {
  const pattern = /^[^\n]*?:[ \t]*(?:#[^\n]*)?(?:\r?\n[ \t]*)*[rRuU]?("""|'''|"|')([\s\S]*?)\1/;
  return pattern.exec(text.slice(headerTo))?.[2];
}

/** The comment that ends on the line above an offset, or above the decorators there, without its marks. */
function commentAbove(text: string, from: number): string {
  const above = text.slice(0, from - linePrefix(text, from).length).replace(/(?:^[ \t]*@[^\n]*\n)+$/m, "");
  const block = /\/\*\*?((?:(?!\*\/)[\s\S])*)\*\/[ \t]*\r?\n$/.exec(above)?.[1];
  if (block !== undefined) return block.replace(/^[ \t]*\*[ \t]?/gm, "");
  const lines = /(?:^[ \t]*(?:\/\/|#(?!!))[^\n]*\n)+$/m.exec(above)?.[0] ?? "";
  return lines.replace(/^[ \t]*(?:\/\/+|#+)[ \t]?/gm, "");
}

function firstParagraph(comment: string): string {
  const [first = ""] = comment.trim().split(/\r?\n[ \t]*\r?\n|\r?\n[ \t]*(?=@\w)/);
  const line = oneLine(first);
  return line.length > MOST ? `${line.slice(0, MOST)}…` : line;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
