// Generator functions that the parser lost: where it could not make sense of what is above, as of the types of Flow, it may pass over
// everything that follows.

import type { Tree } from "@lezer/common";
import { shifted } from "../changes";
import { errorsIn } from "../damage";
import type { Found } from "../generators";

/** A declaration at the very beginning of a line is one of the module, whatever is above it. */
const DECLARATION = /^(?:export[ \t]+(?:default[ \t]+)?)?function[ \t]*\*/gm;

/** A file that has more of them is left as the parser sees it. */
const MOST = 200;

/**
 * Those that are not among what was found, of a tree with errors. Each is read by itself, up to the next one.
 *
 * @param read gives the tree of a text, and what is found there
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

/** Whether a place looks like one in a comment or a template: the tree does not know, where it lost its way. */
function isText(text: string, offset: number): boolean {
  if (offset === 0) return false;
  const before = text.slice(0, offset);
  return before.lastIndexOf("/*") > before.lastIndexOf("*/") || (before.match(/(?<!\\)`/g) ?? []).length % 2 === 1;
}
