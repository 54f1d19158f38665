// Generator functions that no call from outside can reach, and why. They get no lens; users who look for one are told the reason.

import type { SyntaxNode, Tree } from "@lezer/common";
import type { Barred, Barrier } from "./barriers";
import type { Found } from "./generators";
import { isGenerator } from "./javascript/syntax";
import { Walk } from "./javascript/walk";
import { grammarOf, type Language } from "./languages";
import { placesOf } from "./lines";
import { childOf, parts } from "./nodes";
import { pythonBarrier } from "./python/barriers";
import { yieldsItself } from "./python/yields";

/** A generator function that cannot be called from outside. */
export interface Unreachable {
  readonly name: string;
  /** 1-based: where the function begins. */
  readonly line: number;
  readonly column: number;
  readonly barrier: Barrier;
  /** Where it is, in words that follow its name. */
  readonly where: string;
  /** What to do so that it can be called. */
  readonly remedy: string;
}

/** An unreachable generator function, with offsets instead of lines. */
export interface Hidden extends Barred {
  readonly name: string;
  readonly from: number;
  readonly headerTo: number;
}

/** The unreachable generator functions in a text without an earlier version, in text order. */
export function unreachableGenerators(text: string, language: Language): Unreachable[] {
  const grammar = grammarOf(language);
  const tree = grammar.parse(text, []);
  return describedHidden(text, language, hiddenIn(text, language, tree, grammar.collect(tree, text).found));
}

/** The unreachable generator functions in a tree. @param found the reachable ones */
export function hiddenIn(text: string, language: Language, tree: Tree, found: readonly Found[]): Hidden[] {
  const reached = new Set(found.map(({ headerTo }) => headerTo));
  return language === "python" ? inPython(tree, text, reached) : inJavaScript(tree, text, reached);
}

/** Converts offsets to lines, and reasons to words. */
export function describedHidden(text: string, language: Language, hidden: readonly Hidden[]): Unreachable[] {
  const places = placesOf(
    text,
    hidden.map(({ from }) => from),
  );
  return hidden.map((each, index) => {
    const { line, column } = places[index] ?? { line: 1, column: 1 };
    return { name: each.name, line, column, barrier: each.barrier, ...words(each, language) };
  });
}

function words({ barrier, owner, name }: Hidden, language: Language): Pick<Unreachable, "where" | "remedy"> {
  switch (barrier) {
    case "main":
      return {
        where: 'below if __name__ == "__main__"',
        remedy: "That part does not run when the file is loaded. Move it above.",
      };
    case "function": {
      const call = owner === "" ? "" : `Call ${owner}, if that returns it, or move it out of there`;
      return { where: `inside ${owner === "" ? "another function" : owner}`, remedy: `${call || "Move it out of there"}.` };
    }
    case "block":
      return { where: "inside a block", remedy: "Declare it outside of the block." };
    case "abstract":
      return {
        where: `part of ${owner}, of which there is no instance`,
        remedy: `Call it on an instance of a class that ${owner === "" ? "it" : owner} is the base of; this file has none.`,
      };
    case "never":
      return { where: "in a part of the file that never runs", remedy: "Move it out of there." };
    case "deleted":
      return {
        where: owner === name ? "deleted further down" : `part of ${owner}, which is deleted further down`,
        remedy: `Remove the ${language === "python" ? "del" : "delete"} statement.`,
      };
    case "private":
      return { where: "private to its class", remedy: "Call a public method of the class that returns it." };
    case "unnamed": {
      const example = language === "python" ? "a def" : `const ${name === "" ? "task" : name} =`;
      return { where: "part of an expression that gives it no name", remedy: `Give it a name of its own, with ${example}.` };
    }
  }
}

function inPython(tree: Tree, text: string, reached: ReadonlySet<number>): Hidden[] {
  const hidden: Hidden[] = [];
  const barrierOf = pythonBarrier(tree.topNode, text);
  tree.iterate({
    enter({ name, node }) {
      if (name !== "FunctionDefinition" || childOf(node, "async")) return;
      const [list, body] = [childOf(node, "ParamList"), childOf(node, "Body")];
      if (!list || !body || reached.has(list.to) || !yieldsItself(body, text)) return;
      const barrier = barrierOf(node);
      if (barrier) hidden.push({ name: nameIn(node, "VariableName", text), from: node.from, headerTo: list.to, ...barrier });
    },
  });
  return hidden;
}

const functions = /^(FunctionDeclaration|FunctionExpression|ArrowFunction|MethodDeclaration|Property)$/;

function inJavaScript(tree: Tree, text: string, reached: ReadonlySet<number>): Hidden[] {
  const hidden: Hidden[] = [];
  const deleted = new Walk(text, tree.topNode).deleted(tree.topNode);
  tree.iterate({
    enter({ name, node }) {
      if (!functions.test(name)) return;
      const list = childOf(node, "ParamList");
      if (!list || !childOf(node, "Block") || reached.has(list.to) || !isGenerator(node)) return;
      const own = ownName(node, text);
      const gone = deleted.get(list.to);
      const barrier = gone === undefined ? javascriptBarrier(node, text) : deletedAs(gone, own);
      if (barrier) hidden.push({ name: own, from: node.from, headerTo: list.to, ...barrier });
    },
  });
  return hidden;
}

function javascriptBarrier(node: SyntaxNode, text: string): Barred | undefined {
  let isBlock = false;
  for (let above = node.parent; above; above = above.parent) {
    const isFunction = functions.test(above.name) && childOf(above, "ParamList") && !sameHeader(above, node);
    if (isFunction) return { barrier: "function", owner: callOf(above, text) };
    isBlock ||= above.name === "Block" && above.parent?.name !== "NamespaceDeclaration";
  }
  if (isBlock) return { barrier: "block", owner: "" };
  if (childOf(node, "PrivatePropertyDefinition")) return { barrier: "private", owner: "" };
  return node.name === "FunctionDeclaration" ? undefined : { barrier: "unnamed", owner: "" };
}

/** @param name the deleted expression, such as `tasks.run` */
function deletedAs(name: string, own: string): Barred {
  return { barrier: "deleted", owner: name === own || name.endsWith(`.${own}`) ? own : name };
}

function sameHeader(one: SyntaxNode, other: SyntaxNode): boolean {
  return childOf(one, "ParamList")?.from === childOf(other, "ParamList")?.from;
}

function callOf(node: SyntaxNode, text: string): string {
  const name = ownName(node, text);
  return name === "" ? "" : `${name}()`;
}

/** A function's own name, or that of the variable or property whose value it is. */
function ownName(node: SyntaxNode, text: string): string {
  for (const kind of ["VariableDefinition", "PropertyDefinition", "PrivatePropertyDefinition"]) {
    const own = nameIn(node, kind, text);
    if (own !== "") return own;
  }
  const { parent } = node;
  if (parent?.name === "VariableDeclaration") {
    const before = parts(parent)
      .filter(({ name, to }) => name === "VariableDefinition" && to <= node.from)
      .at(-1);
    return before ? text.slice(before.from, before.to) : "";
  }
  return parent?.name === "Property" ? nameIn(parent, "PropertyDefinition", text) : "";
}

function nameIn(node: SyntaxNode, kind: string, text: string): string {
  const name = childOf(node, kind);
  return name ? text.slice(name.from, name.to) : "";
}
