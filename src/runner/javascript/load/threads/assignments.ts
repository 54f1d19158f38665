/** Assignments and updates: a switch is possible between what they read and what they write. */
import type { Node } from "../babel";
import { targetsOf } from "../sharedNames";
import { assigned, call, sequence } from "../syntax";
import { threadNames } from "./names";
import type { Rewrites } from "./rewrites";

/** A place that is read and then written. */
interface Target {
  /** What is evaluated before. */
  readonly first: readonly Node[];
  /** The place, which may be evaluated again. */
  readonly reference: () => Node;
  /** What the source has there. */
  readonly place: Node;
  readonly isShared: boolean;
}

export class Assignments {
  constructor(readonly rewriting: Rewrites) {}

  /** `a = b`, `a.b += c`, `a ??= b`, `[a, b] = c`. */
  assignment(node: Node): Node {
    const { left, operator } = node as unknown as { left: Node; operator: string };
    if (/Pattern$/.test(left.type)) return this.#pattern(node, left);
    if (operator === "=") return this.#plain(node, left);
    const target = this.#targetOf(left, node);
    if (!target.isShared) {
      node.right = this.rewriting.rewritten(node.right as Node);
      return sequenceOf([...target.first, { ...node, left: target.reference() }]);
    }
    const read = this.#read(target);
    const by = operator.slice(0, -1);
    if (/^(?:&&|\|\||\?\?)$/.test(by)) {
      const write = this.#write(target, node.right as Node);
      return sequenceOf([...target.first, { type: "LogicalExpression", operator: by, left: read, right: write }]);
    }
    const right = this.rewriting.rewritten(node.right as Node);
    const value: Node = { type: "BinaryExpression", operator: by, left: read, right };
    return sequenceOf([...target.first, this.#writeValue(target, value)]);
  }

  /** `a++`, `--a.b`. */
  update(node: Node): Node {
    const target = this.#targetOf(node.argument as Node, node);
    if (!target.isShared) return sequenceOf([...target.first, { ...node, argument: target.reference() }]);
    const by: Node = node.operator === "++" ? one : { type: "UnaryExpression", operator: "-", prefix: true, argument: one };
    const read = this.#read(target);
    if (node.prefix) return sequenceOf([...target.first, this.#writeValue(target, call(threadNames.stepped, read, by))]);
    const before = this.rewriting.temporary();
    const kept = assigned(before, call(threadNames.numeric, read));
    const written = this.#writeValue(target, call(threadNames.stepped, { ...before }, by));
    return sequenceOf([...target.first, kept, written, { ...before }]);
  }

  #plain(node: Node, left: Node): Node {
    const right = node.right as Node;
    if (left.type === "Identifier") {
      if (!this.rewriting.places.isWritten(node, left.name as string)) node.right = this.rewriting.rewritten(right);
      else if (getsName(right)) return this.rewriting.before("writing", left, node);
      else node.right = this.rewriting.valueBefore(this.rewriting.rewritten(right), "writing", { ...left });
      return node;
    }
    const place = { ...left };
    const isShared = this.rewriting.places.isShared(left);
    if ((left.object as Node).type !== "Super") left.object = this.rewriting.rewritten(left.object as Node);
    if (left.computed) left.property = this.rewriting.rewritten(left.property as Node);
    node.right = this.rewriting.valueBefore(this.rewriting.rewritten(right), "writing", place, isShared);
    return node;
  }

  /** A pattern takes a value apart in one go. */
  #pattern(node: Node, left: Node): Node {
    const { places } = this.rewriting;
    const isWritten = targetsOf(left).some((target) =>
      target.type === "Identifier" ? places.isWritten(node, target.name as string) : places.isShared(target),
    );
    node.right = this.rewriting.valueBefore(this.rewriting.rewritten(node.right as Node), "writing", { ...left }, isWritten);
    return node;
  }

  #targetOf(left: Node, by: Node): Target {
    const { places } = this.rewriting;
    const place = { ...left };
    if (left.type === "Identifier") {
      const isShared = places.isWritten(by, left.name as string);
      return { first: [], reference: () => ({ ...left }), place, isShared };
    }
    const isShared = places.isShared(left);
    const first: Node[] = [];
    const kept = (node: Node): Node => {
      if (/^(?:ThisExpression|Super|NumericLiteral|StringLiteral)$/.test(node.type)) return node;
      const name = this.rewriting.temporary();
      first.push(assigned(name, this.rewriting.rewritten(node)));
      return name;
    };
    const object = kept(left.object as Node);
    const property = left.computed ? kept(left.property as Node) : (left.property as Node);
    return { first, reference: () => ({ ...left, object: { ...object }, property: { ...property } }), place, isShared };
  }

  #read({ reference, place }: Target): Node {
    return this.rewriting.before("reading", place, reference());
  }

  #write(target: Target, right: Node): Node {
    const { reference, place } = target;
    if (place.type === "Identifier" && getsName(right)) {
      return this.rewriting.before("writing", place, assigned(reference(), right));
    }
    return this.#writeValue(target, this.rewriting.rewritten(right));
  }

  #writeValue({ reference, place }: Target, value: Node): Node {
    return assigned(reference(), this.rewriting.valueBefore(value, "writing", place));
  }
}

const one: Node = { type: "NumericLiteral", value: 1 };

/** An anonymous function or class, which gets its name from what it is assigned to. */
function getsName({ type, id }: Node): boolean {
  return type === "ArrowFunctionExpression" || (/^(Function|Class)Expression$/.test(type) && !id);
}

function sequenceOf(expressions: readonly Node[]): Node {
  return expressions.length === 1 ? (expressions[0] as Node) : sequence(...expressions);
}
