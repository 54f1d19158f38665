/**
 * Finds what other files declare under their exported names. A re-exported type does not exist at run time, and only the other file
 * shows that it is a type.
 */
import { existsSync, readFileSync, statSync } from "node:fs";
import { Module } from "node:module";
import { dirname, join, resolve } from "node:path";
import * as t from "@babel/types";
import { lookedThrough } from "../parsing";
import { pathsFor } from "../tsconfig";

export type ExportKind = "type" | "value" | "unknown";

const sources = [".ts", ".tsx", ".mts", ".cts"];
const ambient = [".d.ts", ".d.mts", ".d.cts"];
const plain = [".js", ".jsx", ".mjs", ".cjs", ".json", ".node"];

const deepest = 20;

/**
 * The kind of an export of another file.
 *
 * @param name `*` for the module itself
 */
export function exportKind(from: string, source: string, name: string): ExportKind {
  const place = placed(from, source);
  if (!place) return hasTypesAlone(from, source) ? "type" : "unknown";
  if (place.isAmbient) return "type";
  return name === "*" ? "value" : kindIn(place.file, name, 0);
}

/** The declaration that an import refers to, if it can be found. */
export function exportedDeclaration(from: string, source: string, name: string): t.Node | undefined {
  const file = placed(from, source)?.file;
  return file === undefined ? undefined : declarationIn(file, name, 0);
}

/** The declaration of a `const enum` that an import refers to. */
export function constEnum(from: string, source: string, name: string): t.TSEnumDeclaration | undefined {
  const declaration = exportedDeclaration(from, source, name);
  if (!t.isTSEnumDeclaration(declaration) || !declaration.const) return undefined;
  return refersToItself(declaration) ? t.cloneNode(declaration, true, true) : undefined;
}

interface Place {
  readonly file: string;
  /** Whether the file contains only types, without code to run. */
  readonly isAmbient: boolean;
}

/** The file that the compiler would read for an import. Only files in the project are considered. */
function placed(from: string, source: string): Place | undefined {
  const bases = /^\.{1,2}(\/|$)/.test(source) ? [resolve(dirname(from), source)] : pathsFor(from)(source);
  for (const base of bases) {
    const stem = base.replace(/(?<!\.d)\.([cm]?)[jt]sx?$/, "");
    const written = /\.[cm]?tsx?$/.test(base) ? [base] : [];
    const stems = [stem, base, join(base, "index")];
    const file = [...written, ...stems.flatMap((each) => sources.map((ending) => each + ending))].find(isFile);
    const declared = stems.flatMap((each) => ambient.map((ending) => each + ending)).find(isFile);
    const isRunnable = stems.some((each) => [base, ...plain.map((ending) => each + ending)].some(isCode));
    if (file && !/\.d\.[cm]?ts$/.test(file)) return { file, isAmbient: false };
    const found = file ?? declared;
    if (found) return { file: found, isAmbient: !isRunnable };
  }
  return undefined;
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

function isCode(path: string): boolean {
  return isFile(path) && !/\.d\.[cm]?ts$/.test(path);
}

/** Whether only the types of a package are installed. */
function hasTypesAlone(from: string, source: string): boolean {
  const [first = "", second] = source.split("/");
  const name = first.startsWith("@") ? `${first}/${second}` : first;
  const folders = (Module as unknown as { _nodeModulePaths(from: string): string[] })._nodeModulePaths(dirname(from));
  const types = name.replace(/^@/, "").replace("/", "__");
  if (Module.isBuiltin(source) || folders.some((folder) => hasCode(join(folder, name)))) return false;
  return folders.some((folder) => existsSync(join(folder, "@types", types)) || hasTypes(join(folder, name)));
}

function hasCode(folder: string): boolean {
  const { main, module, exports } = packageAt(folder);
  return Boolean(main || module || exports) || isFile(join(folder, "index.js"));
}

function hasTypes(folder: string): boolean {
  const { types, typings } = packageAt(folder);
  return Boolean(types || typings) || isFile(join(folder, "index.d.ts"));
}

function packageAt(folder: string): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  } catch {
    return {};
  }
}

function kindIn(file: string, name: string, depth: number): ExportKind {
  const declaration = declarationIn(file, name, depth);
  if (!declaration) return "unknown";
  return isType(declaration) ? "type" : "value";
}

function isType(node: t.Node): boolean {
  if (t.isTSModuleDeclaration(node)) return isEmptyAtRunTime(node);
  return t.isTSInterfaceDeclaration(node) || t.isTSTypeAliasDeclaration(node);
}

function isEmptyAtRunTime({ body }: t.TSModuleDeclaration): boolean {
  if (!t.isTSModuleBlock(body)) return isType(body);
  return body.body.every((statement) => isType((t.isExportNamedDeclaration(statement) && statement.declaration) || statement));
}

/** The declaration of an export, through re-exports. A value takes precedence over a type with the same name. */
function declarationIn(file: string, name: string, depth: number): t.Node | undefined {
  const statements = parsed(file);
  const found = statements.flatMap((statement) => exportsOf(statement, name, file, statements, depth));
  return found.find((node) => !isType(node)) ?? found[0];
}

function exportsOf(statement: t.Statement, name: string, file: string, all: readonly t.Statement[], depth: number): t.Node[] {
  const follow = (source: string, imported: string): t.Node[] => {
    const place = depth < deepest ? placed(file, source) : undefined;
    return place ? [declarationIn(place.file, imported, depth + 1) ?? []].flat() : [];
  };
  if (t.isExportAllDeclaration(statement)) return name === "default" ? [] : follow(statement.source.value, name);
  if (t.isExportDefaultDeclaration(statement)) {
    if (name !== "default") return [];
    return t.isIdentifier(statement.declaration) ? localsOf(all, statement.declaration.name, follow) : [statement.declaration];
  }
  if (!t.isExportNamedDeclaration(statement)) return [];
  if (statement.declaration) return declares(statement.declaration, name) ? [statement.declaration] : [];
  const specifier = statement.specifiers.find(({ exported }) => nameOf(exported) === name);
  if (!specifier) return [];
  if (!t.isExportSpecifier(specifier)) return [specifier];
  if (statement.exportKind === "type" || specifier.exportKind === "type") return [typeAlias];
  const local = nameOf(specifier.local);
  return statement.source ? follow(statement.source.value, local) : localsOf(all, local, follow);
}

/** Stands for anything that is exported as a type. */
const typeAlias = t.tsTypeAliasDeclaration(t.identifier("exported"), null, t.tsAnyKeyword());

function localsOf(
  statements: readonly t.Statement[],
  name: string,
  follow: (source: string, imported: string) => t.Node[],
): t.Node[] {
  return statements.flatMap((statement) => {
    if (!t.isImportDeclaration(statement)) {
      const declaration = t.isExportNamedDeclaration(statement) ? statement.declaration : statement;
      return declaration && declares(declaration, name) ? [declaration] : [];
    }
    const specifier = statement.specifiers.find(({ local }) => local.name === name);
    if (!specifier) return [];
    if (statement.importKind === "type") return [typeAlias];
    if (t.isImportNamespaceSpecifier(specifier)) return [specifier];
    return follow(statement.source.value, t.isImportSpecifier(specifier) ? nameOf(specifier.imported) : "default");
  });
}

function declares(node: t.Node, name: string): boolean {
  if (t.isTSInterfaceDeclaration(node) || t.isTSTypeAliasDeclaration(node)) return node.id.name === name;
  if (t.isTSEnumDeclaration(node) || t.isTSDeclareFunction(node)) return node.id?.name === name;
  if (t.isTSModuleDeclaration(node)) return t.isIdentifier(node.id, { name });
  return t.isDeclaration(node) && name in t.getOuterBindingIdentifiers(node);
}

function nameOf(node: t.Identifier | t.StringLiteral): string {
  return t.isIdentifier(node) ? node.name : node.value;
}

/** Whether values of an enum are defined by other members. */
function refersToItself({ id, members }: t.TSEnumDeclaration): boolean {
  const names = new Set([id.name, ...members.map((member) => nameOf(member.id))]);
  return members.every(({ initializer }) => !initializer || namesIn(initializer).every((name) => names.has(name)));
}

function namesIn(expression: t.Expression): string[] {
  const names: string[] = [];
  t.traverseFast(expression, (node) => {
    if (t.isIdentifier(node)) names.push(node.name);
  });
  return names;
}

const cache = new Map<string, readonly t.Statement[]>();

/** Must be called before files are loaded again: they may have changed. */
export function forgetDeclarations(): void {
  cache.clear();
}

/** The statements of a file; empty if it cannot be parsed. Such a file causes an error of its own when it is loaded. */
function parsed(file: string): readonly t.Statement[] {
  const known = cache.get(file);
  if (known) return known;
  const statements = statementsOf(file);
  cache.set(file, statements);
  return statements;
}

function statementsOf(file: string): readonly t.Statement[] {
  try {
    return lookedThrough(readFileSync(file, "utf8"), file).program.body;
  } catch {
    return [];
  }
}
