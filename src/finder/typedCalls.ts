// Calls as a user types them into a box: one expression after another, with `;` between them. What the parser cannot read is told with its
// place. Brackets that are still open at the end are closed, since they are half typed rather than wrong.

import type { SyntaxNode, Tree } from "@lezer/common";
import { grammarOf, type Language } from "./languages";
import { parts } from "./nodes";

export interface TypedCalls {
  /** In order; empty if there is a problem. */
  readonly calls: readonly string[];
  /** The first problem, in a sentence that names its column. */
  readonly problem?: string;
}

const CLOSING: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** What begins an expression of JavaScript is read as a statement, unless it is in parentheses. */
const LIKE_A_STATEMENT = /^\s*(?:\{|(?:async\s+)?function\b|class\b)/;

/** The calls in a text, or the reason why it cannot be read. An empty text has none. */
export function typedCalls(typed: string, language: Language): TypedCalls {
  const before = language !== "python" && LIKE_A_STATEMENT.test(typed) ? "(" : "";
  const open = openAtEnd(parsed(before + typed, language));
  const closed = open.length === 0 ? typed : typed.trimEnd() + open.slice(0, open.length - before.length).join("");
  const text = before === "" ? closed : `(${closed})`;
  const tree = parsed(text, language);
  const problem = problemIn(tree, text, -before.length);
  if (problem !== undefined) return { calls: [], problem };
  if (before !== "") return { calls: [closed.trim()] };
  return { calls: statementsOf(tree).map((node) => text.slice(node.from, node.to).replace(/\s*;\s*$/, "")) };
}

/** The names that expressions use and do not define themselves, each with its first offset. */
export function namesUsed(text: string, language: Language): Map<string, number> {
  const used = new Map<string, number>();
  const defined = new Set<string>();
  parsed(text, language).iterate({
    enter: ({ name, from, to, node }) => {
      const written = text.slice(from, to);
      // The name of a keyword argument is none of the scope.
      const isKeyword = node.parent?.name === "ArgList" && node.nextSibling?.name === "AssignOp";
      if (name === "VariableDefinition" || node.parent?.name === "ParamList") defined.add(written);
      else if (name === "VariableName" && !isKeyword && !used.has(written)) used.set(written, from);
    },
  });
  for (const name of defined) used.delete(name);
  return used;
}

function parsed(text: string, language: Language): Tree {
  return grammarOf(language).parse(text, []);
}

/** What closes the brackets that are open at the end of a text, the innermost first. */
function openAtEnd(tree: Tree): string[] {
  const closing: string[] = [];
  for (const error of errorNodes(tree)) {
    const close = CLOSING[error.parent?.firstChild?.name ?? ""];
    if (error.from < tree.length || close === undefined) return [];
    closing.push(close);
  }
  return closing;
}

function errorNodes(tree: Tree): SyntaxNode[] {
  const nodes: SyntaxNode[] = [];
  tree.iterate({
    enter: ({ type, node }) => {
      if (type.isError) nodes.push(node);
    },
  });
  return nodes;
}

/** The statements of a text; those of Python that share a line are a group. */
function statementsOf(tree: Tree): SyntaxNode[] {
  return parts(tree.topNode)
    .flatMap((node) => (node.name === "StatementGroup" ? parts(node) : [node]))
    .filter(({ name }) => name !== ";");
}

/** @param shift added to the columns */
function problemIn(tree: Tree, text: string, shift: number): string | undefined {
  const at = (offset: number) => `at column ${offset + shift + 1}`;
  const [error] = errorNodes(tree);
  if (error) return problemOf(error, text, at);
  for (const node of statementsOf(tree)) {
    const comma = [node, ...parts(node)].flatMap((each) => (isList(each) ? parts(each) : [])).find(({ name }) => name === ",");
    if (comma) return `Calls are separated by ; but there is a comma ${at(comma.from)}.`;
    if (node.name !== "ExpressionStatement") return `${text.slice(node.from, node.to)} is not an expression, ${at(node.from)}.`;
  }
  return undefined;
}

function isList({ name }: SyntaxNode): boolean {
  return name === "ExpressionStatement" || name === "SequenceExpression";
}

function problemOf(error: SyntaxNode, text: string, at: (offset: number) => string): string {
  const { from, to, parent } = error;
  if (parent && /String$/.test(parent.name)) return `The ${text[parent.from]} ${at(parent.from)} is not closed.`;
  if (from < to) return `${text.slice(from, to)} is not expected ${at(from)}.`;
  const rest = text.slice(from).trim();
  const open = parent?.firstChild;
  const isUnclosed = open && CLOSING[open.name] !== undefined && parent?.lastChild?.name !== CLOSING[open.name];
  if (isUnclosed && error.nextSibling === null) return `The ${open.name} ${at(open.from)} is not closed.`;
  if (rest === "") return `Something is missing ${at(from)}, at the end.`;
  const [next = ""] = /^[\w$]+|^./.exec(rest) ?? [];
  const isBetween = parent?.parent === null || parent?.name === "ExpressionStatement";
  return `${isBetween ? "A ;" : "Something"} is missing before ${next} ${at(from)}.`;
}
