/**
 * Moves fields to the constructor, after the parameter properties, as the compiler does for targets without fields, or if they are
 * assigned instead of defined. This step must follow that of the decorators, which provide values of fields.
 */
import type { NodePath } from "@babel/traverse";
import * as t from "@babel/types";
import type { File } from "../babel/file";
import type { Plugin } from "../babel/plugin";
import type { Settings } from "../tsconfig";
import { atStart } from "./parameters";

type Field = t.ClassProperty | t.ClassPrivateProperty;

export function fields(file: File, settings: Settings): Plugin {
  const visitor = { Class: { exit: (path: NodePath<t.Class>) => new Fields(path, file, settings).lower() } };
  return { visitor: { Program: { exit: (program) => program.traverse(visitor) } } };
}

/** The fields of one class. */
class Fields {
  readonly #members: t.ClassBody["body"] = [];
  readonly #initializers: t.ExpressionStatement[] = [];
  /** Expressions of computed names, to be evaluated with the next computed name that stays in place. */
  #keys: t.Expression[] = [];

  constructor(
    readonly path: NodePath<t.Class>,
    readonly file: File,
    readonly settings: Settings,
  ) {}

  lower(): void {
    const { body } = this.path.node;
    for (const member of body.body) this.#member(member);
    body.body = this.#members;
    const keys = this.#keys.map((key) => t.expressionStatement(key));
    if (keys.length > 0) body.body.unshift(t.staticBlock(keys));
    if (this.#initializers.length > 0) atStart(this.#ownConstructor(), this.#initializers);
  }

  #member(member: t.ClassBody["body"][number]): void {
    if (!t.isClassProperty(member) && !t.isClassPrivateProperty(member)) this.#keep(member);
    else if (member.static) this.#static(member);
    else {
      if (t.isClassPrivateProperty(member)) this.#members.push({ ...member, value: null });
      this.#initializers.push(...this.#assigned(member));
    }
  }

  #keep(member: t.ClassBody["body"][number]): void {
    if ("computed" in member && member.computed && this.#keys.length > 0) {
      member.key = t.sequenceExpression([...this.#keys, member.key as t.Expression]);
      this.#keys = [];
    }
    this.#members.push(member);
  }

  /** Handles a static field. If fields are defined, the compiler omits static ones without a value. */
  #static(member: Field): void {
    if (t.isClassPrivateProperty(member) || (this.settings.definesFields && (member.value || member.computed)))
      this.#keep(member);
    else if (!this.settings.definesFields)
      for (const statement of this.#assigned(member)) this.#members.push(t.inherits(t.staticBlock([statement]), member));
  }

  #assigned(member: Field): t.ExpressionStatement[] {
    const value = member.value ?? (this.settings.definesFields && t.isClassProperty(member) ? undefinedValue() : undefined);
    const key = t.isClassProperty(member) ? this.#keyOf(member) : member.key;
    if (!value) return [];
    const isComputed = !t.isIdentifier(key) && !t.isPrivateName(key);
    const target = t.memberExpression(t.thisExpression(), key, isComputed || (t.isClassProperty(member) && member.computed));
    const assignment = t.assignmentExpression("=", target, value);
    const isDefined = this.settings.definesFields && t.isClassProperty(member);
    const statement = t.expressionStatement(isDefined ? this.#defined(member, key as t.Expression, value) : assignment);
    return [t.inherits(statement, member)];
  }

  #defined(member: t.ClassProperty, key: t.Expression, value: t.Expression): t.Expression {
    const name = t.isIdentifier(key) && !member.computed ? t.stringLiteral(key.name) : key;
    return t.callExpression(this.file.addHelper("defineField"), [t.thisExpression(), name, value]);
  }

  #keyOf(member: t.ClassProperty): t.Expression {
    const { key } = member;
    if (!member.computed || t.isLiteral(key)) return key as t.Expression;
    const name = this.path.scope.parent.generateDeclaredUidIdentifier("key");
    const found = t.callExpression(this.file.addHelper("toPropertyKey"), [key]);
    this.#keys.push(t.assignmentExpression("=", name, found));
    return t.cloneNode(name);
  }

  #ownConstructor(): NodePath<t.ClassMethod> {
    const members = this.path.get("body.body") as NodePath[];
    const own = members.find((member) => member.isClassMethod({ kind: "constructor" }));
    if (own) return own as NodePath<t.ClassMethod>;
    const passed = () => t.identifier("args");
    const call = t.expressionStatement(t.callExpression(t.super(), [t.spreadElement(passed())]));
    const isDerived = Boolean(this.path.node.superClass);
    const method = t.classMethod(
      "constructor",
      t.identifier("constructor"),
      isDerived ? [t.restElement(passed())] : [],
      t.blockStatement(isDerived ? [call] : []),
    );
    const body = this.path.get("body") as NodePath<t.ClassBody>;
    return body.unshiftContainer("body", method)[0] as NodePath<t.ClassMethod>;
  }
}

function undefinedValue(): t.Expression {
  return t.unaryExpression("void", t.numericLiteral(0));
}
