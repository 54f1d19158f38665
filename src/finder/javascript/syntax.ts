// Common questions about JavaScript nodes.

import type { SyntaxNode } from "@lezer/common";
import { linePrefix, onOneLine } from "../lines";
import { childOf, parts } from "../nodes";

/** Whether a function has a star. An async generator is a task like any other. */
export function isGenerator(node: SyntaxNode): boolean {
  return childOf(node, "Star") !== null;
}

/** The value inside parentheses, casts, `satisfies`, `!` and chained assignments. */
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

/** The named function or class at the end of another statement, as in `const total = count + function* next() {…}`. */
export function lastDeclaration(statement: SyntaxNode): SyntaxNode | undefined {
  const last = lastBelow(statement, UNFINISHED);
  if (!last || last.parent?.name === "ExportDeclaration") return undefined;
  return DECLARATIONS.has(last.name) && childOf(last, "VariableDefinition") ? last : undefined;
}

/** The end of a chain in which each node ends with the next; undefined if even the first node is not of these kinds. */
function lastBelow(first: SyntaxNode, kinds: ReadonlySet<string>): SyntaxNode | undefined {
  let last: SyntaxNode | undefined;
  for (let node: SyntaxNode | undefined = first; node && kinds.has(node.name); node = last) last = lastPart(node);
  return last;
}

/** The last child that is not a comment. When the parser looks ahead for `else`, it may include the comment of the next statement. */
function lastPart(node: SyntaxNode): SyntaxNode | undefined {
  let last = node.lastChild;
  while (last?.type.isSkipped) last = last.prevSibling;
  return last ?? undefined;
}

/** The statement that another one introduces, as in `if (ready) go();`, unless it is in braces. */
export function ledIn(statement: SyntaxNode): SyntaxNode | undefined {
  const body = lastBelow(statement, LED_IN);
  return body?.name === "Block" ? undefined : body;
}

/**
 * Whether a half-typed line has swallowed the declaration below it: `const total = count +`, followed by a function on new lines. Such
 * code is valid, but its author means a declaration: it starts a line at the column of the statement, where an operand would be
 * indented, and no semicolon follows it.
 */
export function isSwallowed(declaration: SyntaxNode, statement: SyntaxNode, text: string): boolean {
  if (onOneLine(text, statement.from, declaration.from)) return false;
  const indent = linePrefix(text, declaration.from);
  return indent.trim() === "" && indent === linePrefix(text, statement.from);
}

/** Whether a comment contains the start of another one: it has no end yet, and extends to the end of the next comment. */
export function isRunaway(node: SyntaxNode, text: string): boolean {
  return node.name === "BlockComment" && text.slice(node.from + 2, node.to).includes("/*");
}
