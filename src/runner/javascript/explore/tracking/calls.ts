/** How calls and optional chains tell what they read, and what they call. */
import type { Node } from "../../load/babel";
import { isOurs } from "../../load/sharedNames";
import { call, sequence, text } from "../../load/syntax";
import { isPlain, shownOf, textOf } from "./callees";
import { hook, optional } from "./hooks";
import type { Rewrites } from "./rewrites";

export class Calls {
  constructor(readonly rewriting: Rewrites) {}

  /** `a?.b.c`: what is read is told with the value that the chain begins with, since nothing in between can be wrapped. */
  chain(node: Node): Node {
    const places: number[] = [];
    let at = node;
    for (;;) {
      const place = this.rewriting.placeOf(at);
      if (place === undefined) at.property = this.rewriting.key(at, hook.readKey);
      else places.push(place);
      const object = at.object as Node;
      if (object.type === "OptionalMemberExpression") at = object;
      else break;
    }
    if ((at.object as Node).type === "OptionalCallExpression") return this.rewriting.opaque(node, textOf(node));
    at.object = call(hook.readOf, this.rewriting.rewritten(at.object as Node), ...places);
    return node;
  }

  /** `a?.b()`, `a.b?.()`. */
  optionalCall(node: Node): Node {
    const callee = node.callee as Node;
    const shown = shownOf(callee);
    const object = callee.object as Node | undefined;
    const isFirst = object && callee.optional === true && !node.optional && !/^Optional/.test(object.type);
    this.#arguments(node);
    if (isFirst && (callee.property as Node).type !== "PrivateName") {
      node.callee = this.#method(callee, optional.object, shown);
      node.optional = true;
      return node;
    }
    if (node.optional && callee.type === "MemberExpression" && isPlain(callee)) {
      node.callee = this.#method(callee, optional.method, shown);
      return node;
    }
    if (node.optional && !/^(Optional|Member)/.test(callee.type)) {
      node.callee = call(hook.callee, this.rewriting.rewritten(callee), shown);
      return node;
    }
    return this.rewriting.opaque(node, textOf(callee));
  }

  /** `a()`, `a.b()`. */
  call(node: Node): Node {
    const callee = node.callee as Node;
    const name = callee.type === "Identifier" ? (callee.name as string) : "";
    this.#arguments(node);
    if (isOurs(name)) return node;
    const shown = shownOf(callee);
    if (callee.type === "Import" || name === "eval") return this.rewriting.opaque(node, textOf(callee));
    if (callee.type === "Super") return node;
    if (callee.type !== "MemberExpression") {
      node.callee = call(hook.callee, this.rewriting.rewritten(callee), shown);
      return node;
    }
    if (isPlain(callee)) {
      node.callee = this.#method(callee, optional.no, shown);
      return node;
    }
    if ((callee.object as Node).type === "Super" && !callee.computed) {
      const method = { ...callee, object: { type: "Super" }, property: { ...(callee.property as Node) } };
      return sequence(call(hook.callee, method, shown), node);
    }
    if ((callee.property as Node).type !== "PrivateName") return this.rewriting.opaque(node, textOf(callee));
    node.callee = this.rewriting.member(callee);
    return node;
  }

  #arguments(node: Node): void {
    node.arguments = (node.arguments as Node[]).map(this.rewriting.rewritten);
  }

  #method(member: Node, way: number, shown: Node): Node {
    const property = member.property as Node;
    const key = member.computed ? this.rewriting.rewritten(property) : text(property.name as string);
    return call(hook.method, this.rewriting.rewritten(member.object as Node), key, way, shown);
  }
}
