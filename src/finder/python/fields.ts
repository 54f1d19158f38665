// The fields of dataclasses and named tuples, from which their constructors are generated.

import type { SyntaxNode } from "@lezer/common";
import { childOf, parts } from "../nodes";
import { keywordsOf, lastNameIn } from "./keywords";
import type { Parameter } from "./parameters";

/** A field. Unless it is excluded, the constructor has a parameter for it. */
export interface Field {
  name: string;
  required: boolean;
  keywordOnly: boolean;
  isTaken: boolean;
}

/** The fields that a class body declares, in text order. */
export function ownFields(body: SyntaxNode, text: string, keywordOnly: boolean): Field[] {
  const fields: Field[] = [];
  let rest = keywordOnly;
  for (const node of body.getChildren("AssignStatement")) {
    const name = childOf(node, "VariableName");
    const type = childOf(node, "TypeDef");
    if (!name || !type) continue;
    const written = text
      .slice(type.from + 1, type.to)
      .trim()
      .replace(/^["']/, "");
    if (/^(\w+\.)*KW_ONLY\b/.test(written)) rest = true;
    else if (!/^(\w+\.)*ClassVar\b/.test(written)) fields.push(fieldOf(node, text.slice(name.from, name.to), text, rest));
  }
  return fields;
}

function fieldOf(node: SyntaxNode, name: string, text: string, keywordOnly: boolean): Field {
  const hasValue = childOf(node, "AssignOp") !== null;
  const value = hasValue ? parts(node).at(-1) : undefined;
  if (value?.name !== "CallExpression" || lastNameIn(value, text) !== "field") {
    return { name, required: !hasValue, keywordOnly, isTaken: true };
  }
  const keywords = keywordsOf(childOf(value, "ArgList"), text);
  const own = keywords.get("kw_only");
  return {
    name,
    required: !keywords.has("default") && !keywords.has("default_factory"),
    keywordOnly: own === undefined ? keywordOnly : own === "True",
    isTaken: keywords.get("init") !== "False",
  };
}

/** The fields in the order of the constructor's parameters: keyword-only ones come last. */
export function fieldsIn(fields: readonly Field[]): Field[] {
  const taken = fields.filter(({ isTaken }) => isTaken);
  return [...taken.filter(({ keywordOnly }) => !keywordOnly), ...taken.filter(({ keywordOnly }) => keywordOnly)];
}

/** The parameters of the class created by `namedtuple("Point", "x y")` or `NamedTuple("Point", [("x", int)])`; otherwise undefined. */
export function namedTupleCall(call: SyntaxNode, text: string): Parameter[] | undefined {
  const list = childOf(call, "ArgList");
  const maker = lastNameIn(call, text);
  if (!list || (maker !== "namedtuple" && maker !== "NamedTuple")) return undefined;
  const given = parts(list).filter(({ name }) => !/^[(),]$/.test(name))[1];
  if (!given) return undefined;
  const names = maker === "namedtuple" ? namesIn(given, text) : namesOfPairs(given, text);
  const defaults = keywordsOf(list, text).get("defaults");
  const optional = defaults === undefined ? 0 : elements(defaults);
  return names.map((name, index) => ({ text: name, required: index < names.length - optional, keywordOnly: false }));
}

/** The names in `"x y"`, `"x, y"`, `["x", "y"]` or `("x", "y")`. */
function namesIn(node: SyntaxNode, text: string): string[] {
  const strings = node.name === "String" ? [node] : node.getChildren("String");
  return strings.flatMap((string) => unquoted(string, text).split(/[\s,]+/)).filter((name) => name !== "");
}

function namesOfPairs(node: SyntaxNode, text: string): string[] {
  return node.getChildren("TupleExpression").flatMap((pair) => {
    const name = childOf(pair, "String");
    return name ? [unquoted(name, text)] : [];
  });
}

function unquoted({ from, to }: SyntaxNode, text: string): string {
  return text.slice(from, to).replace(/^[rRuU]?(?:"""|'''|["'])|(?:"""|'''|["'])$/g, "");
}

/** The number of elements of a tuple or list: the number of commas outside of nested brackets, plus one. */
function elements(written: string): number {
  const inner = written.slice(1, -1).replace(/,\s*$/, "");
  let depth = 0;
  let count = inner.trim() === "" ? 0 : 1;
  for (const character of inner) {
    if (/[([{]/.test(character)) depth += 1;
    else if (/[)\]}]/.test(character)) depth -= 1;
    else if (character === "," && depth === 0) count += 1;
  }
  return count;
}
