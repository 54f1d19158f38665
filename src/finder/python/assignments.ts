// Statements that bind names to values.

import type { SyntaxNode } from "@lezer/common";
import { parts } from "../nodes";

/** The plain names that an assignment binds, and its value, if the whole value is bound to each name. */
export interface Assignment {
  names: string[];
  value: SyntaxNode | undefined;
}

/** Parses `a = b = 1` and `a: int = 1`. An assignment that unpacks its value binds no plain name. */
export function assignment(node: SyntaxNode, text: string): Assignment {
  const children = parts(node).filter(({ name }) => name !== "TypeDef");
  const last = children.findLastIndex(({ name }) => name === "AssignOp");
  const values = children.slice(last + 1);
  if (last < 0 || children.some(({ name }) => name === ",")) return { names: [], value: undefined };
  const names = children.slice(0, last).filter(({ name }) => name === "VariableName");
  return { names: names.map(({ from, to }) => text.slice(from, to)), value: values[0] };
}

/** The plain names that a `del` takes away. */
export function deletedNames(node: SyntaxNode, text: string): string[] {
  const inner = parts(node).flatMap((part) => (/^(?:Parenthesized|Tuple)Expression$/.test(part.name) ? parts(part) : [part]));
  return inner.filter(({ name }) => name === "VariableName").map(({ from, to }) => text.slice(from, to));
}

/** The names that an import binds: `import a.b as c, d.e` binds `c` and `d`. */
export function importedNames(node: SyntaxNode, text: string): string[] {
  const children = parts(node);
  const list = children.slice(children.findIndex(({ name }) => name === "import") + 1);
  const names: string[] = [];
  let bound: string | undefined;
  let follows = "";
  for (const { name, from, to } of list) {
    if (name === "VariableName" && follows !== ".") bound = text.slice(from, to);
    // An `as` may be read as a comma: see `Readable`.
    else if (name === "," && bound && text[from] === ",") names.push(bound);
    follows = name;
  }
  return bound ? [...names, bound] : names;
}

/** The lambda in a value, ignoring parentheses. */
export function lambdaIn(value: SyntaxNode): SyntaxNode | undefined {
  if (value.name === "LambdaExpression") return value;
  const inner = value.name === "ParenthesizedExpression" ? parts(value)[1] : undefined;
  return inner && lambdaIn(inner);
}
