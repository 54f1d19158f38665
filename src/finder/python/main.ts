// The part of a Python file that runs as a program only: a task's module is loaded as a module.

import type { SyntaxNode } from "@lezer/common";
import { childOf } from "../nodes";

const MAIN_ONLY = /^__name__\s*==\s*(['"])__main__\1$|^(['"])__main__\2\s*==\s*__name__$/;

/** Whether a block is the one that an `if __name__ == "__main__":` runs. */
export function isMainOnly(body: SyntaxNode, text: string): boolean {
  const owner = body.parent;
  if (owner?.name !== "IfStatement" || childOf(owner, "Body")?.from !== body.from) return false;
  const condition = body.prevSibling;
  return condition !== null && MAIN_ONLY.test(text.slice(condition.from, condition.to));
}
