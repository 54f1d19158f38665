/**
 * Converts `namespace` to a function that stores its exports in an object. An exported variable exists only in that object, so that
 * assignments are visible everywhere.
 */
import type { NodePath } from "@babel/traverse";
import * as t from "@babel/types";
import { type Home, isBoundWithin, openObject } from "./merging";

/** The parameter of the enclosing namespace, by the declarations that it exports. */
export const homes = new WeakMap<t.Node, string>();

/** @param merged the exports of other declarations of this namespace, which can be used without its name */
export function lowerNamespace(path: NodePath<t.TSModuleDeclaration>, merged: ReadonlySet<string>, home: Home): void {
  if (!isInstantiated(path.node)) {
    removeWhole(path);
    return;
  }
  const { name } = path.node.id as t.Identifier;
  const body = path.get("body") as NodePath<t.TSModuleBlock>;
  const parameter = isBoundIn(body, name) ? body.scope.generateUid(name) : name;
  const own = variableNames(body.node);
  const here = new Set(exportedNames(body.node));
  replaceNames(body, ({ scope }, name) => {
    const isOwn = own.has(name) && scope.getBinding(name)?.scope === body.scope;
    const isElsewhere = merged.has(name) && !here.has(name) && !isBoundWithin(scope, name, body.scope.parent);
    return isOwn || isElsewhere ? member(parameter, name) : undefined;
  });
  const statements = body.node.body.flatMap((statement) => lowered(statement, parameter));
  openObject(path, name, parameter, statements, home);
}

/** Converts `namespace A.B {}` to `namespace A { export namespace B {} }`. */
export function unfold({ node }: NodePath<t.TSModuleDeclaration>): void {
  const body: t.Node = node.body;
  if (t.isTSModuleDeclaration(body)) node.body = t.tsModuleBlock([t.exportNamedDeclaration(body)]);
}

/** The names of all exports of a namespace. */
export function exportedNames({ body }: t.TSModuleBlock): string[] {
  return body.flatMap((statement) => {
    if (!t.isExportNamedDeclaration(statement) || !statement.declaration) return [];
    return namesOf(statement.declaration);
  });
}

function namesOf(declaration: t.Declaration): string[] {
  if (t.isTSEnumDeclaration(declaration)) return [declaration.id.name];
  if (t.isTSModuleDeclaration(declaration)) return t.isIdentifier(declaration.id) ? [declaration.id.name] : [];
  return Object.keys(t.getOuterBindingIdentifiers(declaration));
}

/** Whether a name refers to an enum or a namespace with values. Babel's scopes do not contain them. */
function isObject(name: string, path: NodePath): boolean {
  const blocks = path
    .getAncestry()
    .map(({ node }) => (t.isBlock(node) || t.isTSModuleBlock(node) ? (node.body as t.Statement[]) : []));
  return blocks.flat().some((statement) => {
    const declaration = t.isExportNamedDeclaration(statement) ? statement.declaration : statement;
    if (t.isTSEnumDeclaration(declaration)) return declaration.id.name === name;
    return t.isTSModuleDeclaration(declaration) && t.isIdentifier(declaration.id, { name }) && isInstantiated(declaration);
  });
}

/** Whether a name refers to a value, after types have been removed. */
export function isValue(name: string, path: NodePath): boolean {
  return path.scope.hasBinding(name, true) || isObject(name, path) || name in globalThis;
}

/** Whether a namespace exists at run time. One that contains only types does not. */
function isInstantiated({ body }: t.TSModuleDeclaration): boolean {
  if (!t.isTSModuleBlock(body)) return isInstantiated(body);
  return body.body.some((statement) => {
    const inner = t.isExportNamedDeclaration(statement) ? statement.declaration : statement;
    if (t.isTSModuleDeclaration(inner)) return isInstantiated(inner);
    return inner !== null && inner !== undefined;
  });
}

function removeWhole(path: NodePath): void {
  const { parentPath } = path;
  if (parentPath?.isExportNamedDeclaration()) parentPath.remove();
  else path.remove();
}

/** The exported variables. Other declarations, such as classes and functions, keep their names in the block. */
function variableNames({ body }: t.TSModuleBlock): Set<string> {
  const declarations = body.map((statement) => (t.isExportNamedDeclaration(statement) ? statement.declaration : undefined));
  const names = declarations
    .filter((each) => t.isVariableDeclaration(each))
    .map((each) => Object.keys(t.getBindingIdentifiers(each)));
  return new Set(names.flat());
}

function isBoundIn(body: NodePath, name: string): boolean {
  let isBound = body.scope.hasOwnBinding(name);
  body.traverse({
    Scope({ scope }) {
      isBound ||= scope.hasOwnBinding(name);
    },
  });
  return isBound;
}

type Replacement = (path: NodePath<t.Identifier | t.JSXIdentifier>, name: string) => t.MemberExpression | undefined;

/** Replaces names where they are read or assigned. */
function replaceNames(body: NodePath, replacement: Replacement): void {
  body.traverse({
    Identifier(path) {
      const { node, parent, parentPath } = path;
      if (t.isTSModuleDeclaration(parent) || t.isTSEnumDeclaration(parent) || t.isTSEnumMember(parent)) return;
      if (!t.isReferenced(node, parent, parentPath?.parent) && !isTarget(path)) return;
      const value = replacement(path, node.name);
      if (!value) return;
      if (t.isObjectProperty(parent) && parent.shorthand) parent.shorthand = false;
      const isCallee = t.isCallExpression(parent) && path.key === "callee";
      path.replaceWith(isCallee ? t.sequenceExpression([t.numericLiteral(0), value]) : value);
      path.skip();
    },
    JSXIdentifier(path) {
      if (!path.isReferenced()) return;
      const value = replacement(path, path.node.name);
      if (!value) return;
      const { object, property } = value as { object: t.Identifier; property: t.Identifier };
      path.replaceWith(t.jsxMemberExpression(t.jsxIdentifier(object.name), t.jsxIdentifier(property.name)));
      path.skip();
    },
  });
}

/** Whether a name is assigned to, or declared. */
function isTarget({ node, parent, key }: NodePath<t.Identifier>): boolean {
  switch (parent.type) {
    case "AssignmentExpression":
    case "AssignmentPattern":
    case "ForInStatement":
    case "ForOfStatement":
      return key === "left";
    case "ObjectProperty":
      return parent.value === node;
    case "ArrayPattern":
    case "RestElement":
      return true;
    case "VariableDeclarator":
      return key === "id";
    default:
      return false;
  }
}

/** Converts a statement of a namespace to statements of the function. */
function lowered(statement: t.Statement, parameter: string): t.Statement[] {
  if (!t.isExportNamedDeclaration(statement) || !statement.declaration) return [statement];
  const { declaration } = statement;
  if (t.isVariableDeclaration(declaration)) return assignments(declaration);
  if (t.isTSModuleDeclaration(declaration) || t.isTSEnumDeclaration(declaration)) {
    homes.set(declaration, parameter);
    return [declaration];
  }
  const names = namesOf(declaration);
  const exports = names.map((name) => assignment(member(parameter, name), t.identifier(name), declaration));
  return [declaration, ...exports];
}

/** Converts declarations of replaced variables to assignments. */
function assignments({ declarations }: t.VariableDeclaration): t.Statement[] {
  const initialized = declarations.filter(({ init }) => init);
  return initialized.map((each) => assignment(each.id as unknown as t.LVal, each.init as t.Expression, each));
}

function assignment(target: t.LVal, value: t.Expression, from: t.Node): t.Statement {
  const statement = t.expressionStatement(t.assignmentExpression("=", target as t.MemberExpression, value));
  statement.loc = from.loc;
  return statement;
}

function member(object: string, name: string): t.MemberExpression {
  return t.memberExpression(t.identifier(object), t.identifier(name));
}
