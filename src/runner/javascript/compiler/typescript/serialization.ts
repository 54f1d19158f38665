/**
 * Serializes a type to the value that represents it at run time: `Number`, a class, or `Object` if nothing more specific is known.
 */
import type { Scope } from "@babel/traverse";
import * as t from "@babel/types";
import { exportedDeclaration } from "./declarations";

const byKeyword: Record<string, string> = {
  TSStringKeyword: "String",
  TSTemplateLiteralType: "String",
  TSNumberKeyword: "Number",
  TSBooleanKeyword: "Boolean",
  TSTypePredicate: "Boolean",
  TSBigIntKeyword: "BigInt",
  TSSymbolKeyword: "Symbol",
  TSArrayType: "Array",
  TSTupleType: "Array",
  TSFunctionType: "Function",
  TSConstructorType: "Function",
};

const byLiteral: Record<string, string> = {
  StringLiteral: "String",
  TemplateLiteral: "String",
  NumericLiteral: "Number",
  UnaryExpression: "Number",
  BooleanLiteral: "Boolean",
  BigIntLiteral: "BigInt",
};

const nothing = new Set(["TSVoidKeyword", "TSUndefinedKeyword", "TSNullKeyword", "TSNeverKeyword"]);

/** The file whose types are serialized. */
export interface TypeContext {
  readonly filename: string;
  readonly scope: Scope;
  /** Whether `null` and `undefined` are distinct types. */
  readonly nothingCounts: boolean;
}

/** The value for a type; `Object` if there is no type. */
export function serialized(type: t.Node | undefined, context: TypeContext, isAlias = false): t.Expression {
  if (!type) return t.identifier("Object");
  if (nothing.has(type.type)) return undefinedValue();
  const keyword = byKeyword[type.type];
  if (keyword) return t.identifier(keyword);
  switch (type.type) {
    case "TSLiteralType":
      return t.identifier(byLiteral[type.literal.type] ?? "Object");
    case "TSParenthesizedType":
    case "TSOptionalType":
      return serialized(type.typeAnnotation, context, isAlias);
    case "TSTypeOperator":
      if (type.operator === "readonly") return serialized(type.typeAnnotation, context, isAlias);
      return t.identifier(type.operator === "unique" ? "Symbol" : "Object");
    case "TSUnionType":
    case "TSIntersectionType":
      return common(type.types, context, t.isTSUnionType(type), isAlias);
    case "TSConditionalType":
      return common([type.trueType, type.falseType], context, true, isAlias);
    case "TSTypeReference":
      return referred(type.typeName, context);
    default:
      return t.identifier("Object");
  }
}

/**
 * The value that all of the types have in common, or else `Object`. `null` and `undefined` are ignored, except in an alias if they are
 * distinct types.
 */
function common(types: readonly t.TSType[], context: TypeContext, isUnion: boolean, isAlias: boolean): t.Expression {
  const skipsNothing = isUnion && !(isAlias && context.nothingCounts);
  const counted = types.filter(({ type }) => !(skipsNothing && nothing.has(type)));
  const [first, ...rest] = counted.map((type) => serialized(type, context, isAlias));
  if (!first) return undefinedValue();
  return rest.every((value) => t.isNodesEquivalent(value, first)) ? first : t.identifier("Object");
}

/** The value for a type reference. A class represents itself; a type alias is represented by its definition. */
function referred(name: t.TSEntityName, context: TypeContext): t.Expression {
  if (t.isTSQualifiedName(name)) return guarded(name);
  if (!t.isIdentifier(name)) return t.identifier("Object");
  const declaration = declarationOf(name.name, context.scope);
  if (t.isImportDeclaration(declaration)) return imported(name, declaration, context);
  if (!declaration) return isTypeParameter(name.name, context.scope) ? t.identifier("Object") : guarded(name);
  return t.isClass(declaration) ? t.identifier(name.name) : declared(declaration, context);
}

function declared(declaration: t.Node, context: TypeContext): t.Expression {
  if (t.isTSTypeAliasDeclaration(declaration) && !declaration.typeParameters)
    return serialized(declaration.typeAnnotation, context, true);
  return t.isTSEnumDeclaration(declaration) ? enumerated(declaration) : t.identifier("Object");
}

function imported(name: t.Identifier, declaration: t.ImportDeclaration, context: TypeContext): t.Expression {
  const specifier = declaration.specifiers.find(({ local }) => local.name === name.name);
  const { imported: there, importKind } = specifier as t.ImportSpecifier;
  const exported = t.isImportSpecifier(specifier) ? (t.isIdentifier(there) ? there.name : there.value) : "default";
  const found = exportedDeclaration(context.filename, declaration.source.value, exported);
  const isClass = !found || t.isClass(found);
  // For a class imported as a type, it may only be known that it is a class.
  if (declaration.importKind === "type" || importKind === "type") return t.identifier(isClass && found ? "Function" : "Object");
  return isClass ? guarded(name) : declared(found, context);
}

function enumerated({ members }: t.TSEnumDeclaration): t.Expression {
  const texts = members.filter(({ initializer }) => t.isStringLiteral(initializer) || t.isTemplateLiteral(initializer));
  if (texts.length === 0) return t.identifier("Number");
  return t.identifier(texts.length === members.length ? "String" : "Object");
}

/** The declaration of a type or value, or its import. A class takes precedence over an interface with the same name. */
function declarationOf(name: string, scope: Scope): t.Node | undefined {
  for (let at: Scope | undefined = scope; at; at = at.parent) {
    const found = statementsOf(at.block).filter((statement) => declares(statement, name));
    const declaration = found.find((statement) => t.isClass(statement)) ?? found[0];
    if (declaration) return declaration;
  }
  return undefined;
}

function declares(statement: t.Node, name: string): boolean {
  if (t.isImportDeclaration(statement)) return statement.specifiers.some(({ local }) => local.name === name);
  return "id" in statement && t.isIdentifier(statement.id, { name });
}

function statementsOf(block: t.Node): t.Node[] {
  const body = "body" in block ? block.body : [];
  const statements = Array.isArray(body) ? body : t.isBlockStatement(body as t.Node) ? (body as t.BlockStatement).body : [];
  return (statements as t.Node[]).map((statement) => (t.isExportDeclaration(statement) && declarationIn(statement)) || statement);
}

function declarationIn(statement: t.ExportDeclaration): t.Node | null | undefined {
  return t.isExportAllDeclaration(statement) ? undefined : statement.declaration;
}

function isTypeParameter(name: string, scope: Scope): boolean {
  for (let at: Scope | undefined = scope; at; at = at.parent) {
    const parameters = (at.block as t.Class).typeParameters;
    if (t.isTSTypeParameterDeclaration(parameters) && parameters.params.some((each) => String(each.name) === name)) return true;
  }
  return false;
}

/** `typeof X === "function" ? X : Object`, if it is not known whether X exists at run time. */
function guarded(name: t.TSEntityName): t.Expression {
  const value = () => valueFor(name);
  const root = rootOf(name);
  const isFunction = t.binaryExpression("===", t.unaryExpression("typeof", value()), t.stringLiteral("function"));
  const isThere = t.binaryExpression("!==", t.unaryExpression("typeof", t.identifier(root)), t.stringLiteral("undefined"));
  return t.conditionalExpression(t.logicalExpression("&&", isThere, isFunction), value(), t.identifier("Object"));
}

function valueFor(name: t.TSEntityName): t.Expression {
  if (!t.isTSQualifiedName(name)) return t.identifier((name as t.Identifier).name);
  return t.optionalMemberExpression(valueFor(name.left), t.identifier(name.right.name), false, true);
}

function rootOf(name: t.TSEntityName): string {
  return t.isTSQualifiedName(name) ? rootOf(name.left) : (name as t.Identifier).name;
}

function undefinedValue(): t.Expression {
  return t.unaryExpression("void", t.numericLiteral(0));
}
