/** How the parts of a rewriting reach the rest of it. */
import type { Node } from "../babel";
import type { SharedPlaces } from "./places";

export interface Rewrites {
  readonly places: SharedPlaces;
  rewritten(node: Node): Node;
  /** Rewrites what is directly below a node. */
  inside(node: Node): Node;
  /** The value of an expression, and then a switch point before an access. @param place what is accessed, as the source has it */
  valueBefore(value: Node, access: "reading" | "writing", place: Node, isShared?: boolean): Node;
  /** A switch point before an access, and then an expression. */
  before(access: "reading" | "writing", place: Node, value: Node): Node;
  /** A member that is read. @param object what it is a member of, as it is evaluated now */
  member(node: Node, object: Node): Node;
  /** Whether statements have switch points, and accesses have none. */
  readonly byLines: boolean;
  /** A switch point after an element of what is iterated over, before the next one is taken; undefined if accesses have none. */
  beforeNext(place: Node): Node | undefined;
  /** The number of the point at which a thread is suspended in a call. */
  callPoint(call: Node): number;
  /** A new variable. */
  temporary(): Node;
}
