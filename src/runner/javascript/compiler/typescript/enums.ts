/**
 * Converts `enum` to an object that maps names to numbers, and numbers to names.
 */
import type { NodePath, Visitor } from "@babel/traverse";
import * as t from "@babel/types";
import type { File } from "../babel/file";
import { type Home, isBoundWithin, openObject } from "./merging";

/** @param members the names in all declarations of this enum, which can be used without the enum's name */
export function lowerEnum(path: NodePath<t.TSEnumDeclaration>, members: ReadonlySet<string>, home: Home, file: File): void {
  const { id, members: own } = path.node;
  qualifyMembers(path, members);
  const values = valuesOf(path.node);
  const body = own.map((member, index) => {
    const statement = t.expressionStatement(assigned(id.name, memberName(member), values[index] as t.Expression, file));
    return t.inherits(statement, member);
  });
  openObject(path, id.name, id.name, body, home);
}

export function memberName({ id }: t.TSEnumMember): string {
  return t.isIdentifier(id) ? id.name : id.value;
}

/** The value of each member. A member without one is the previous value plus one. */
function valuesOf({ id, members }: t.TSEnumDeclaration): t.Expression[] {
  let next: number | undefined = 0;
  let before = "";
  return members.map((member) => {
    const value = member.initializer ?? (next === undefined ? oneMore(id.name, before) : t.numericLiteral(next));
    next = t.isNumericLiteral(value) ? value.value + 1 : undefined;
    before = memberName(member);
    return value;
  });
}

function oneMore(name: string, before: string): t.Expression {
  return t.binaryExpression("+", memberOf(name, before), t.numericLiteral(1));
}

function memberOf(name: string, member: string): t.MemberExpression {
  return t.memberExpression(t.identifier(name), t.stringLiteral(member), true);
}

function assigned(name: string, member: string, value: t.Expression, file: File): t.Expression {
  const assignment = t.assignmentExpression("=", memberOf(name, member), value);
  if (t.isStringLiteral(value)) return assignment;
  if (!t.isNumericLiteral(value)) {
    return t.callExpression(file.addHelper("enumMember"), [t.identifier(name), t.stringLiteral(member), value]);
  }
  const reverse = t.memberExpression(t.identifier(name), assignment, true);
  return t.assignmentExpression("=", reverse, t.stringLiteral(member));
}

function qualifyMembers(path: NodePath<t.TSEnumDeclaration>, members: ReadonlySet<string>): void {
  const { name } = path.node.id;
  path.traverse({
    ReferencedIdentifier(reference: NodePath<t.Identifier | t.JSXIdentifier>) {
      const { node, scope } = reference;
      if (!members.has(node.name) || isBoundWithin(scope, node.name, path.scope)) return;
      reference.replaceWith(memberOf(name, node.name));
      reference.skip();
    },
  } as Visitor);
}
