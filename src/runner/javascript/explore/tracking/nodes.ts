/** Walks through the nodes of a tree, and what has to be known of some. */
import type { Node } from "../../load/babel";

/** The nodes directly below a node. */
export function* childrenOf(node: Node): Generator<Node> {
  for (const [key, value] of Object.entries(node)) {
    if (unvisited.has(key)) continue;
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) yield child;
  }
}

/** Replaces the nodes directly below a node. */
export function mapChildren(node: Node, change: (child: Node) => Node): void {
  for (const [key, value] of Object.entries(node)) {
    if (unvisited.has(key)) continue;
    if (Array.isArray(value)) node[key] = value.map((child) => (isNode(child) ? change(child) : child));
    else if (isNode(value)) node[key] = change(value);
  }
}

const unvisited = new Set([
  "loc",
  "leadingComments",
  "trailingComments",
  "innerComments",
  "extra",
  "errors",
  "typeAnnotation",
  "returnType",
]);

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && typeof (value as { type?: unknown }).type === "string";
}

/** Whether a task may be suspended while the expression is evaluated. */
export function mayYield(node: Node): boolean {
  if (node.type === "YieldExpression" || node.type === "AwaitExpression") return true;
  if (/Function|Method$/.test(node.type)) return false;
  for (const child of childrenOf(node)) if (mayYield(child)) return true;
  return false;
}

/** An anonymous function or class, which gets its name from what it is assigned to. */
export function getsName({ type, id }: Node): boolean {
  return type === "ArrowFunctionExpression" || (/^(Function|Class)Expression$/.test(type) && !id);
}
