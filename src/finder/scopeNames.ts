// The names that a module defines in its own scope, which calls of its functions can use.

import type { SyntaxNode } from "@lezer/common";
import { definitionsIn } from "./exportedNames";
import { grammarOf, type Language } from "./languages";
import { childOf, parts } from "./nodes";
import { importedNames } from "./python/assignments";

export interface ScopeName {
  readonly name: string;
  readonly kind: "function" | "class" | "variable" | "import";
}

export interface ModuleScope {
  /** In the order of the text, each once. */
  readonly names: readonly ScopeName[];
  /** Whether there may be others: all names of another module are imported. */
  readonly isOpen: boolean;
}

/** The names at the top level of a module. Those of types are no values, and left out. */
export function scopeOf(text: string, language: Language): ModuleScope {
  const { topNode } = grammarOf(language).parse(text, []);
  const names = new Map<string, ScopeName>();
  const add = (kind: ScopeName["kind"], found: readonly string[]) => {
    for (const name of found) if (!names.has(name)) names.set(name, { name, kind });
  };
  if (language === "python") return { isOpen: pythonNames(topNode, text, add), names: [...names.values()] };
  for (const node of parts(topNode)) add(kindOf(node), definitionsIn(node, text));
  return { names: [...names.values()], isOpen: false };
}

function kindOf(node: SyntaxNode): ScopeName["kind"] {
  const inner = node.name === "ExportDeclaration" ? parts(node).find(({ name }) => name.endsWith("Declaration")) : node;
  switch (inner?.name) {
    case "FunctionDeclaration":
      return "function";
    case "ClassDeclaration":
      return "class";
    case "ImportDeclaration":
      return "import";
    default: {
      const value = inner && parts(inner).find(({ name }) => name === "FunctionExpression" || name === "ArrowFunction");
      return value ? "function" : "variable";
    }
  }
}

/** What binds names in a statement of Python ends before one of these. */
const TARGET_ENDS: Readonly<Record<string, string>> = { AssignStatement: "AssignOp", ForStatement: "in" };

/** @returns whether all names of another module are imported */
function pythonNames(top: SyntaxNode, text: string, add: (kind: ScopeName["kind"], names: readonly string[]) => void): boolean {
  let isOpen = false;
  top.toTree().iterate({
    enter: ({ node, name }) => {
      if (name === "FunctionDefinition" || name === "ClassDefinition") {
        add(name === "ClassDefinition" ? "class" : "function", namesIn(childOf(node, "VariableName"), text));
        return false;
      }
      if (name === "ImportStatement") {
        isOpen ||= childOf(node, "*") !== null;
        add("import", importedNames(node, text));
        return false;
      }
      const end = TARGET_ENDS[name];
      if (end !== undefined) {
        const children = parts(node);
        const ends = children.findLastIndex((child) => child.name === end);
        for (const target of children.slice(0, Math.max(0, ends))) add("variable", namesIn(target, text));
      } else if (name === "as" || (name === "," && text[node.from] !== ",")) {
        // An `as` may be read as a comma: see `Readable`.
        add("variable", namesIn(node.nextSibling, text));
      }
      if (name === "NamedExpression") add("variable", namesIn(node.firstChild, text));
      return name !== "LambdaExpression" && !name.endsWith("ComprehensionExpression");
    },
  });
  return isOpen;
}

/** The plain names of a target, also in tuples and lists. */
function namesIn(target: SyntaxNode | null, text: string): string[] {
  if (!target) return [];
  if (target.name === "VariableName") return [text.slice(target.from, target.to)];
  return /^(?:Tuple|Array|Parenthesized)Expression$/.test(target.name)
    ? parts(target).flatMap((part) => namesIn(part, text))
    : [];
}
