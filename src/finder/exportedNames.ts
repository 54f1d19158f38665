// The names that expressions need from a JavaScript or TypeScript module, and how another module can import them.

import type { SyntaxNode, Tree } from "@lezer/common";
import { grammarOf, type Language, languageOf } from "./languages";

/** A name of a module, and the name that it is exported by. */
export interface ExportedName {
  readonly name: string;
  readonly exported: string;
}

export interface NeededNames {
  readonly imports: readonly ExportedName[];
  /** Names that the module does not export. */
  readonly missing: readonly string[];
}

/**
 * Finds what has to be imported from a module so that expressions in its scope can be evaluated in another module.
 *
 * @param isGlobal whether every module has a name
 */
export function neededNames(
  text: string,
  language: Language,
  expressions: readonly string[],
  isGlobal: (name: string) => boolean,
): NeededNames {
  const grammar = grammarOf(language);
  const { exported, own } = namesOfModule(grammar.parse(text, []), text);
  const names = new Set(expressions.flatMap((expression) => freeNames(grammar.parse(expression, []), expression)));
  const imports: ExportedName[] = [];
  const missing: string[] = [];
  for (const name of names) {
    const as = exported.get(name);
    if (as !== undefined) imports.push({ name, exported: as });
    else if (own.has(name) || !isGlobal(name)) missing.push(name);
  }
  return { imports, missing };
}

/** `neededNames` for a file's text, where every module has the names that this one has; undefined for Python. */
export function findNamesIn(file: string): ((text: string, expressions: readonly string[]) => NeededNames) | undefined {
  const language = languageOf(file);
  if (!language || language === "python") return undefined;
  return (text, expressions) => neededNames(text, language, expressions, (name) => name in globalThis);
}

/** The names that a module defines at its top level, and those of them that it exports. */
function namesOfModule(tree: Tree, text: string) {
  const exported = new Map<string, string>();
  const own = new Set<string>();
  for (let node = tree.topNode.firstChild; node; node = node.nextSibling) {
    const defined = definitionsIn(node, text);
    for (const name of defined) own.add(name);
    if (node.name !== "ExportDeclaration" || node.getChild("from")) continue;
    const isDefault = node.getChild("default") !== null;
    for (const name of defined) exported.set(name, isDefault ? "default" : name);
    const group = node.getChild("ExportGroup");
    if (group) for (const [name, as] of pairsIn(text.slice(group.from + 1, group.to - 1))) exported.set(name, as);
  }
  return { exported, own };
}

/** The names that a statement defines, without those inside of functions and classes. */
export function definitionsIn(node: SyntaxNode, text: string): string[] {
  const names: string[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name === "VariableDefinition") names.push(text.slice(child.from, child.to));
    else if (/Declaration$|Pattern$|^PatternProperty$|^ImportGroup$/.test(child.name)) names.push(...definitionsIn(child, text));
  }
  return names;
}

/** `a, b as c` in pairs. */
function pairsIn(group: string): [name: string, exported: string][] {
  return group.split(",").flatMap((part): [string, string][] => {
    const [, name, as] = /^\s*([\w$]+)(?:\s+as\s+([\w$]+))?\s*$/.exec(part) ?? [];
    return name === undefined ? [] : [[name, as ?? name]];
  });
}

/** The names that an expression uses and does not define itself. */
function freeNames(tree: Tree, text: string): string[] {
  const used: string[] = [];
  const defined = new Set<string>();
  tree.iterate({
    enter: ({ name, from, to }) => {
      if (name === "VariableName") used.push(text.slice(from, to));
      else if (name === "VariableDefinition") defined.add(text.slice(from, to));
    },
  });
  return used.filter((name) => !defined.has(name));
}
