/** How the parts of a rewriting reach the rest of it. */
import type { Node } from "../../load/babel";
import type { hook } from "./hooks";

export interface Rewrites {
  rewritten(node: Node): Node;
  member(node: Node): Node;
  /** The key of a computed member. */
  key(node: Node, way: string): Node;
  /** Lets a member's object or key tell that it is read, or written. */
  reading(node: Node, way: typeof hook.readOf | typeof hook.writeOf): void;
  /** The place of a member whose name stands in the source. */
  placeOf(node: Node): number | undefined;
  /** A value that a pattern takes apart. */
  taken(pattern: Node, value: Node, by: Node): Node;
  /** An expression in which something may happen that cannot be seen. */
  opaque(node: Node, shown: string): Node;
}
