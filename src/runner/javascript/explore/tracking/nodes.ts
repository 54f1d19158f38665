/** What has to be known of some nodes. */
import type { Node } from "../../load/babel";
import { childrenOf } from "../../load/children";

/** Whether a task may be suspended while the expression is evaluated. */
export function mayYield(node: Node): boolean {
  if (node.type === "YieldExpression" || node.type === "AwaitExpression") return true;
  if (/Function|Method$/.test(node.type)) return false;
  for (const child of childrenOf(node)) if (mayYield(child)) return true;
  return false;
}

/** An anonymous function or class, which gets its name from what it is assigned to. */
export function getsName({ type, id }: Node): boolean {
  return type === "ArrowFunctionExpression" || (/^(Function|Class)Expression$/.test(type) && !id);
}
