/**
 * Converts `accessor x = 1` to a getter and a setter for a private field.
 */
import type { NodePath } from "@babel/traverse";
import * as t from "@babel/types";

/** Returns the decorators of each accessor, by its getter. */
export function lowerAccessors(path: NodePath<t.Class>): Map<t.Node, t.Decorator[]> {
  const decorators = new Map<t.Node, t.Decorator[]>();
  const { body } = path.node;
  body.body = body.body.flatMap((member, index) => {
    if (!t.isClassAccessorProperty(member)) return [member];
    const storage = t.privateName(t.identifier(`yieldpoint$accessor${index}`));
    const [field, getter, setter] = accessorOf(member, storage, path);
    if (member.decorators) decorators.set(getter as t.Node, member.decorators);
    return [field, getter, setter] as t.ClassBody["body"];
  });
  return decorators;
}

function accessorOf(member: t.ClassAccessorProperty, storage: t.PrivateName, path: NodePath<t.Class>): t.Node[] {
  const { key, computed, static: isStatic } = member;
  const owner = () => (isStatic && path.node.id ? t.cloneNode(path.node.id) : t.thisExpression());
  const stored = () => t.memberExpression(owner(), t.cloneNode(storage));
  const [getKey, setKey] = keysOf(key as t.Expression, computed ?? false, path);
  const get = [t.returnStatement(stored())];
  const set = [t.expressionStatement(t.assignmentExpression("=", stored(), t.identifier("value")))];
  const field = t.inherits(t.classPrivateProperty(storage, member.value ?? null, undefined, isStatic), member);
  delete field.decorators;
  return [
    field,
    method("get", getKey, [], get, computed ?? false, isStatic ?? false),
    method("set", setKey, [t.identifier("value")], set, computed ?? false, isStatic ?? false),
  ];
}

/** The keys of the getter and the setter. A computed name is evaluated only once. */
function keysOf(key: t.Expression, isComputed: boolean, path: NodePath<t.Class>): [t.Expression, t.Expression] {
  if (!isComputed || t.isLiteral(key)) return [key, t.cloneNode(key)];
  const name = path.scope.parent.generateDeclaredUidIdentifier("key");
  return [t.assignmentExpression("=", name, key), t.cloneNode(name)];
}

function method(
  kind: "get" | "set",
  key: t.Expression,
  parameters: t.Identifier[],
  body: t.Statement[],
  isComputed: boolean,
  isStatic: boolean,
): t.Node {
  if (t.isPrivateName(key)) return t.classPrivateMethod(kind, key, parameters, t.blockStatement(body), isStatic);
  return t.classMethod(kind, key, parameters, t.blockStatement(body), isComputed, isStatic);
}
