/** Walks through the nodes of a tree. */
import type { Node } from "./babel";

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
