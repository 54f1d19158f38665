// Small questions to Lezer's nodes that every language's walk asks again and again.

import type { SyntaxNode } from "@lezer/common";

/** The children of a node without comments. */
export function parts(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (!child.type.isSkipped) children.push(child);
  }
  return children;
}

/** The first child of a name. Lezer's own getChild builds a cursor for it, which is felt in a long file. */
export function childOf(node: SyntaxNode, name: string): SyntaxNode | null {
  let child = node.firstChild;
  while (child && child.name !== name) child = child.nextSibling;
  return child;
}
