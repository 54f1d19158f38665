// Which blocks run when a file is loaded as a module, as far as their conditions tell by themselves.

import type { SyntaxNode } from "@lezer/common";
import { childOf, parts } from "../nodes";

/** "main": it runs in a program only, and a task's file is loaded as a module. */
export type Fate = "runs" | "may" | "never" | "main";

/** Tasks need Python 3.8 or newer. */
const oldest = [3, 8];

const main = /^__name__\s*([!=]=)\s*(['"])__main__\2$|^(['"])__main__\3\s*([!=]=)\s*__name__$/;
const version = /^(?:\w+\.)?version_info(\[0\]|\.major)?\s*(>=|<=|==|!=|>|<)\s*(?:\(\s*)?(\d+)\s*(?:,\s*(\d+)[\s\d,]*)?,?\s*\)?$/;

/** What becomes of a block. */
export function fateOf(body: SyntaxNode, text: string): Fate {
  const owner = body.parent;
  if (owner?.name !== "IfStatement" && owner?.name !== "WhileStatement") return "may";
  const condition = conditionOf(body);
  if (owner.name === "WhileStatement") return condition && truth(condition, text) === false ? "never" : "may";
  let isSure = true;
  for (const before of owner.getChildren("Body").filter(({ from }) => from < body.from)) {
    const earlier = conditionOf(before);
    const holds = earlier && truth(earlier, text);
    if (holds === true) return "never";
    isSure &&= holds === false;
  }
  const holds = condition ? truth(condition, text) : true;
  if (holds === false) return condition && text.slice(condition.from, condition.to).includes("__main__") ? "main" : "never";
  return isSure && holds === true ? "runs" : "may";
}

/** Undefined for an `else`. */
function conditionOf(body: SyntaxNode): SyntaxNode | undefined {
  const before = body.prevSibling;
  return before && !/^(?:else|:)$/.test(before.name) ? before : undefined;
}

/** Whether a condition holds; undefined where that depends on the run. */
function truth(node: SyntaxNode, text: string): boolean | undefined {
  const children = parts(node);
  switch (node.name) {
    case "ParenthesizedExpression":
      return children[1] && truth(children[1], text);
    case "UnaryExpression": {
      const holds = childOf(node, "not") && children.at(-1) ? truth(children.at(-1) as SyntaxNode, text) : undefined;
      return holds === undefined ? undefined : !holds;
    }
    case "BinaryExpression": {
      const [left, operator, right] = children;
      if (!left || !right || (operator?.name !== "and" && operator?.name !== "or")) break;
      const decides = operator.name === "or";
      const both = [truth(left, text), truth(right, text)];
      if (both.includes(decides)) return decides;
      return both.includes(undefined) ? undefined : !decides;
    }
  }
  return truthOfText(text.slice(node.from, node.to));
}

function truthOfText(condition: string): boolean | undefined {
  if (/^(?:False|None|0|(?:\w+\.)?TYPE_CHECKING)$/.test(condition)) return false;
  if (/^(?:True|1)$/.test(condition)) return true;
  const named = main.exec(condition);
  if (named) return (named[1] ?? named[4]) === "!=";
  const [, first, operator = "", major, minor = "0"] = version.exec(condition) ?? [];
  return major === undefined ? undefined : truthOfVersion(first !== undefined, operator, [Number(major), Number(minor)]);
}

/** Of all versions that there may be. @param isMajor only their first number is compared */
function truthOfVersion(isMajor: boolean, operator: string, [major = 0, minor = 0]: number[]): boolean | undefined {
  if (isMajor) {
    const order = Math.sign((oldest[0] as number) - major);
    return { ">=": order >= 0, "<=": order <= 0, "==": order === 0, "!=": order !== 0, ">": order > 0, "<": order < 0 }[operator];
  }
  const isReached = major < (oldest[0] as number) || (major === oldest[0] && minor <= (oldest[1] as number));
  if (!isReached) return undefined;
  return operator.startsWith(">") ? true : operator === "<" ? false : undefined;
}
