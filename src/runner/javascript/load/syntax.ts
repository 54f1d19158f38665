/** Small pieces of syntax. */
import type { Node } from "./babel";

export function identifier(name: string): Node {
  return { type: "Identifier", name };
}

export function number(value: number): Node {
  return { type: "NumericLiteral", value };
}

export function text(value: string): Node {
  return { type: "StringLiteral", value };
}

export function call(callee: string, ...args: (Node | number | string)[]): Node {
  const given = args.map((arg) => (typeof arg === "number" ? number(arg) : typeof arg === "string" ? text(arg) : arg));
  return { type: "CallExpression", callee: identifier(callee), arguments: given };
}

/** @param property a name, or the text of a key */
export function member(object: Node, property: Node): Node {
  return { type: "MemberExpression", object, property, computed: property.type !== "Identifier" };
}

export function assigned(left: Node, right: Node): Node {
  return { type: "AssignmentExpression", operator: "=", left, right };
}

export function arrow(params: Node[], body: Node): Node {
  return { type: "ArrowFunctionExpression", params, body, expression: true, async: false };
}

export function statement(expression: Node): Node {
  return { type: "ExpressionStatement", expression };
}

export function sequence(...expressions: Node[]): Node {
  return { type: "SequenceExpression", expressions };
}
