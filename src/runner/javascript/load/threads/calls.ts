/** Calls and optional chains: a thread can be suspended within each call. */
import type { Node } from "../babel";
import { names } from "../pointMarks";
import { isOurs } from "../sharedNames";
import { assigned, call, identifier, sequence, text } from "../syntax";
import { aware, threadNames } from "./names";
import type { Rewrites } from "./rewrites";
import { shownOf } from "./shown";

export class Calls {
  constructor(readonly rewriting: Rewrites) {}

  /** `a()`, `a.b()`. */
  call(node: Node): Node {
    const callee = node.callee as Node;
    const isOwn = callee.type === "Identifier" && isOurs(callee.name as string);
    // A method in parentheses keeps its object, which a chain would lose.
    if (isOwn || /^(?:Import|Super|OptionalMemberExpression)$/.test(callee.type)) {
      node.arguments = (node.arguments as Node[]).map(this.rewriting.rewritten);
      return node;
    }
    const called = this.#begun(node);
    if (callee.type !== "MemberExpression") return called(nothing, this.rewriting.rewritten(callee));
    const [on, object] = this.#receiver(callee.object as Node);
    return called(on, this.rewriting.member(callee, object));
  }

  /** `a?.b.c`, `a.b?.()`: what follows a `?.` is a choice of its own. */
  chain(node: Node): Node {
    return this.#linked(node, (value) => value);
  }

  /** The links up to a node, and what then happens to their value. */
  #linked(node: Node, rest: (value: Node) => Node): Node {
    if (node.type === "OptionalMemberExpression") {
      return this.#linked(node.object as Node, (object) =>
        this.#chosen(node, object, (kept) => rest(this.#memberOf(node, kept))),
      );
    }
    if (node.type !== "OptionalCallExpression") return rest(this.rewriting.rewritten(node));
    const callee = node.callee as Node;
    const called = this.#begun(node);
    if (!/^(?:Optional)?MemberExpression$/.test(callee.type)) {
      return this.#linked(callee, (fn) => this.#chosen(node, fn, (kept) => rest(called(nothing, kept))));
    }
    const method = (on: Node, object: Node) => this.#methodOf(node, on, object, (first, fn) => rest(called(first, fn)));
    const object = callee.object as Node;
    if (object.type === "Super") return method({ type: "ThisExpression" }, object);
    return this.#linked(object, (value) => {
      const on = this.rewriting.temporary();
      const first = assigned(on, value);
      if (!callee.optional) return method(first, { ...on });
      return choice(first, on, method({ ...on }, { ...on }));
    });
  }

  /** The call of a method in a chain. @param on what it is called on, as it is evaluated first @param object the same, afterwards */
  #methodOf(node: Node, on: Node, object: Node, called: (on: Node, fn: Node) => Node): Node {
    const method = this.#memberOf(node.callee as Node, object);
    if (!node.optional) return called(on, method);
    const kept = this.rewriting.temporary();
    const again = object.type === "Super" ? on : object;
    return choice(sequence(on, assigned(kept, method)), kept, called({ ...again }, { ...kept }));
  }

  /** What follows, where a link may be missing. */
  #chosen({ optional }: Node, value: Node, rest: (kept: Node) => Node): Node {
    if (!optional) return rest(value);
    const kept = this.rewriting.temporary();
    return choice(assigned(kept, value), kept, rest({ ...kept }));
  }

  #memberOf(node: Node, object: Node): Node {
    const { optional: _, ...plain } = node;
    return this.rewriting.member({ ...plain, type: "MemberExpression" }, object);
  }

  /** What a method is called on, and the same as it is evaluated first. */
  #receiver(object: Node): readonly [on: Node, first: Node] {
    if (object.type === "Super") return [{ type: "ThisExpression" }, object];
    if (object.type === "ThisExpression") return [object, { ...object }];
    const on = this.rewriting.temporary();
    return [assigned(on, this.rewriting.rewritten(object)), { ...on }];
  }

  /**
   * A call, of what its callee comes to: `called(on, fn, …) ? yield* (inner = delegate(point, taken())) : taken()`. Must be asked for before
   * the callee is rewritten.
   */
  #begun(node: Node): (on: Node, fn: Node) => Node {
    const callee = node.callee as Node;
    const shown = text(shownOf(callee));
    const at = /MemberExpression$/.test(callee.type) ? (callee.property as Node) : callee;
    const { start } = at.loc ?? node.loc ?? {};
    return (on, fn) => {
      const given = (node.arguments as Node[]).map(this.rewriting.rewritten);
      const begun = call(threadNames.called, identifier(aware), on, fn, shown, ...given);
      if (start) (begun.callee as Node).loc = { start, end: start };
      const point = this.rewriting.callPoint(node);
      const inner = assigned(identifier(names.inner), call(threadNames.delegateCall, point, call(threadNames.taken)));
      const delegated: Node = { type: "YieldExpression", argument: inner, delegate: true };
      // Stacks show a function that waits for another one here.
      if (start) delegated.loc = { start, end: start };
      return { type: "ConditionalExpression", test: begun, consequent: delegated, alternate: call(threadNames.taken) };
    };
  }
}

const nothing: Node = { type: "UnaryExpression", operator: "void", prefix: true, argument: { type: "NumericLiteral", value: 0 } };

/** `value == null ? undefined : rest` @param first assigns the value to a variable */
function choice(first: Node, { name }: Node, rest: Node): Node {
  const isNull: Node = { type: "BinaryExpression", operator: "===", left: first, right: { type: "NullLiteral" } };
  const isMissing: Node = { type: "BinaryExpression", operator: "===", left: identifier(name as string), right: nothing };
  const test: Node = { type: "LogicalExpression", operator: "||", left: isNull, right: isMissing };
  return { type: "ConditionalExpression", test, consequent: nothing, alternate: rest };
}
