// Whether a function is a generator. In Python this depends on its body, not on its header.

import type { SyntaxNode } from "@lezer/common";
import { childOf } from "../nodes";

/**
 * Whether the body contains a `yield` or `yield from` of the function itself. A `yield` in the body of a nested function, lambda or
 * class, or in a comprehension, does not count. One in their decorators, defaults and bases, or in a comprehension's first iterable,
 * does.
 */
export function yieldsItself(body: SyntaxNode, text: string): boolean {
  const written = text.slice(body.from, body.to);
  for (let at = written.indexOf("yield"); at !== -1; at = written.indexOf("yield", at + 1)) {
    const word = body.resolveInner(body.from + at, 1);
    if (isKeyword(word, text) && isOwn(word, body)) return true;
  }
  return false;
}

/** Whether a node is a `yield`. Without a value, the parser reads it as a name: see `Readable`. */
function isKeyword({ name, from, to }: SyntaxNode, text: string): boolean {
  return name === "yield" || (name === "VariableName" && text.slice(from, to) === "yield");
}

function isOwn(word: SyntaxNode, body: SyntaxNode): boolean {
  let node = word;
  for (let parent = node.parent; parent && node.from !== body.from; parent = node.parent) {
    if (runsElsewhere(node, parent)) return false;
    node = parent;
  }
  return true;
}

/** Whether a part of a node belongs to another function than the node itself. */
function runsElsewhere(part: SyntaxNode, of: SyntaxNode): boolean {
  switch (of.name) {
    case "FunctionDefinition":
    case "ClassDefinition":
      return part.name === "Body";
    case "LambdaExpression":
      return part.name !== "ParamList";
    default:
      return childOf(of, "for") !== null && /Comprehension|ArgList/.test(of.name) && !isFirstIterable(part, of);
  }
}

function isFirstIterable(part: SyntaxNode, comprehension: SyntaxNode): boolean {
  return childOf(comprehension, "in")?.nextSibling?.from === part.from;
}
