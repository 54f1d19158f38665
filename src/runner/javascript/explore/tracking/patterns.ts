/** What is read and written where a value is taken apart, or a member stands. */
import type { Node } from "../../load/babel";
import { targetsOf } from "../../load/sharedNames";
import { call } from "../../load/syntax";
import { elementsPlace, type Touches } from "../touches";
import type { Names } from "./bindings";
import { hook } from "./hooks";
import { mayYield } from "./nodes";

export class Patterns {
  /** @param rewritten rewrites what is evaluated within a pattern */
  constructor(
    readonly touches: Touches,
    readonly names: Names,
    readonly rewritten: (node: Node) => Node,
  ) {}

  /** The place of a member whose name stands in the source. */
  placeOf({ property, computed }: Node): number | undefined {
    const { type, name, value, id } = property as Node;
    if (type === "PrivateName") return this.touches.place(`.#${(id as Node).name}`);
    if (!computed) return this.touches.property(name as string);
    if (type === "StringLiteral" && !/^\d+$/.test(value as string)) return this.touches.property(value as string);
    return type === "NumericLiteral" || type === "StringLiteral" ? elementsPlace : undefined;
  }

  /** A value that a pattern takes apart. */
  taken(pattern: Node, value: Node, by: Node): Node {
    const writes = this.written(pattern, by);
    const { reads, isOpaque } = this.readsOf(pattern);
    let taken = pattern.type === "ArrayPattern" ? call(hook.iterated, value) : value;
    if (reads.length > 0) taken = call(hook.readOf, taken, ...reads);
    if (writes.length > 0) taken = call(hook.write, ...writes, taken);
    return isOpaque ? call(hook.all, taken) : taken;
  }

  /** What is written where a pattern, or the head of a loop, assigns. */
  written(pattern: Node, by: Node): number[] {
    const declared =
      pattern.type === "VariableDeclaration" ? (pattern.declarations as { id: Node }[]).map(({ id }) => id) : [pattern];
    return declared.flatMap(targetsOf).flatMap((target) => {
      if (target.type === "Identifier") {
        return [...(this.names.declared.get(target) ?? this.names.written(by, target.name as string) ?? [])];
      }
      const place = target.type === "MemberExpression" ? this.placeOf(target) : undefined;
      return place === undefined ? [elementsPlace] : [place];
    });
  }

  /** The properties that a pattern reads; whether it reads more than its names tell. Defaults and keys in it are rewritten. */
  readsOf(pattern: Node): { reads: number[]; isOpaque: boolean } {
    const reads: number[] = [];
    let isOpaque = false;
    const visit = (at: Node | null): void => {
      if (!at) return;
      if (at.type === "AssignmentPattern") {
        isOpaque ||= mayYield(at.right as Node);
        at.right = this.rewritten(at.right as Node);
        visit(at.left as Node);
      } else if (at.type === "ArrayPattern") {
        reads.push(elementsPlace);
        (at.elements as (Node | null)[]).forEach(visit);
      } else if (at.type === "RestElement") visit(at.argument as Node);
      else if (at.type === "ObjectPattern") {
        for (const property of at.properties as Node[]) {
          const { type, key, computed, value } = property as unknown as {
            type: string;
            key: Node;
            computed: boolean;
            value: Node;
          };
          if (type === "RestElement") isOpaque = true;
          else {
            if (computed) property.key = call(hook.readKey, this.rewritten(key));
            else reads.push(this.touches.property((key.name ?? key.value) as string));
            property.shorthand = false;
            visit(value);
          }
        }
      } else if (at.type === "MemberExpression") isOpaque ||= this.placeOf(at) === undefined;
    };
    visit(pattern);
    return { reads, isOpaque };
  }
}
