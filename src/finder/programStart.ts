// Where a program begins to run something: the statement from which one observes the context switches of its own scheduler.

import type { SyntaxNode, Tree } from "@lezer/common";
import type { Language } from "./languages";
import { childOf, parts } from "./nodes";

/** The offsets of the first line of the statement. */
export interface FoundStart {
  readonly from: number;
  readonly headerTo: number;
}

/** Definitions do not run what is in them. */
const DEFINITIONS = /^(Function|Class|Method|Arrow|Lambda|Decorated|Import|Interface|TypeAlias|Enum|Namespace|Export)/;
const CALLS = new Set(["CallExpression", "NewExpression", "AwaitExpression"]);
/** Assignments make what the program runs later. */
const MAKING = new Set(["AssignStatement", "VariableDeclaration"]);
const LOADING = /^(await\s+)?(require|import)\s*\(/;
/** A text without any of these has nothing that could be suspended. */
const SUSPENDABLE = /\byield\b|\basync\b/;

/**
 * Finds the first statement of a program that runs something. In Python, `if __name__ == "__main__":` comes first. An assignment with a call does not
 * count: it may only make what others run.
 *
 * @returns undefined if there is none, or if the text has no functions that can be suspended
 */
export function programStartIn(text: string, language: Language, tree: Tree): FoundStart | undefined {
  if (!SUSPENDABLE.test(text)) return undefined;
  const statements = parts(tree.topNode);
  const main = language === "python" ? statements.find((each) => isMainCheck(text, each)) : undefined;
  const isRunning = (each: SyntaxNode) => runs(each, text);
  const start = main ?? statements.find((each) => !MAKING.has(each.name) && isRunning(each));
  return start && { from: start.from, headerTo: endOfLine(text, start.from) };
}

function isMainCheck(text: string, statement: SyntaxNode): boolean {
  if (statement.name !== "IfStatement") return false;
  const condition = childOf(statement, "BinaryExpression");
  return condition !== null && /\b__name__\b/.test(text.slice(condition.from, condition.to));
}

/** Whether a statement contains a call that does not only load a module. */
function runs(statement: SyntaxNode, text: string): boolean {
  let found = false;
  statement.cursor().iterate(({ name, from }) => {
    if (found || DEFINITIONS.test(name)) return false;
    if (CALLS.has(name)) found = !LOADING.test(text.slice(from, from + 40));
    return !CALLS.has(name);
  });
  return found;
}

function endOfLine(text: string, from: number): number {
  const end = text.slice(from).search(/[\r\n]/);
  return end === -1 ? text.length : from + end;
}
