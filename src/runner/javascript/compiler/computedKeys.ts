/**
 * Preserves the evaluation order of computed names in classes with decorators. Babel's plugin assumes that a name made of constants can
 * be evaluated at any time, and then evaluates later expressions before earlier ones.
 */
import type { NodePath } from "@babel/traverse";
import * as t from "@babel/types";
import type { File } from "./babel/file";
import type { Plugin } from "./babel/plugin";

/** Must run before the plugin for decorators. */
export function computedKeys(file: File): Plugin {
  return { visitor: { Class: (path) => keepInOrder(path, file) } };
}

function keepInOrder(path: NodePath<t.Class>, file: File): void {
  const members = path.get("body.body") as NodePath<t.ClassBody["body"][number]>[];
  if (!members.some(({ node }) => "decorators" in node && node.decorators?.length)) return;
  for (const member of members) {
    if (!("computed" in member.node) || !member.node.computed) continue;
    const key = member.get("key") as NodePath<t.Expression>;
    if (key.isConstantExpression()) key.replaceWith(t.callExpression(file.addHelper("toPropertyKey"), [key.node]));
  }
}
