/**
 * Removes imports that are used only as types, and exports of types, since they do not exist at run time. This step comes after types
 * have been removed: any remaining reference to an import needs its value.
 */
import type { NodePath } from "@babel/traverse";
import * as t from "@babel/types";
import type { Settings } from "../tsconfig";
import { constEnum, exportKind } from "./declarations";
import { isValue } from "./namespaces";

/** An import that the file does not need. An expression that is evaluated in the file may still use it. */
export interface ElidedImport {
  readonly name: string;
  readonly source: string;
  /** The name in the imported module; `*` for the whole module. */
  readonly imported: string;
}

/** @param implied names that JSX uses without containing them */
export function elideImports(
  program: NodePath<t.Program>,
  filename: string,
  settings: Settings,
  implied: readonly string[],
): ElidedImport[] {
  const elision = new Elision(filename, settings, implied);
  for (const statement of program.get("body")) {
    if (statement.isImportDeclaration()) elision.import(statement);
    else if (statement.isExportNamedDeclaration() && !statement.node.declaration) elision.export(statement);
    else if (statement.isExportAllDeclaration()) elision.exportAll(statement);
    else if (statement.isExportDefaultDeclaration()) elision.exportDefault(statement);
  }
  return elision.elided;
}

type Specifier = NodePath<t.ImportSpecifier | t.ImportDefaultSpecifier | t.ImportNamespaceSpecifier>;

class Elision {
  readonly elided: ElidedImport[] = [];

  constructor(
    readonly filename: string,
    readonly settings: Settings,
    readonly implied: readonly string[],
  ) {}

  import(path: NodePath<t.ImportDeclaration>): void {
    const { settings } = this;
    const specifiers = path.get("specifiers") as Specifier[];
    if (specifiers.length === 0) return;
    for (const specifier of specifiers) {
      const isType = /^type/.test((specifier.node as t.ImportSpecifier).importKind ?? "");
      if (isType || (!settings.keepsImports && !this.#isValue(specifier, path))) {
        if (!isType) this.elided.push(elidedImport(specifier.node, path.node.source.value));
        specifier.remove();
      }
    }
    const isEmpty = path.node.specifiers.length === 0;
    if (isEmpty && !settings.verbatim && !settings.keepsEffects) path.remove();
  }

  #isValue(specifier: Specifier, { node }: NodePath<t.ImportDeclaration>): boolean {
    const { name } = specifier.node.local;
    if (this.implied.includes(name)) return true;
    const references = specifier.scope.getBinding(name)?.referencePaths ?? [];
    const exports = references.filter(
      ({ parentPath }) => parentPath?.isExportSpecifier() || parentPath?.isExportDefaultDeclaration(),
    );
    const imported = importedName(specifier.node);
    const kind = () => exportKind(this.filename, node.source.value, imported);
    if (references.length > exports.length) return !this.#isCopied(specifier, node, references);
    if (exports.length > 0 && kind() !== "type") return true;
    for (const { parentPath } of exports) removeExport(parentPath as NodePath);
    return false;
  }

  /** Whether an import needs no module, because the members of a `const enum` are inlined where they are used. */
  #isCopied(specifier: Specifier, { source }: t.ImportDeclaration, references: readonly NodePath[]): boolean {
    if (this.settings.isolated || !references.every(isObjectOfMember)) return false;
    const declaration = constEnum(this.filename, source.value, importedName(specifier.node));
    if (!declaration) return false;
    const copy = { ...declaration, id: t.identifier(specifier.node.local.name), const: true };
    specifier.parentPath.insertAfter(copy);
    return true;
  }

  export(path: NodePath<t.ExportNamedDeclaration>): void {
    const { specifiers, source } = path.node;
    if (specifiers.length === 0) {
      if (source && !this.settings.verbatim) path.remove();
      return;
    }
    if (this.settings.verbatim) return;
    const isType = (specifier: t.ExportNamedDeclaration["specifiers"][number]) => {
      if (!t.isExportSpecifier(specifier)) return false;
      if (source) return exportKind(this.filename, source.value, specifier.local.name) === "type";
      return !isValue(specifier.local.name, path);
    };
    path.node.specifiers = specifiers.filter((specifier) => !isType(specifier));
    if (path.node.specifiers.length === 0) path.remove();
  }

  exportAll(path: NodePath<t.ExportAllDeclaration>): void {
    if (exportKind(this.filename, path.node.source.value, "*") === "type") path.remove();
  }

  exportDefault(path: NodePath<t.ExportDefaultDeclaration>): void {
    const { declaration } = path.node;
    if (t.isIdentifier(declaration) && !isValue(declaration.name, path)) path.remove();
  }
}

function isObjectOfMember({ parent, key }: NodePath): boolean {
  return t.isMemberExpression(parent) && key === "object" && (!parent.computed || t.isStringLiteral(parent.property));
}

function removeExport(path: NodePath): void {
  const declaration = path.parentPath;
  path.remove();
  if (declaration?.isExportNamedDeclaration() && declaration.node.specifiers.length === 0) declaration.remove();
}

function elidedImport(node: Specifier["node"], source: string): ElidedImport {
  return { name: node.local.name, source, imported: importedName(node) };
}

function importedName(node: Specifier["node"]): string {
  if (t.isImportDefaultSpecifier(node)) return "default";
  if (t.isImportNamespaceSpecifier(node)) return "*";
  return t.isIdentifier(node.imported) ? node.imported.name : node.imported.value;
}
