// Reads names and keyword arguments of calls, decorators and base classes.

import type { SyntaxNode } from "@lezer/common";
import { childOf, parts } from "../nodes";

/** The last name of `dataclasses.dataclass`, of a call or of a decorator; empty if there is none. */
export function lastNameIn(node: SyntaxNode, text: string): string {
  if (node.name === "CallExpression") return node.firstChild ? lastNameIn(node.firstChild, text) : "";
  if (node.name === "VariableName") return text.slice(node.from, node.to);
  const last = childOf(node, "PropertyName") ?? node.getChildren("VariableName").at(-1);
  return last ? text.slice(last.from, last.to) : "";
}

/** The keyword arguments of a list, as written; with `**` where there may be others. */
export function keywordsOf(list: SyntaxNode | null, text: string): Map<string, string> {
  const keywords = new Map<string, string>();
  const children = list ? parts(list) : [];
  for (const [index, { name, from, to }] of children.entries()) {
    const value = children[index + 2];
    if (name === "**") keywords.set(name, "");
    if (name !== "VariableName" || children[index + 1]?.name !== "AssignOp" || !value) continue;
    keywords.set(text.slice(from, to), text.slice(value.from, value.to));
  }
  return keywords;
}
