/**
 * The name of a generator function, by the same rule as in the finder: the path by which code in the module refers to it, for example
 * `bogosort`, `Worker.run`, `box.make`, `default`. Enclosing functions are not part of the name.
 */
import type { Node, NodePath } from "./babel";

export const anonymous = "(anonymous)";
/** The name of the function that a module is wrapped in. */
export const wholeModule = "(module)";

const longestKey = 60;

/** Node types that only wrap a value. */
const wrappers =
  /^(ParenthesizedExpression|TSAsExpression|TSSatisfiesExpression|TSNonNullExpression|TSTypeAssertion|TypeCastExpression)$/;

const identifier = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;

/**
 * The name of a function, from its position in the source.
 *
 * @param source the text of the source
 */
export function functionName(path: NodePath, source: string): string {
  const name = placeName(path, source) ?? "";
  return name.replace(/^\./, "") || anonymous;
}

/** The name of a definition; undefined if nothing names it. The name of `exports` itself is empty. */
function placeName(path: NodePath, source: string): string | undefined {
  const { node, parentPath } = path;
  if (/^(Object|Class(Private)?)Method$/.test(node.type)) return memberName(path, source);
  const isDeclaration = /^(Function|Class)Declaration$/.test(node.type);
  const own = idName(node.id);
  if (isDeclaration && own !== undefined) return inNamespaces(own, path);
  return boundName(node, parentPath, source) ?? own;
}

/** The name that a value gets from what it is assigned to: a variable, a target, a member, the default export. */
function boundName(node: Node, holder: NodePath | null, source: string): string | undefined {
  if (!holder) return undefined;
  const { type } = holder.node;
  if (wrappers.test(type)) return boundName(holder.node, holder.parentPath, source);
  if (type === "VariableDeclarator") {
    const name = idName(holder.node.id);
    return name === undefined ? undefined : inNamespaces(name, holder);
  }
  if (type === "AssignmentExpression" && holder.node.right === node) {
    // In a chain, the first name counts: `first = second = function* () {}` is `first`.
    return boundName(holder.node, holder.parentPath, source) ?? targetName(holder.node.left as Node, node, source);
  }
  if (type === "AssignmentPattern" && holder.node.right === node) return idName(holder.node.left);
  if ((type === "ObjectProperty" && holder.node.value === node) || /^Class(Private|Accessor)?Property$/.test(type)) {
    return memberName(holder, source);
  }
  return type === "ExportDefaultDeclaration" ? "default" : undefined;
}

/** A member's name, after the name of its class or object if that has one: `Worker.run` or `.run`. */
function memberName(member: NodePath, source: string): string {
  const holder = member.parentPath;
  const owner = holder?.node.type === "ClassBody" ? holder.parentPath : holder;
  const name = owner && !isPattern(owner.node) ? placeName(owner, source) : undefined;
  return `${name ?? ""}${keyText(member.node, source)}`;
}

function isPattern({ type }: Node): boolean {
  return type === "ObjectPattern";
}

/** The name of an assignment's target. A value assigned to `exports` itself keeps its own name, or is `default`. */
function targetName(target: Node, value: Node, source: string): string | undefined {
  const path = pathOf(target, source);
  if (path !== "") return path;
  return value.type === "ObjectExpression" ? "" : (idName(value.id) ?? "default");
}

/** A path such as `a.b["c"]`; undefined if it is not a path of names. After `exports`, it begins with the key, as in imports. */
function pathOf(node: Node, source: string): string | undefined {
  if (node.type === "Identifier") return node.name === "exports" ? "" : (node.name as string);
  if (node.type === "ThisExpression") return "this";
  if (!/^(Optional)?MemberExpression$/.test(node.type)) return undefined;
  const of = pathOf(node.object as Node, source);
  const key = keyText({ ...node, key: node.property }, source);
  if (of === "module" && key === ".exports") return "";
  return of === undefined ? undefined : of + key;
}

function inNamespaces(name: string, path: NodePath): string {
  let dotted = name;
  for (let at = path.parentPath; at && !/Function|Method/.test(at.node.type); at = at.parentPath) {
    if (at.node.type === "TSModuleDeclaration") dotted = `${entityName(at.node.id as Node)}.${dotted}`;
  }
  return dotted;
}

/** A name in a namespace: `A.B`. */
function entityName(node: Node): string {
  if (node.type === "TSQualifiedName") return `${entityName(node.left as Node)}.${entityName(node.right as Node)}`;
  return String(node.name ?? node.value);
}

/** A key as it is written after its object. */
function keyText(member: Node, source: string): string {
  const key = member.key as Node;
  if (key.type === "PrivateName") return `.#${idName(key.id) ?? ""}`;
  const written = source.slice(key.start, key.end);
  if (!member.computed && key.type === "Identifier") return `.${key.name as string}`;
  if (!member.computed && key.type === "StringLiteral" && identifier.test(written.slice(1, -1)))
    return `.${written.slice(1, -1)}`;
  return `[${written.length > longestKey ? `${written.slice(0, longestKey)}…` : written}]`;
}

function idName(id: unknown): string | undefined {
  const node = id as Node | null | undefined;
  return node?.type === "Identifier" ? (node.name as string) : undefined;
}

/** The path `a.b.c` of an expression that consists only of names. */
export function dotted(node: Node): string | undefined {
  if (node.type === "Identifier") return node.name as string;
  if (node.type !== "MemberExpression" || node.computed) return undefined;
  const of = dotted(node.object as Node);
  const key = dotted(node.property as Node);
  return of === undefined || key === undefined ? undefined : `${of}.${key}`;
}
