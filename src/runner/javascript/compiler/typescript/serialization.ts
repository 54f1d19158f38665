/**
 * Serializes a type to the value that represents it at run time: `Number`, a class, or `Object` if nothing more specific is known.
 */
import type { Scope } from "@babel/traverse";
import * as t from "@babel/types";
import { exportedDeclaration } from "./declarations";
import { memberName } from "./enums";

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
export function serialized(type: t.Node | undefined, context: TypeContext): t.Expression {
  if (!type) return t.identifier("Object");
  if (nothing.has(type.type) || isAssertion(type)) return undefinedValue();
  const keyword = byKeyword[type.type];
  if (keyword) return t.identifier(keyword);
  switch (type.type) {
    case "TSLiteralType":
      return t.identifier(byLiteral[type.literal.type] ?? "Object");
    case "TSParenthesizedType":
    case "TSOptionalType":
      return serialized(type.typeAnnotation, context);
    case "TSTypeOperator":
      return type.operator === "readonly" ? serialized(type.typeAnnotation, context) : t.identifier("Object");
    case "TSUnionType":
      return common(type.types, context);
    case "TSIntersectionType":
      if (type.types.some((each) => t.isTSNeverKeyword(each))) return undefinedValue();
      return common(
        type.types.filter((each) => !t.isTSUnknownKeyword(each)),
        context,
      );
    case "TSConditionalType":
      return common([type.trueType, type.falseType], context);
    case "TSTypeReference":
      return referred(type.typeName, context);
    default:
      return t.identifier("Object");
  }
}

function isAssertion(type: t.Node): boolean {
  return t.isTSTypePredicate(type) && type.asserts === true;
}

/** The value that all of the types have in common, or else `Object`. `null` and `undefined` count if they are distinct types. */
function common(types: readonly t.TSType[], context: TypeContext): t.Expression {
  const counted = types.filter((type) => !t.isTSNeverKeyword(type) && (context.nothingCounts || !isNullish(type)));
  const [first, ...rest] = counted.map((type) => serialized(type, context));
  if (!first) return undefinedValue();
  return rest.every((value) => t.isNodesEquivalent(value, first)) ? first : t.identifier("Object");
}

function isNullish(type: t.TSType): boolean {
  return t.isTSNullKeyword(type) || t.isTSUndefinedKeyword(type);
}

/** The value for a type reference. A class represents itself; a type alias is represented by its definition. */
function referred(name: t.TSEntityName, context: TypeContext): t.Expression {
  if (t.isTSQualifiedName(name)) {
    const found = memberOf(name, context);
    return found && !t.isClass(found) ? declared(found, context) : guarded(name);
  }
  if (!t.isIdentifier(name)) return t.identifier("Object");
  const declaration = declarationOf(name.name, context.scope);
  if (t.isImportDeclaration(declaration)) return imported(name, declaration, context);
  if (!declaration && isTypeParameter(name.name, context.scope)) return t.identifier("Object");
  if (!declaration) return name.name === "ReadonlyArray" ? t.identifier("Array") : guarded(name);
  return t.isClass(declaration) ? t.identifier(name.name) : declared(declaration, context);
}

function declared(declaration: t.Node, context: TypeContext): t.Expression {
  if (t.isTSTypeAliasDeclaration(declaration) && !declaration.typeParameters)
    return serialized(declaration.typeAnnotation, context);
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
    const declaration = declarationIn(at.block, name);
    if (declaration) return declaration;
  }
  return undefined;
}

function declarationIn(block: t.Node, name: string): t.Node | undefined {
  const found = statementsOf(block).filter((statement) => declares(statement, name));
  return found.find((statement) => t.isClass(statement)) ?? found[0];
}

/** The declaration that `A.B` refers to, if that is in a namespace or an enum of this file. A member stands for an enum of its own. */
function memberOf({ left, right }: t.TSQualifiedName, context: TypeContext): t.Node | undefined {
  for (const owner of ownersOf(left, context)) {
    if (t.isTSModuleBlock(owner)) {
      const found = declarationIn(owner, right.name);
      if (found) return found;
    } else {
      const members = owner.members.filter((member) => memberName(member) === right.name);
      if (members.length > 0) return { ...owner, members };
    }
  }
  return undefined;
}

/** All declarations of the namespace or enum that a name refers to. */
function ownersOf(name: t.TSEntityName, context: TypeContext): (t.TSModuleBlock | t.TSEnumDeclaration)[] {
  for (let at: Scope | undefined = context.scope; at && t.isIdentifier(name); at = at.parent) {
    const found = statementsOf(at.block).filter((statement) => declares(statement, name.name));
    if (found.length > 0) return found.flatMap(ownerOf);
  }
  const member = t.isTSQualifiedName(name) ? memberOf(name, context) : undefined;
  return member ? ownerOf(member) : [];
}

function ownerOf(declaration: t.Node): (t.TSModuleBlock | t.TSEnumDeclaration)[] {
  if (t.isTSEnumDeclaration(declaration)) return [declaration];
  return t.isTSModuleDeclaration(declaration) && t.isTSModuleBlock(declaration.body) ? [declaration.body] : [];
}

function declares(statement: t.Node, name: string): boolean {
  if (t.isImportDeclaration(statement)) return statement.specifiers.some(({ local }) => local.name === name);
  return "id" in statement && t.isIdentifier(statement.id, { name });
}

function statementsOf(block: t.Node): t.Node[] {
  const body = "body" in block ? block.body : [];
  const statements = Array.isArray(body) ? body : t.isBlockStatement(body as t.Node) ? (body as t.BlockStatement).body : [];
  return (statements as t.Node[]).map((statement) => (t.isExportDeclaration(statement) && exportedIn(statement)) || statement);
}

function exportedIn(statement: t.ExportDeclaration): t.Node | null | undefined {
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
