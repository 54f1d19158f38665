// All functions of a text, generators or not, and where variables are named in the code of each.

import type { SyntaxNodeRef, Tree } from "@lezer/common";
import { grammarOf, type Language } from "./languages";

/** Where a variable is named. */
export interface NamedAt {
  readonly name: string;
  readonly from: number;
}

/** A function, with offsets in the text. Functions inside of it have their own. */
export interface FunctionCode {
  /** Its own name, without that of its class; empty if it has none. */
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** In text order, parameters included. */
  readonly named: NamedAt[];
}

const functions = /^(Function(Declaration|Expression|Definition)|ArrowFunction|MethodDeclaration|LambdaExpression)$/;

/** The functions of a text, in text order, so that an outer one is before those inside of it. */
export function functionsIn(text: string, language: Language): FunctionCode[] {
  const found: FunctionCode[] = [];
  const open: FunctionCode[] = [];
  const tree: Tree = grammarOf(language).parse(text, []);
  tree.iterate({
    enter: (node) => {
      if (isFunction(node)) {
        const own = ownName(node);
        const code = { name: own ? text.slice(own.from, own.to) : "", from: node.from, to: node.to, named: [] };
        found.push(code);
        open.push(code);
      } else if (isVariable(node)) open.at(-1)?.named.push({ name: text.slice(node.from, node.to), from: node.from });
    },
    leave: (node) => {
      if (isFunction(node)) open.pop();
    },
  });
  return found;
}

/**
 * The function of a frame: the innermost one around its place. Before it has begun, the place is where its definition begins, which in
 * Python may be a decorator before it.
 *
 * @param name the frame's function, as `Worker.run`
 */
export function functionAt(all: readonly FunctionCode[], offset: number, name: string): FunctionCode | undefined {
  const around = all.findLast(({ from, to }) => from <= offset && offset < to);
  const own = /[\p{ID_Continue}$]+$/u.exec(name)?.[0];
  if (own === undefined || around?.name === own) return around;
  return all.find((each) => each.from >= offset && each.name === own) ?? around;
}

/** Methods of objects are properties with parameters. */
export function isFunction({ name, node }: Pick<SyntaxNodeRef, "name" | "node">): boolean {
  return functions.test(name) || (name === "Property" && node.getChild("ParamList") !== null);
}

function ownName({ node }: SyntaxNodeRef) {
  if (/^(ArrowFunction|LambdaExpression)$/.test(node.name)) return null;
  return node.getChild("VariableDefinition") ?? node.getChild("VariableName") ?? node.getChild("PropertyDefinition");
}

/** Whether a node names a variable: not the name of a function, nor that of an argument in a Python call. */
function isVariable({ name, node }: SyntaxNodeRef): boolean {
  if (name === "PropertyDefinition")
    return node.parent?.name === "Property" && node.nextSibling === null && node.prevSibling === null;
  if (name !== "VariableName" && name !== "VariableDefinition") return false;
  const { parent, nextSibling } = node;
  if (parent && functions.test(parent.name) && parent.name !== "ArrowFunction" && parent.name !== "LambdaExpression")
    return false;
  return !(parent?.name === "ArgList" && nextSibling?.name === "AssignOp");
}
