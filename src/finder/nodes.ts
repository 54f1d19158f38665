// Functions for Lezer's nodes that are used for all languages.

import type { SyntaxNode } from "@lezer/common";

/** The children of a node without comments. */
export function parts(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (!child.type.isSkipped) children.push(child);
  }
  return children;
}

/** The first child with a name. Lezer's getChild creates a cursor for each call, which is noticeable in a long file. */
export function childOf(node: SyntaxNode, name: string): SyntaxNode | null {
  let child = node.firstChild;
  while (child && child.name !== name) child = child.nextSibling;
  return child;
}
