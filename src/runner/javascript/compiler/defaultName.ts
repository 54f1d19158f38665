/**
 * Gives what is exported as default without a name of its own the name "default", as the language does. A CommonJS module has no such
 * export, so the name would be that of a variable which Babel generates.
 */
import type { NodePath } from "@babel/traverse";
import * as t from "@babel/types";
import type { File } from "./babel/file";

/**
 * Must be called before the exports are converted.
 *
 * @returns what must come before all imports: a function is hoisted, so other modules may see it before this one is evaluated
 */
export function nameDefaultExport(program: NodePath<t.Program>, file: File): t.Statement[] {
  const path = program.get("body").find((statement) => statement.isExportDefaultDeclaration());
  if (!path?.isExportDefaultDeclaration()) return [];
  const { declaration } = path.node;
  if (t.isFunctionDeclaration(declaration) && !declaration.id) {
    declaration.id = program.scope.generateUidIdentifier("default");
    const args = [t.cloneNode(declaration.id), t.stringLiteral("default")];
    return [t.expressionStatement(t.callExpression(file.addHelper("setFunctionName"), args))];
  }
  if (t.isClassDeclaration(declaration) && !declaration.id) path.node.declaration = named(t.toExpression(declaration));
  else if (t.isExpression(declaration) && isAnonymous(declaration)) path.node.declaration = named(declaration);
  return [];
}

/** `{ default: value }.default`: the engine itself names the value, also in stacks. */
function named(value: t.Expression): t.Expression {
  const name = () => t.identifier("default");
  return t.memberExpression(t.objectExpression([t.objectProperty(name(), value)]), name());
}

function isAnonymous(value: t.Expression): boolean {
  if (t.isParenthesizedExpression(value)) return isAnonymous(value.expression);
  return t.isArrowFunctionExpression(value) || ((t.isFunctionExpression(value) || t.isClassExpression(value)) && !value.id);
}
