/**
 * Removes everything from a file that exists only for the type checker. What is left are values, some of them still in syntax that is
 * not JavaScript.
 */
import type { NodePath, Visitor } from "@babel/traverse";
import * as t from "@babel/types";

/** Removes the types from a program. */
export function stripTypes(program: NodePath<t.Program>): void {
  program.traverse(visitor);
}

const visitor: Visitor = {
  "TSInterfaceDeclaration|TSTypeAliasDeclaration|TSDeclareFunction|TSNamespaceExportDeclaration": (path: NodePath) =>
    removeDeclaration(path),
  TSModuleDeclaration(path) {
    const { declare, id } = path.node;
    if (declare || t.isStringLiteral(id) || path.node.global) removeDeclaration(path);
  },
  TSEnumDeclaration(path) {
    // The members of an ambient `const enum` are inlined where they are used, so the declaration is needed.
    if (path.node.declare && !path.node.const) removeDeclaration(path);
  },
  VariableDeclaration(path) {
    if (path.node.declare) removeDeclaration(path);
  },
  VariableDeclarator: ({ node }) => drop(node, "definite"),
  Class: stripClass,
  Function: stripFunction,
  "ClassProperty|ClassPrivateProperty|ClassAccessorProperty": (path: NodePath) => stripField(path as NodePath<t.ClassProperty>),
  "TSDeclareMethod|TSIndexSignature": (path: NodePath) => path.remove(),
  "Identifier|ObjectPattern|ArrayPattern|AssignmentPattern|RestElement": ({ node }: NodePath) =>
    drop(node, "typeAnnotation", "optional"),
  "TSAsExpression|TSSatisfiesExpression|TSNonNullExpression|TSTypeAssertion|TSInstantiationExpression": (path: NodePath) => {
    let { node } = path;
    while (isWrapper(node)) node = node.expression;
    path.replaceWith(node);
  },
  "CallExpression|NewExpression|TaggedTemplateExpression|JSXOpeningElement|OptionalCallExpression": ({ node }: NodePath) =>
    drop(node, "typeParameters", "typeArguments"),
  ImportDeclaration(path) {
    if (path.node.importKind === "type") path.remove();
  },
  ExportAllDeclaration(path) {
    if (path.node.exportKind === "type") path.remove();
  },
  ExportNamedDeclaration(path) {
    if (path.node.exportKind === "type" && !path.node.declaration) path.remove();
  },
  ExportSpecifier(path) {
    if (path.node.exportKind === "type") path.remove();
  },
  TSImportEqualsDeclaration(path) {
    if (path.node.importKind === "type") path.remove();
  },
};

type Wrapper =
  | t.TSAsExpression
  | t.TSSatisfiesExpression
  | t.TSNonNullExpression
  | t.TSTypeAssertion
  | t.TSInstantiationExpression;

/** Whether an expression only adds type information to another one. */
function isWrapper(node: t.Node): node is Wrapper {
  return /^TS(AsExpression|SatisfiesExpression|NonNullExpression|TypeAssertion|InstantiationExpression)$/.test(node.type);
}

/** Removes a declaration, with its `export` if it has one. */
function removeDeclaration(path: NodePath): void {
  const { parentPath } = path;
  if (parentPath?.isExportNamedDeclaration() || parentPath?.isExportDefaultDeclaration()) parentPath.remove();
  else path.remove();
}

function drop(node: t.Node, ...fields: string[]): void {
  for (const field of fields) if (field in node) delete (node as unknown as Record<string, unknown>)[field];
}

function stripClass(path: NodePath<t.Class>): void {
  const { node } = path;
  if (t.isClassDeclaration(node) && node.declare) {
    removeDeclaration(path);
    return;
  }
  drop(node, "typeParameters", "superTypeParameters", "superTypeArguments", "implements", "abstract");
}

function stripFunction({ node }: NodePath<t.Function>): void {
  const [first] = node.params;
  if (t.isIdentifier(first, { name: "this" })) node.params.shift();
  drop(node, "typeParameters", "returnType", "predicate", "accessibility", "abstract", "override");
  if (t.isClassMethod(node) || t.isObjectMethod(node)) drop(node, "optional");
}

/** Removes the types of a field, or the field itself if it is only declared. With decorators it is kept, since they must be called. */
function stripField(path: NodePath<t.ClassProperty>): void {
  const { node } = path;
  const isDecorated = (node.decorators ?? []).length > 0;
  if ((node.declare && !isDecorated) || node.abstract) {
    path.remove();
    return;
  }
  drop(node, "typeAnnotation", "definite", "readonly", "accessibility", "override", "optional", "abstract");
}
