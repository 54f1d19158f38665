// Which variable a name stands for at a place in a text: that of the innermost scope around the place that defines it.

import type { SyntaxNode } from "@lezer/common";
import { type FunctionCode, functionsIn, isFunction } from "./functions";
import { grammarOf, type Language } from "./languages";

/** A function, or a part of one with variables of its own: a block, a comprehension. With offsets in the text. */
export interface Scope {
  readonly from: number;
  readonly to: number;
  readonly defines: ReadonlySet<string>;
}

/** A place where a function names a variable that it, or a function around it, defines. */
export interface Variable {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly scope: Scope;
}

/** The functions and variables of a text. */
export class Variables {
  readonly functions: readonly FunctionCode[];
  /** From the outside to the inside; found when they are needed. */
  #scopes: readonly Scope[] | undefined;

  constructor(
    readonly text: string,
    readonly language: Language,
  ) {
    this.functions = functionsIn(text, language);
  }

  /** The variable that is named at an offset; undefined in strings, comments and names of properties, and for what no function defines. */
  at(offset: number): Variable | undefined {
    for (const { named } of this.functions) {
      for (const { name, from } of named) {
        const to = from + name.length;
        const scope = from <= offset && offset <= to ? this.scopeOf(name, from) : undefined;
        if (scope) return { name, from, to, scope };
      }
    }
    return undefined;
  }

  /** Where that is defined what a name stands for at an offset; undefined if it is in no function. */
  scopeOf(name: string, offset: number): Scope | undefined {
    this.#scopes ??= scopesIn(this.text, this.language);
    return this.#scopes.findLast(({ from, to, defines }) => from <= offset && offset < to && defines.has(name));
  }
}

interface Found extends Scope {
  readonly defines: Set<string>;
}

function scopesIn(text: string, language: Language): Scope[] {
  const isPython = language === "python";
  const blocks = isPython ? /^ClassDefinition$|ComprehensionExpression$/ : /^(?:Block|ForStatement|CatchClause|SwitchBody)$/;
  const found = new Map<string, Found>();
  const foreign: (readonly [Found, string])[] = [];
  /** The scope around a node. */
  const around = (start: SyntaxNode | null, ofFunction: boolean): Found | undefined => {
    let node = start;
    while (node && !isFunction(node) && (ofFunction || !blocks.test(node.name))) node = node.parent;
    if (!node) return undefined;
    const { from, to } = node;
    const scope = found.get(`${from} ${to}`) ?? { from, to, defines: new Set() };
    found.set(`${from} ${to}`, scope);
    return scope;
  };
  grammarOf(language)
    .parse(text, [])
    .iterate({
      enter: ({ name, node }) => {
        if (!/^Variable(?:Name|Definition)$/.test(name)) return;
        const { parent } = node;
        const is = text.slice(node.from, node.to);
        if (parent?.name === "ScopeStatement") {
          const scope = around(parent, true);
          if (scope) foreign.push([scope, is]);
        } else if (isPython ? isDefined(node, text) : name === "VariableDefinition") {
          // The name of a function or a class is defined outside of it.
          const start = /^(?:Function|Class)De/.test(parent?.name ?? "") ? parent?.parent : parent;
          around(start ?? null, !isPython && isVar(node))?.defines.add(is);
        }
      },
    });
  for (const [{ defines }, name] of foreign) defines.delete(name);
  return [...found.values()].sort((one, other) => one.from - other.from || other.to - one.to);
}

const patterns = /^(?:(?:Object|Array|Pattern)(?:Pattern|Property)|AssignmentPattern|Property)$/;

/** Whether JavaScript defines a name for the whole function. */
function isVar({ parent }: SyntaxNode): boolean {
  let at = parent;
  while (at && patterns.test(at.name)) at = at.parent;
  return at?.getChild("var") != null;
}

/** Whether Python defines a name where it stands. */
function isDefined(node: SyntaxNode, text: string): boolean {
  let part = node;
  while (part.parent && /^(?:Tuple|Array|Parenthesized)Expression$/.test(part.parent.name)) part = part.parent;
  const { parent, prevSibling: before } = part;
  // An `as` may be read as a comma: see `Readable`.
  if (before?.name === "as" || (before?.name === "," && text[before.from] !== ",")) return true;
  switch (parent?.name) {
    case "ParamList":
      return before?.name !== "AssignOp";
    case "AssignStatement":
      return follows(part, "AssignOp");
    case "UpdateStatement":
    case "NamedExpression":
      return before === null;
    case "FunctionDefinition":
    case "ClassDefinition":
    case "CapturePattern":
    case "ImportStatement":
      return true;
    default:
      return (parent?.name === "ForStatement" || /Comprehension/.test(parent?.name ?? "")) && isTarget(part);
  }
}

function follows({ nextSibling }: SyntaxNode, name: string): boolean {
  let at = nextSibling;
  while (at && at.name !== name) at = at.nextSibling;
  return at !== null;
}

/** Whether a part of a loop stands between its `for` and its `in`. */
function isTarget({ prevSibling }: SyntaxNode): boolean {
  let at = prevSibling;
  while (at && /^(?:VariableName|,|\*|TupleExpression|ArrayExpression|ParenthesizedExpression|MemberExpression)$/.test(at.name))
    at = at.prevSibling;
  return at?.name === "for";
}
