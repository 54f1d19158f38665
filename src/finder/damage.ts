// Finds where the parser could not make sense of a text. Subtrees that an edit did not change are searched only once.

import { type Tree, TreeBuffer } from "@lezer/common";

const counted = new WeakMap<Tree, number>();

/** The offsets of a tree's error nodes. Nearly free for error-free parts that incremental parsing reused. */
export function errorsIn(tree: Tree): number[] {
  const offsets: number[] = [];
  if (count(tree) === 0) return offsets;
  tree.iterate({
    enter({ type, from, tree: subtree }) {
      if (type.isError) offsets.push(from);
      return !subtree || count(subtree) > 0;
    },
  });
  return offsets;
}

function count(tree: Tree): number {
  const known = counted.get(tree);
  if (known !== undefined) return known;
  let errors = tree.type.isError ? 1 : 0;
  for (const child of tree.children) errors += child instanceof TreeBuffer ? countInBuffer(child) : count(child);
  counted.set(tree, errors);
  return errors;
}

/** Counts error nodes in a buffer. A buffer stores each node as four numbers, the first of which is the type. */
function countInBuffer({ buffer, set }: TreeBuffer): number {
  let errors = 0;
  for (let at = 0; at < buffer.length; at += 4) {
    if (set.types[buffer[at] ?? 0]?.isError) errors++;
  }
  return errors;
}
