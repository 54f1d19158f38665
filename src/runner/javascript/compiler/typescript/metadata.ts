/**
 * `emitDecoratorMetadata`: passes the run-time types of decorated members to `Reflect.metadata`.
 */
import type { NodePath } from "@babel/traverse";
import * as t from "@babel/types";
import type { File } from "../babel/file";
import { serialized, type TypeContext } from "./serialization";

/** Decorators that were generated here. They come after those of the user. */
export const isMetadata = new WeakSet<t.Node>();

/** Adds metadata to all decorated members of the file. Must be called while the types are still present. */
export function emitMetadata(program: NodePath<t.Program>, file: File, nothingCounts: boolean): void {
  program.traverse({ Class: (path) => new ClassTypes(path, file, nothingCounts).add() });
}

class ClassTypes {
  constructor(
    readonly path: NodePath<t.Class>,
    readonly file: File,
    readonly nothingCounts: boolean,
  ) {}

  get #context(): TypeContext {
    return { filename: this.file.opts.filename, scope: this.path.scope, nothingCounts: this.nothingCounts };
  }

  add(): void {
    const { node } = this.path;
    const maker = node.body.body.find((member) => t.isClassMethod(member, { kind: "constructor" })) as t.ClassMethod | undefined;
    for (const member of node.body.body) {
      if (t.isClassMethod(member) && member.kind !== "constructor" && isDecorated(member)) this.#method(member);
      else if ((t.isClassProperty(member) || t.isClassAccessorProperty(member)) && isDecorated(member)) this.#field(member);
    }
    if (maker && (node.decorators?.length || hasDecoratedParameters(maker))) {
      this.#say(node, "design:paramtypes", this.#parameterTypes(maker));
    }
  }

  #field(member: t.ClassProperty | t.ClassAccessorProperty): void {
    this.#say(member, "design:type", this.#type(member.typeAnnotation));
  }

  #method(member: t.ClassMethod): void {
    if (member.kind === "method") {
      this.#say(member, "design:type", t.identifier("Function"));
      this.#say(member, "design:paramtypes", this.#parameterTypes(member));
      this.#say(member, "design:returntype", this.#returnType(member));
      return;
    }
    this.#say(member, "design:type", this.#accessorType(member));
    const setter = member.kind === "set" ? member : this.#other(member, "set");
    this.#say(member, "design:paramtypes", setter ? this.#parameterTypes(setter) : t.arrayExpression([]));
  }

  /** The type of an accessor. A getter and a setter are one property. */
  #accessorType(member: t.ClassMethod): t.Expression {
    const setter = member.kind === "set" ? member : this.#other(member, "set");
    const getter = member.kind === "get" ? member : this.#other(member, "get");
    const given = (setter?.params[0] as t.Identifier | undefined)?.typeAnnotation ?? getter?.returnType;
    return this.#type(given);
  }

  #other({ key, static: isStatic }: t.ClassMethod, kind: "get" | "set"): t.ClassMethod | undefined {
    const found = this.path.node.body.body.find(
      (member) => t.isClassMethod(member, { kind }) && member.static === isStatic && t.isNodesEquivalent(member.key, key),
    );
    return found as t.ClassMethod | undefined;
  }

  #parameterTypes({ params }: t.ClassMethod): t.Expression {
    const isThis = t.isIdentifier(params[0], { name: "this" });
    return t.arrayExpression(params.slice(isThis ? 1 : 0).map((parameter) => this.#parameterType(parameter)));
  }

  #parameterType(parameter: t.ClassMethod["params"][number]): t.Expression {
    const plain = t.isTSParameterProperty(parameter) ? parameter.parameter : parameter;
    if (t.isRestElement(plain)) return this.#elementType(plain.typeAnnotation);
    const target = t.isAssignmentPattern(plain) ? plain.left : plain;
    return this.#type((target as t.Identifier).typeAnnotation);
  }

  /** The type of a rest parameter, which is that of its elements. */
  #elementType(annotation: t.RestElement["typeAnnotation"]): t.Expression {
    const type = t.isTSTypeAnnotation(annotation) ? annotation.typeAnnotation : undefined;
    if (t.isTSArrayType(type)) return serialized(type.elementType, this.#context);
    if (!t.isTSTypeReference(type) || !type.typeParameters?.params[0]) return t.identifier("Object");
    return serialized(type.typeParameters.params[0], this.#context);
  }

  #returnType({ async: isAsync, returnType }: t.ClassMethod): t.Expression {
    if (returnType) return this.#type(returnType);
    return isAsync ? t.identifier("Promise") : t.unaryExpression("void", t.numericLiteral(0));
  }

  #type(annotation: t.Node | null | undefined): t.Expression {
    return serialized(t.isTSTypeAnnotation(annotation) ? annotation.typeAnnotation : undefined, this.#context);
  }

  #say(target: t.Class | t.ClassMethod | t.ClassProperty | t.ClassAccessorProperty, key: string, value: t.Expression): void {
    const call = t.callExpression(this.file.addHelper("metadata"), [t.stringLiteral(key), value]);
    const decorator = t.decorator(call);
    isMetadata.add(decorator);
    target.decorators = [...(target.decorators ?? []), decorator];
  }
}

function isDecorated(member: t.ClassMethod | t.ClassProperty | t.ClassAccessorProperty): boolean {
  return (member.decorators ?? []).length > 0 || (t.isClassMethod(member) && hasDecoratedParameters(member));
}

function hasDecoratedParameters({ params }: t.ClassMethod): boolean {
  return params.some((parameter) => ((parameter as t.Identifier).decorators ?? []).length > 0);
}
