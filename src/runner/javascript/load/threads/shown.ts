/** Expressions as errors show them. */
import type { Node } from "../babel";

const longestText = 100;

/** An expression as the engine's errors show it. */
export function shownOf(node: Node): string {
  const { type, name, object, property, computed, callee } = node as Node & { object: Node; property: Node; callee: Node };
  switch (type) {
    case "Identifier":
      return name as string;
    case "ThisExpression":
      return "this";
    case "PrivateName":
      return `#${(node.id as Node).name}`;
    case "CallExpression":
      return `${shownOf(callee)}(...)`.slice(0, longestText);
    case "MemberExpression":
    case "OptionalMemberExpression": {
      const key = computed ? `[${shownOf(property)}]` : `.${shownOf(property)}`;
      return `${shownOf(object)}${key}`.slice(0, longestText);
    }
    case "SequenceExpression":
      return `(${(node.expressions as Node[]).map(shownOf).join(" , ")})`.slice(0, longestText);
    case "NumericLiteral":
    case "BooleanLiteral":
      return `${node.value}`;
    case "StringLiteral":
      return JSON.stringify(node.value);
    default:
      return "(intermediate value)";
  }
}
