/** Callees as they stand in the source. */
import type { Node } from "../../load/babel";
import { text } from "../../load/syntax";

/** A member whose object and name can be told apart from it. */
export function isPlain({ type, object, property }: Node): boolean {
  if (type !== "MemberExpression") return false;
  return !/^(Super|MetaProperty|Import)$/.test((object as Node).type) && (property as Node).type !== "PrivateName";
}

/** A callee as it is shown. It has the place at which stack frames see the call: after it, the call's parenthesis follows. */
export function shownOf(callee: Node): Node {
  const at = /MemberExpression$/.test(callee.type) ? (callee.property as Node) : callee;
  const start = at.loc?.start;
  return { ...text(textOf(callee)), ...(start ? { loc: { start, end: start } } : {}) };
}

const longestText = 60;

/** A callee as it is shown: `fs.readFileSync`. */
export function textOf(node: Node): string {
  const { type, name, object, property, computed } = node as Node & { object?: Node; property?: Node };
  if (type === "Identifier") return name as string;
  if (type === "ThisExpression") return "this";
  if (type === "Super") return "super";
  if (type === "Import") return "import()";
  if (type === "PrivateName") return `#${((node as Node).id as Node).name}`;
  if (!object || !property) return "a function";
  const key = computed ? "[…]" : `.${textOf(property)}`;
  return `${textOf(object)}${key}`.slice(0, longestText);
}
