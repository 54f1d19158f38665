// Generator functions that the parser missed: if it cannot make sense of code above, such as Flow types, it may skip everything that
// follows.

import type { Tree } from "@lezer/common";
import { shifted } from "../changes";
import { errorsIn } from "../damage";
import type { Found } from "../generators";

/** A declaration at the very beginning of a line belongs to the module, whatever is above it. */
const DECLARATION = /^(?:export[ \t]+(?:default[ \t]+)?)?(?:async[ \t]+)?function[ \t]*\*/gm;

/** The maximum number of declarations. If a file has more, none are added. */
const MOST = 200;

/**
 * The generators in a tree with errors that were not found. Each declaration is parsed separately, up to the next one.
 *
 * @param read parses a text and finds its generators
 */
export function lostIn(
  text: string,
  tree: Tree,
  found: readonly Found[],
  read: (text: string) => { tree: Tree; found: Found[] },
): Found[] {
  if (errorsIn(tree).length === 0) return [];
  const starts = Array.from(text.matchAll(DECLARATION), ({ index }) => index);
  if (starts.length > MOST) return [];
  const known = new Set(found.map(({ from }) => from));
  return starts.flatMap((start, index) => {
    if (known.has(start) || isText(text, start)) return [];
    const alone = read(text.slice(start, starts[index + 1]));
    const [first] = alone.found;
    const isSound = first?.from === 0 && errorsIn(alone.tree).every((offset) => offset > first.headerTo);
    return isSound ? [shifted(first, start)] : [];
  });
}

/** Whether an offset seems to be in a comment or a template. A tree with errors is not reliable here, so the text is searched. */
function isText(text: string, offset: number): boolean {
  if (offset === 0) return false;
  const before = text.slice(0, offset);
  return before.lastIndexOf("/*") > before.lastIndexOf("*/") || (before.match(/(?<!\\)`/g) ?? []).length % 2 === 1;
}
