/**
 * Decorators of the kind of `experimentalDecorators`: functions that are called with the prototype, the name and the descriptor, after
 * the class was created.
 */
import type { NodePath, Visitor } from "@babel/traverse";
import * as t from "@babel/types";
import type { File } from "../babel/file";
import { lowerAccessors } from "./accessors";
import { isMetadata } from "./metadata";

type Member = t.ClassMethod | t.ClassProperty;

/** Must be called for inner classes before outer ones. */
export function lowerLegacyDecorators(path: NodePath<t.Class>, file: File): void {
  const decorated = lowerAccessors(path);
  if (path.isClassDeclaration()) new LegacyClass(path, file, decorated).lower();
}

class LegacyClass {
  constructor(
    readonly path: NodePath<t.ClassDeclaration>,
    readonly file: File,
    /** The decorators of converted accessors, by the getter. */
    readonly accessors: ReadonlyMap<t.Node, t.Decorator[]>,
  ) {}

  lower(): void {
    const { node } = this.path;
    const members = node.body.body.filter((member) => t.isClassMethod(member) || t.isClassProperty(member));
    const owner = this.#owner();
    const calls = [false, true].flatMap((isStatic) =>
      members
        .filter((member) => member.static === isStatic || (!member.static && !isStatic))
        .flatMap((member) => this.#call(member, owner)),
    );
    const own = this.#classDecorators(members);
    node.body.body = node.body.body.filter((member) => !(t.isClassProperty(member) && member.declare));
    if (calls.some((call) => usesPrivateNames(call))) node.body.body.push(t.staticBlock(calls.splice(0)));
    if (own.length > 0) this.#replaceClass(owner, calls, own);
    else if (calls.length > 0) this.#insertBehind(calls);
  }

  #owner(): t.Identifier {
    const { node, scope } = this.path;
    const isDecorated = (node.decorators ?? []).length > 0 || node.body.body.some((member) => "decorators" in member);
    if (!node.id && isDecorated) {
      const name = t.callExpression(this.file.addHelper("setFunctionName"), [t.thisExpression(), t.stringLiteral("default")]);
      node.body.body.unshift(t.staticBlock([t.expressionStatement(name)]));
      node.id = scope.parent.generateUidIdentifier("default");
    }
    return node.id ?? t.identifier("undefined");
  }

  /** The call that decorates a member, if it has decorators. */
  #call(member: Member, owner: t.Identifier): t.Statement[] {
    if (t.isClassMethod(member, { kind: "constructor" })) return [];
    const decorators = this.#decoratorsOf(member, this.accessors.get(member) ?? member.decorators ?? []);
    delete member.decorators;
    if (decorators.length === 0) return [];
    const target = member.static ? t.cloneNode(owner) : t.memberExpression(t.cloneNode(owner), t.identifier("prototype"));
    const kind = t.isClassMethod(member) ? t.nullLiteral() : t.unaryExpression("void", t.numericLiteral(0));
    const args = [t.arrayExpression(decorators), target, this.#keyOf(member), kind];
    return [located(t.expressionStatement(t.callExpression(this.file.addHelper("decorate"), args)), decorators[0])];
  }

  /** The decorators of the member, then those of its parameters, then its type metadata. */
  #decoratorsOf(member: Member, decorators: readonly t.Decorator[]): t.Expression[] {
    const written = decorators.filter((each) => !isMetadata.has(each));
    const types = decorators.filter((each) => isMetadata.has(each));
    const parameters = t.isClassMethod(member) ? this.#parameterDecorators(member) : [];
    return [...written.map(expressionOf), ...parameters, ...types.map(expressionOf)];
  }

  #parameterDecorators({ params }: t.ClassMethod): t.Expression[] {
    return params.flatMap((parameter, index) => {
      const decorators = (parameter as t.Identifier).decorators ?? [];
      delete (parameter as t.Identifier).decorators;
      return decorators.map(({ expression }) =>
        t.callExpression(this.file.addHelper("parameter"), [t.numericLiteral(index), expression]),
      );
    });
  }

  #keyOf(member: Member): t.Expression {
    const { key } = member;
    if (!member.computed) return t.isIdentifier(key) ? t.stringLiteral(key.name) : t.cloneNode(key as t.Expression);
    if (t.isLiteral(key)) return t.cloneNode(key);
    const name = this.path.scope.parent.generateDeclaredUidIdentifier("key");
    member.key = t.assignmentExpression("=", name, key as t.Expression);
    return t.cloneNode(name);
  }

  #classDecorators(members: readonly Member[]): t.Expression[] {
    const { node } = this.path;
    const decorators = node.decorators ?? [];
    delete node.decorators;
    const maker = members.find((member) => t.isClassMethod(member, { kind: "constructor" }));
    const parameters = maker ? this.#parameterDecorators(maker as t.ClassMethod) : [];
    const written = decorators.filter((each) => !isMetadata.has(each)).map(expressionOf);
    if (written.length === 0 && parameters.length === 0) return [];
    return [...written, ...parameters, ...decorators.filter((each) => isMetadata.has(each)).map(expressionOf)];
  }

  #insertBehind(statements: t.Statement[]): void {
    const { path } = this;
    const { parentPath } = path;
    if (parentPath.isExportDeclaration()) parentPath.insertAfter(statements);
    else path.insertAfter(statements);
  }

  /** Converts a decorated class to a variable: decorators can replace the class, also for references inside it. */
  #replaceClass(owner: t.Identifier, calls: t.Statement[], decorators: t.Expression[]): void {
    const { path } = this;
    const { parentPath } = path;
    const alias = this.#renameWithin(owner.name);
    const name = () => t.identifier(owner.name);
    const expression = t.toExpression(t.cloneNode(path.node, false)) as t.ClassExpression;
    const variable = t.inherits(t.variableDeclaration("let", [t.variableDeclarator(name(), expression)]), path.node);
    const decorated = t.callExpression(this.file.addHelper("decorate"), [t.arrayExpression(decorators), name()]);
    const value = alias ? t.assignmentExpression("=", t.identifier(alias), decorated) : decorated;
    const last = located(t.expressionStatement(t.assignmentExpression("=", name(), value)), decorators[0]);
    if (parentPath.isExportDefaultDeclaration()) {
      const exported = t.exportNamedDeclaration(null, [t.exportSpecifier(name(), t.identifier("default"))]);
      parentPath.replaceWithMultiple([variable, ...calls, last, exported]);
    } else if (parentPath.isExportNamedDeclaration()) {
      parentPath.replaceWithMultiple([t.exportNamedDeclaration(variable), ...calls, last]);
    } else {
      path.replaceWithMultiple([variable, ...calls, last]);
    }
  }

  #renameWithin(name: string): string | undefined {
    const { path } = this;
    const outer = path.scope.parent;
    const references: NodePath[] = [];
    path.get("body").traverse({
      ReferencedIdentifier(reference: NodePath<t.Identifier>) {
        if (reference.node.name === name && isClassName(reference, path)) references.push(reference);
      },
    } as Visitor);
    if (references.length === 0) return undefined;
    const alias = outer.generateDeclaredUidIdentifier(name).name;
    for (const reference of references) (reference.node as t.Identifier).name = alias;
    const set = t.assignmentExpression("=", t.identifier(alias), t.thisExpression());
    path.node.body.body.unshift(t.staticBlock([t.expressionStatement(set)]));
    return alias;
  }
}

/** Whether a name within a class refers to that class. */
function isClassName({ node, scope }: NodePath<t.Identifier>, owner: NodePath<t.Class>): boolean {
  for (let at = scope; at && at !== owner.scope; at = at.parent) if (at.hasOwnBinding(node.name)) return false;
  return true;
}

function usesPrivateNames(statement: t.Statement): boolean {
  let uses = false;
  t.traverseFast(statement, ({ type }) => {
    uses ||= type === "PrivateName";
  });
  return uses;
}

function expressionOf({ expression }: t.Decorator): t.Expression {
  return expression;
}

function located<T extends t.Node>(node: T, at: t.Node | undefined): T {
  node.loc = at?.loc;
  return node;
}
