/**
 * Handles syntax that the TypeScript compiler accepts and Babel's parser rejects. Where the parser stops, the construct is replaced by
 * another one of the same length, so that no position changes. The resulting syntax tree is then corrected.
 */
import type * as t from "@babel/types";
import { type Found, type Parse, rewritings } from "./rewritings";

/**
 * @param parse throws a SyntaxError with the position `pos`
 * @throws SyntaxError of the parser
 */
export function accepting(source: string, parse: Parse): t.File {
  try {
    return parse(source);
  } catch (error) {
    const stop = placeOf(error);
    const found = stop < 0 ? undefined : foundAt(source, stop, parse);
    if (!found) throw error;
    const ast = acceptingRest(found, parse, stop, error);
    if (!found.rewriting.settle(ast, found, parse)) throw error;
    return ast;
  }
}

/** Parses again after a replacement. Of two errors, the later one in the text is reported, since the parser got that far. */
function acceptingRest(found: Found, parse: Parse, stop: number, refusal: unknown): t.File {
  const { source, start, end, text } = found;
  try {
    return accepting(source.slice(0, start) + text + source.slice(end), parse);
  } catch (error) {
    throw placeOf(error) > stop ? error : refusal;
  }
}

function placeOf(error: unknown): number {
  return (error as { pos?: number }).pos ?? -1;
}

function foundAt(source: string, stop: number, parse: Parse): Found | undefined {
  for (const rewriting of rewritings) {
    const replaced = rewriting.find(source, stop, parse);
    if (!replaced) continue;
    const { start, end } = replaced;
    const next = end + source.slice(end).search(/\S|$/);
    return { ...replaced, rewriting, source, next, before: source.slice(0, start).trimEnd().length - 1 };
  }
  return undefined;
}
