// Answers the finder's question with the TypeScript compiler and an independent walk: which generators does a module bind to names?

import ts from "typescript";

/** The properties on which both walks must agree. */
export interface Sighting {
  name: string;
  line: number;
  column: number;
}

/** The generators of a file; undefined if the compiler itself reports a syntax error. */
export function compilerFinds(path: string, text: string): Sighting[] | undefined {
  const script = /\.[mc]?ts$/.test(path) ? ts.ScriptKind.TS : ts.ScriptKind.JSX;
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, script);
  const { parseDiagnostics } = file as unknown as { parseDiagnostics: readonly unknown[] };
  if (parseDiagnostics.length > 0) return undefined;
  const sightings: Sighting[] = [];
  const see = (name: string, node: ts.Node, binding: ts.Node) => sightings.push(sighting(file, name, node, binding));
  for (const statement of file.statements) visitStatement(statement, "", see);
  return sightings;
}

type See = (name: string, node: ts.Node, binding: ts.Node) => void;

function sighting(file: ts.SourceFile, name: string, node: ts.Node, binding: ts.Node): Sighting {
  const word = node
    .getChildren(file)
    .find(({ kind }) => kind === ts.SyntaxKind.FunctionKeyword || kind === ts.SyntaxKind.AsteriskToken);
  const own = file.getLineAndCharacterOfPosition((word ?? node).getStart(file));
  const bound = file.getLineAndCharacterOfPosition(binding.getStart(file));
  const { line, character } = own.line === bound.line ? bound : own;
  return { name, line: line + 1, column: character + 1 };
}

function visitStatement(node: ts.Statement, prefix: string, see: See): void {
  if (has(node, ts.SyntaxKind.DeclareKeyword)) return;
  if (ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) {
    visitValue(node, prefix + (node.name?.text ?? "default"), node, see);
  } else if (ts.isVariableStatement(node)) {
    node.declarationList.declarations.forEach((declaration, index) => {
      const { name, initializer } = declaration;
      if (!initializer || !ts.isIdentifier(name)) return;
      visitValue(initializer, prefix + name.text, index === 0 ? node : declaration, see);
    });
  } else if (ts.isExportAssignment(node) && !node.isExportEquals) {
    visitValue(node.expression, "default", node, see);
  } else if (ts.isExpressionStatement(node)) {
    visitAssignment(node, see);
  } else if (ts.isModuleDeclaration(node)) {
    visitNamespace(node, prefix, see);
  }
}

function visitNamespace(node: ts.ModuleDeclaration, prefix: string, see: See): void {
  const path = `${prefix}${node.name.text}.`;
  if (node.body && ts.isModuleDeclaration(node.body)) visitNamespace(node.body, path, see);
  if (!node.body || !ts.isModuleBlock(node.body)) return;
  for (const inner of node.body.statements) {
    if (has(inner, ts.SyntaxKind.ExportKeyword)) visitStatement(inner, path, see);
  }
}

function visitAssignment(statement: ts.ExpressionStatement, see: See): void {
  const { expression } = statement;
  if (!isAssignment(expression)) return;
  const name = targetName(expression.left);
  if (name !== undefined) visitValue(expression.right, name, statement, see);
}

function isAssignment(node: ts.Node): node is ts.BinaryExpression {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken;
}

function targetName(node: ts.Expression): string | undefined {
  const text = node.getText();
  if (text === "exports" || text === "module.exports") return "";
  if (ts.isIdentifier(node)) return text;
  if (ts.isPropertyAccessExpression(node)) return join(targetName(node.expression), suffix(node.name));
  if (ts.isElementAccessExpression(node)) return join(targetName(node.expression), elementSuffix(node.argumentExpression));
  return undefined;
}

function join(object: string | undefined, key: string | undefined): string | undefined {
  if (object === undefined || key === undefined) return undefined;
  return object === "" ? key.replace(/^\./, "") : object + key;
}

function suffix(name: ts.PropertyName): string | undefined {
  if (ts.isIdentifier(name)) return `.${name.text}`;
  if (ts.isPrivateIdentifier(name)) return undefined;
  return elementSuffix(ts.isComputedPropertyName(name) ? name.expression : name, ts.isComputedPropertyName(name));
}

function elementSuffix(node: ts.Expression | ts.PropertyName, computed = true): string | undefined {
  if (!computed && ts.isStringLiteral(node) && ts.isIdentifierStart(node.text.codePointAt(0) ?? 0, ts.ScriptTarget.Latest)) {
    if (/^[\p{ID_Continue}$]*$/u.test(node.text)) return `.${node.text}`;
  }
  return isSteady(node) ? `[${node.getText()}]` : undefined;
}

function isSteady(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node)) return isSteady(node.expression);
  if (ts.isElementAccessExpression(node)) return isSteady(node.expression) && isSteady(node.argumentExpression);
  return ts.isIdentifier(node) || ts.isStringLiteral(node) || ts.isNumericLiteral(node);
}

function visitValue(node: ts.Node, name: string, binding: ts.Node, see: See): void {
  if (isAssignment(node)) {
    visitValue(node.right, name, binding, see);
  } else if (isWrapper(node)) {
    visitValue(node.expression, name, binding, see);
  } else if (ts.isObjectLiteralExpression(node)) {
    for (const property of node.properties) visitMember(property, name, see);
  } else if (ts.isClassLike(node)) {
    for (const item of node.members) visitMember(item, name || node.name?.text || "default", see);
  } else if (ts.isFunctionDeclaration(node) || ts.isFunctionExpression(node)) {
    if (isGenerator(node)) see(name || node.name?.text || "default", node, binding);
  }
}

function isWrapper(
  node: ts.Node,
): node is ts.ParenthesizedExpression | ts.AsExpression | ts.SatisfiesExpression | ts.NonNullExpression | ts.TypeAssertion {
  return (
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isTypeAssertionExpression(node)
  );
}

function visitMember(node: ts.ObjectLiteralElementLike | ts.ClassElement, object: string, see: See): void {
  const name = node.name && join(object, suffix(node.name));
  if (name === undefined) return;
  if (ts.isMethodDeclaration(node)) {
    if (isGenerator(node)) see(name, node, node);
  } else if ((ts.isPropertyAssignment(node) || ts.isPropertyDeclaration(node)) && node.initializer) {
    visitValue(node.initializer, name, node, see);
  }
}

function isGenerator(node: ts.FunctionDeclaration | ts.FunctionExpression | ts.MethodDeclaration): boolean {
  return Boolean(node.asteriskToken && node.body);
}

function has(node: ts.Node, kind: ts.SyntaxKind): boolean {
  return ts.canHaveModifiers(node) && Boolean(node.modifiers?.some((modifier) => modifier.kind === kind));
}
