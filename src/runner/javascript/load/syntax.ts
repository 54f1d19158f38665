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

export function sequence(...expressions: Node[]): Node {
  return { type: "SequenceExpression", expressions };
}
