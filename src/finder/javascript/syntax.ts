// Questions to the nodes of JavaScript that the walk asks again and again.

import type { SyntaxNode } from "@lezer/common";
import { linePrefix, onOneLine } from "../lines";
import { childOf, parts } from "../nodes";

/** A function's own star without `async`; as in the language, an `async` on an earlier line is another statement. */
export function isGenerator(node: SyntaxNode, text: string): boolean {
  if (!childOf(node, "Star")) return false;
  const async = childOf(node, "async");
  if (!async) return true;
  const keyword = childOf(node, "function");
  return keyword !== null && !onOneLine(text, async.to, keyword.from);
}

/** The value below parentheses, casts, `satisfies`, `!` and chained assignments. */
export function unwrapped(node: SyntaxNode): SyntaxNode {
  const inner = wrappedIn(node);
  return inner ? unwrapped(inner) : node;
}

function wrappedIn(node: SyntaxNode): SyntaxNode | undefined {
  switch (node.name) {
    case "ParenthesizedExpression":
      return parts(node)[1];
    case "PrefixCast":
      return parts(node).at(-1);
    case "AssignmentExpression":
      return childOf(node, "Equals") ? parts(node).at(-1) : undefined;
    case "PostfixExpression":
      return childOf(node, "LogicOp") ? parts(node)[0] : undefined;
    case "BinaryExpression":
      return childOf(node, "as") || childOf(node, "satisfies") ? parts(node)[0] : undefined;
    default:
      return undefined;
  }
}

const UNFINISHED = new Set([
  "ExpressionStatement",
  "VariableDeclaration",
  "ExportDeclaration",
  "ThrowStatement",
  "AssignmentExpression",
  "BinaryExpression",
  "UnaryExpression",
  "ConditionalExpression",
  "SequenceExpression",
  "AwaitExpression",
  "YieldExpression",
  "NewExpression",
  "ArrowFunction",
]);

const LED_IN = new Set(["IfStatement", "WhileStatement", "ForStatement", "LabeledStatement"]);

const DECLARATIONS = new Set(["FunctionDeclaration", "FunctionExpression", "ClassDeclaration", "ClassExpression"]);

/** The named function or class that ends a statement of another kind, as in `const total = count + function* next() {…}`. */
export function lastDeclaration(statement: SyntaxNode): SyntaxNode | undefined {
  const last = lastBelow(statement, UNFINISHED);
  if (!last || last.parent?.name === "ExportDeclaration") return undefined;
  return DECLARATIONS.has(last.name) && childOf(last, "VariableDefinition") ? last : undefined;
}

/** The end of a chain of nodes that each end in the next; undefined when not even the first is of these kinds. */
function lastBelow(first: SyntaxNode, kinds: ReadonlySet<string>): SyntaxNode | undefined {
  let last: SyntaxNode | undefined;
  for (let node: SyntaxNode | undefined = first; node && kinds.has(node.name); node = last) last = lastPart(node);
  return last;
}

/** The last child that is no comment: looking ahead for `else`, the parser may take in the comment of what follows. */
function lastPart(node: SyntaxNode): SyntaxNode | undefined {
  let last = node.lastChild;
  while (last?.type.isSkipped) last = last.prevSibling;
  return last ?? undefined;
}

/** The statement that others lead in, as in `if (ready) go();`, unless it is in braces. */
export function ledIn(statement: SyntaxNode): SyntaxNode | undefined {
  const body = lastBelow(statement, LED_IN);
  return body?.name === "Block" ? undefined : body;
}

/**
 * Whether a half-typed line has swallowed the declaration below it: `const total = count +`, then a function on lines of
 * its own. Such text is valid, but its author means a declaration: it starts a line in the very column of the
 * statement, where a real operand would be indented, and no semicolon follows it.
 */
export function isSwallowed(declaration: SyntaxNode, statement: SyntaxNode, text: string): boolean {
  if (onOneLine(text, statement.from, declaration.from)) return false;
  const indent = linePrefix(text, declaration.from);
  return indent.trim() === "" && indent === linePrefix(text, statement.from);
}

/** A comment that another comment begins in: its own end is not typed yet, and it ran on to the end of the next one. */
export function isRunaway(node: SyntaxNode, text: string): boolean {
  return node.name === "BlockComment" && text.slice(node.from + 2, node.to).includes("/*");
}
