/**
 * How a generator function is called in the source: `bogosort`, `Worker.run`.
 */
import type { Node, NodePath } from "./babel";

const anonymous = "(anonymous)";

/**
 * The name of a function by its place in the source.
 *
 * @param parent the path that holds the function
 */
export function functionName(node: Node, parent: NodePath | null): string {
  if (/^Class(Private)?Method$/.test(node.type)) return memberName(node, parent);
  if (node.type === "ObjectMethod") return keyName(node);
  return idName(node) ?? boundName(node, parent) ?? anonymous;
}

/** The name that the place gives: a variable, a member, the default export. */
function boundName(node: Node, holder: NodePath | null): string | undefined {
  const owner = holder?.node;
  if (!owner) return undefined;
  if (owner.type === "VariableDeclarator") return idName(owner);
  if (owner.type === "AssignmentExpression" && owner.right === node) return targetName(owner.left as Node);
  if (owner.type === "ObjectProperty") return keyName(owner);
  if (/^Class(Private)?Property$/.test(owner.type)) return memberName(owner, holder.parentPath);
  if (owner.type === "ExportDefaultDeclaration") return "default";
  return undefined;
}

function memberName(member: Node, body: NodePath | null): string {
  const owner = body?.parentPath;
  const className = owner ? (idName(owner.node) ?? boundName(owner.node, owner.parentPath)) : undefined;
  return className ? `${className}.${keyName(member)}` : keyName(member);
}

function idName(node: Node): string | undefined {
  const id = node.id as Node | null | undefined;
  return id?.type === "Identifier" ? (id.name as string) : undefined;
}

function targetName(target: Node): string | undefined {
  if (target.type === "Identifier") return target.name as string;
  return target.type === "MemberExpression" ? dotted(target.property as Node) : undefined;
}

function keyName(member: Node): string {
  const key = member.key as Node;
  const name = dotted(key);
  if (name === undefined) return anonymous;
  return member.computed ? `[${name}]` : name;
}

/** `a.b.c` of an expression that is a name or a path of names. */
export function dotted(node: Node): string | undefined {
  if (node.type === "Identifier") return node.name as string;
  if (node.type === "PrivateName") return `#${dotted(node.id as Node)}`;
  if (node.type === "StringLiteral" || node.type === "NumericLiteral") return String(node.value);
  if (!/^(Optional)?MemberExpression$/.test(node.type)) return undefined;
  return `${dotted(node.object as Node)}.${dotted(node.property as Node)}`;
}
