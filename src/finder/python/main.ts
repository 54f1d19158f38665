// The part of a Python file that only runs when the file is the program. A task's file is loaded as a module, so it does not run.

import type { SyntaxNode } from "@lezer/common";
import { childOf } from "../nodes";

const MAIN_ONLY = /^__name__\s*==\s*(['"])__main__\1$|^(['"])__main__\2\s*==\s*__name__$/;

/** Whether a block is the body of `if __name__ == "__main__":`. */
export function isMainOnly(body: SyntaxNode, text: string): boolean {
  const owner = body.parent;
  if (owner?.name !== "IfStatement" || childOf(owner, "Body")?.from !== body.from) return false;
  const condition = body.prevSibling;
  return condition !== null && MAIN_ONLY.test(text.slice(condition.from, condition.to));
}
