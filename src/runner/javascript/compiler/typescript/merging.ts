/**
 * Enums and namespaces are objects that several declarations may fill: each declaration extends the existing object, or
 * creates it.
 */
import type { NodePath, Scope } from "@babel/traverse";
import * as t from "@babel/types";

/** The parameter of the enclosing namespace, if that exports the declaration. */
export type Home = string | undefined;

/** Names that already have a variable, by the enclosing block. */
const declared = new WeakMap<t.Node, Set<string>>();

/**
 * Replaces a declaration by a call of a function with the given body.
 *
 * @param parameter the name of the object in the body
 */
export function openObject(
  path: NodePath<t.TSEnumDeclaration | t.TSModuleDeclaration>,
  name: string,
  parameter: string,
  body: t.Statement[],
  home: Home,
): void {
  const { node, parentPath } = path;
  const exported = parentPath?.isExportNamedDeclaration() ? parentPath : undefined;
  const whole: NodePath = exported ?? path;
  const statements: t.Statement[] = [];
  if (needsVariable(whole, name)) {
    const kind = whole.parentPath?.isProgram() ? "var" : "let";
    const variable = t.variableDeclaration(kind, [t.variableDeclarator(t.identifier(name))]);
    statements.push(exported ? t.exportNamedDeclaration(variable) : variable);
  }
  const fill = t.functionExpression(null, [t.identifier(parameter)], t.blockStatement(body));
  statements.push(t.expressionStatement(t.callExpression(fill, [opened(name, home)])));
  for (const statement of statements) statement.loc = node.loc;
  whole.replaceWithMultiple(statements);
}

/** `name || (name = {})`; if it is exported, `name = home.name || (home.name = {})`. */
function opened(name: string, home: Home): t.Expression {
  const at = () => (home === undefined ? t.identifier(name) : t.memberExpression(t.identifier(home), t.identifier(name)));
  const object = t.logicalExpression("||", at(), t.assignmentExpression("=", at(), t.objectExpression([])));
  return home === undefined ? object : t.assignmentExpression("=", t.identifier(name), object);
}

function needsVariable({ parent }: NodePath, name: string): boolean {
  const names = declared.get(parent) ?? declarationsIn(parent);
  declared.set(parent, names);
  if (names.has(name)) return false;
  names.add(name);
  return true;
}

/** The names of classes and functions in a block. */
function declarationsIn(block: t.Node): Set<string> {
  const statements = t.isBlock(block) || t.isTSModuleBlock(block) ? (block.body as t.Statement[]) : [];
  const names = statements.map((statement) => {
    const isExport = t.isExportNamedDeclaration(statement) || t.isExportDefaultDeclaration(statement);
    const declaration = isExport ? statement.declaration : statement;
    return t.isFunctionDeclaration(declaration) || t.isClassDeclaration(declaration) ? declaration.id?.name : undefined;
  });
  return new Set(names.filter((name) => name !== undefined));
}

/** Whether a scope between `scope` and `around` binds the name. */
export function isBoundWithin(scope: Scope, name: string, around: Scope): boolean {
  for (let at = scope; at && at !== around; at = at.parent) if (at.hasOwnBinding(name)) return true;
  return false;
}
