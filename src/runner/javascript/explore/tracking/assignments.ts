/** How assignments, updates and deletions tell what they read and write. */
import type { Node } from "../../load/babel";
import { call, number, sequence } from "../../load/syntax";
import type { Names } from "./bindings";
import { isPlain, textOf } from "./callees";
import { hook } from "./hooks";
import { getsName, mayYield } from "./nodes";
import type { Rewrites } from "./rewrites";

export class Assignments {
  constructor(
    readonly rewriting: Rewrites,
    readonly names: Names,
  ) {}

  /** `a = b`, `a.b += c`, `[a, b] = c`. */
  assignment(node: Node): Node {
    const { left, right, operator } = node as unknown as { left: Node; right: Node; operator: string };
    if (left.type === "Identifier") return this.#assignName(node, left, right);
    if (left.type !== "MemberExpression") {
      node.right = this.rewriting.taken(left, this.rewriting.rewritten(right), node);
      return node;
    }
    const place = this.rewriting.placeOf(left);
    const yields = mayYield(right);
    node.right = this.rewriting.rewritten(right);
    if (place !== undefined) node.right = call(hook.write, place, node.right as Node);
    else if (yields) node.right = call(hook.all, node.right as Node);
    const isSuper = (left.object as Node).type === "Super";
    if (!isSuper) left.object = this.rewriting.rewritten(left.object as Node);
    if (place === undefined) left.property = this.rewriting.key(left, hook.writeKey);
    else if (operator !== "=" && !isSuper) left.object = call(hook.readOf, left.object as Node, place);
    return node;
  }

  #assignName(node: Node, left: Node, right: Node): Node {
    const places = this.names.written(node, left.name as string);
    const keepsName = getsName(right);
    node.right = this.rewriting.rewritten(right);
    if (!places) return node;
    if (keepsName) return sequence(call(hook.write, ...places, number(0)), node);
    node.right = call(hook.write, ...places, node.right as Node);
    return node.operator === "=" ? node : sequence(call(hook.read, ...places), node);
  }

  /** `a += 1` in its short form. */
  update(node: Node): Node {
    const argument = node.argument as Node;
    if (argument.type === "Identifier") {
      const places = this.names.written(node, argument.name as string);
      return places ? sequence(call(hook.write, ...places, number(0)), node) : node;
    }
    if (!isPlain(argument) && (argument.object as Node | undefined)?.type === "Super")
      return this.rewriting.opaque(node, textOf(argument));
    argument.object = this.rewriting.rewritten(argument.object as Node);
    this.rewriting.reading(argument, hook.writeOf);
    return node;
  }

  /** `delete a.b`. */
  deletion(node: Node): Node {
    const argument = node.argument as Node;
    if (argument.type !== "MemberExpression") return this.rewriting.opaque(node, "delete");
    argument.object = this.rewriting.rewritten(argument.object as Node);
    this.rewriting.reading(argument, hook.writeOf);
    return node;
  }
}
