/** What of a suspended generator, and of the world around a program, its variables do not show. */
import type { Node, NodePath } from "../../load/babel";
import { isOurs } from "../../load/sharedNames";

/**
 * What is hidden while a generator is suspended at a yield: values of the expression around it that were computed already, or how far an
 * iteration is. Undefined if there is nothing.
 */
export function hiddenAround(path: NodePath, owner: NodePath): string | undefined {
  const line = path.node.loc?.start.line;
  const hidden = hiddenIn(path) ?? hiddenAbove(path, owner);
  return hidden && (line === undefined ? hidden : `${hidden} in line ${line}`);
}

function hiddenIn(path: NodePath): string | undefined {
  for (let at = path; at.parentPath; at = at.parentPath) {
    const { parent } = at;
    if (/Statement$/.test(parent.type) || parent.type === "SwitchCase") return undefined;
    if (parent.type === "VariableDeclarator" && at.key === "init") return undefined;
    if (!leavesNothing(parent, at)) return "a value that a yield stands beside";
  }
  return undefined;
}

/** Whether nothing that was computed before is still needed once a part of an expression has its value. */
function leavesNothing(parent: Node, { key, listKey }: NodePath): boolean {
  switch (parent.type) {
    case "AssignmentExpression":
      return key === "right" && parent.operator === "=" && (parent.left as Node).type === "Identifier";
    case "CallExpression":
      return listKey === "arguments" && isOurs(((parent.callee as Node).name as string | undefined) ?? "");
    case "MemberExpression":
      return key === "object";
    case "BinaryExpression":
      return key === "left" || /Literal$/.test((parent.left as Node).type);
    case "UnaryExpression":
    case "SequenceExpression":
    case "LogicalExpression":
    case "ConditionalExpression":
    case "YieldExpression":
      return true;
    default:
      return false;
  }
}

function hiddenAbove(path: NodePath, owner: NodePath): string | undefined {
  for (let at = path; at.parentPath && at !== owner; at = at.parentPath) {
    const { parent } = at;
    if (/^For(Of|In)Statement$/.test(parent.type) && at.key !== "right") return "the iteration around a yield";
    if (parent.type === "TryStatement" && at.key === "finalizer") return "what a finally block goes on with";
    if (parent.type === "ClassBody") return "a class around a yield";
  }
  return undefined;
}

/** Whether a name of the runtime's may have a state, or lead to one, as it is used here. */
export function hiddenName(path: NodePath): boolean {
  const name = path.node.name as string;
  if (fixed.has(name)) return false;
  const { parent, key } = path;
  const isCalled = /^(Call|New)Expression$/.test(parent.type) && key === "callee";
  const isClass =
    key === "superClass" || (parent.type === "BinaryExpression" && parent.operator === "instanceof" && key === "right");
  if (isCalled || isClass) return !makers.has(name);
  const isHolder = parent.type === "MemberExpression" && key === "object" && holders.has(name);
  if (!isHolder || isAssigned(path.parentPath as NodePath)) return true;
  const property = parent.property as Node;
  return parent.computed === true || (name === "Math" && property.name === "random");
}

function isAssigned({ parent, key }: NodePath): boolean {
  return (
    (/^(Assignment|Update)Expression$/.test(parent.type) && key !== "right") ||
    (parent.type === "UnaryExpression" && parent.operator === "delete")
  );
}

const fixed = new Set(["undefined", "NaN", "Infinity"]);
const errors = ["Error", "TypeError", "RangeError", "SyntaxError", "ReferenceError", "AggregateError"];
const makers = new Set([
  ...errors,
  ..."String Number Boolean BigInt Symbol Array Object Map Set RegExp".split(" "),
  ..."parseInt parseFloat isNaN isFinite encodeURIComponent decodeURIComponent".split(" "),
]);
const holders = new Set("Math JSON Object Array String Number Symbol BigInt console".split(" "));
