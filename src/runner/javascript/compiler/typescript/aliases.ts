/**
 * Converts `import x = require("x")`, `import A = B.C` and `export = x`, TypeScript's module syntax from before JavaScript had
 * modules.
 */
import type { NodePath } from "@babel/traverse";
import * as t from "@babel/types";
import type { ElidedImport } from "./imports";
import { isValue } from "./namespaces";

/**
 * Like other imports, unused ones are elided.
 *
 * @param require the name of the function that requires a module
 */
export function lowerImportEquals(program: NodePath<t.Program>, require: string): ElidedImport[] {
  const elided: ElidedImport[] = [];
  const aliases: NodePath<t.TSImportEqualsDeclaration>[] = [];
  program.traverse({
    TSImportEqualsDeclaration: (path) => void aliases.push(path),
    TSExportAssignment: lowerExport,
    Function: (path) => path.skip(),
    Class: (path) => path.skip(),
  });
  // An alias can refer to an earlier one, so they are processed in reverse order.
  for (const path of aliases.reverse()) {
    const source = sourceOf(path.node);
    if (isNeeded(path)) {
      path.replaceWith(variable(path.node, source, require));
      continue;
    }
    if (source !== undefined) elided.push({ name: path.node.id.name, source, imported: "*" });
    release(path);
    path.remove();
  }
  if (aliases.length > 0) program.scope.crawl();
  return elided;
}

function sourceOf({ moduleReference }: t.TSImportEqualsDeclaration): string | undefined {
  return t.isTSExternalModuleReference(moduleReference) ? moduleReference.expression.value : undefined;
}

function isNeeded(path: NodePath<t.TSImportEqualsDeclaration>): boolean {
  const { id, isExport } = path.node;
  if (!hasValue(path)) return false;
  return isExport || (path.scope.getBinding(id.name)?.referenced ?? true);
}

/** Whether an alias has a value at run time. Known only for declarations in this file. */
function hasValue(path: NodePath<t.TSImportEqualsDeclaration>): boolean {
  const { moduleReference } = path.node;
  if (t.isTSExternalModuleReference(moduleReference)) return true;
  return isValue(rootOf(moduleReference), path);
}

function rootOf(name: t.TSEntityName): string {
  if (t.isIdentifier(name)) return name.name;
  return t.isTSQualifiedName(name) ? rootOf(name.left) : "this";
}

/** Removes the reference to what an elided alias stood for. */
function release({ node, scope }: NodePath<t.TSImportEqualsDeclaration>): void {
  if (!t.isTSExternalModuleReference(node.moduleReference)) scope.getBinding(rootOf(node.moduleReference))?.dereference();
}

function variable(node: t.TSImportEqualsDeclaration, source: string | undefined, require: string): t.Statement {
  const required = () => t.callExpression(t.identifier(require), [t.stringLiteral(source ?? "")]);
  const value = source === undefined ? entity(node.moduleReference as t.TSEntityName) : required();
  const declaration = t.inherits(t.variableDeclaration("const", [t.variableDeclarator(node.id, value)]), node);
  return node.isExport ? t.exportNamedDeclaration(declaration) : declaration;
}

function lowerExport(path: NodePath<t.TSExportAssignment>): void {
  const { expression } = path.node;
  if (t.isIdentifier(expression) && !isValue(expression.name, path)) {
    path.remove();
    return;
  }
  const target = t.memberExpression(t.identifier("module"), t.identifier("exports"));
  path.replaceWith(t.inherits(t.expressionStatement(t.assignmentExpression("=", target, expression)), path.node));
}

/** `A.B.C` as an expression. */
function entity(name: t.TSEntityName): t.Expression {
  if (t.isIdentifier(name)) return name;
  if (t.isTSQualifiedName(name)) return t.memberExpression(entity(name.left), t.identifier(name.right.name));
  return t.thisExpression();
}
