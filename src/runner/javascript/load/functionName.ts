/**
 * The name of a generator function in the source, by the same rule as in the finder: the path by which the module reaches it,
 * as in `bogosort`, `Worker.run`, `box.make`, `default`. Enclosing functions are not part of the name.
 */
import type { Node, NodePath } from "./babel";

export const anonymous = "(anonymous)";

const longestKey = 60;

/** Types that only wrap a value. */
const wrappers =
  /^(ParenthesizedExpression|TSAsExpression|TSSatisfiesExpression|TSNonNullExpression|TSTypeAssertion|TypeCastExpression)$/;

const identifier = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;

/**
 * The name of a function by its place in the source.
 *
 * @param source the text that it is written in
 */
export function functionName(path: NodePath, source: string): string {
  const name = placeName(path, source) ?? "";
  return name.replace(/^\./, "") || anonymous;
}

/** The name of what is defined there; undefined where nothing gives one. That of `exports` is empty. */
function placeName(path: NodePath, source: string): string | undefined {
  const { node, parentPath } = path;
  if (/^(Object|Class(Private)?)Method$/.test(node.type)) return memberName(path, source);
  const isDeclaration = /^(Function|Class)Declaration$/.test(node.type);
  const own = idName(node.id);
  if (isDeclaration && own !== undefined) return inNamespaces(own, path);
  return boundName(node, parentPath, source) ?? own;
}

/** The name that the holder of a value gives it: a variable, a target, a member, the default export. */
function boundName(node: Node, holder: NodePath | null, source: string): string | undefined {
  if (!holder) return undefined;
  const { type } = holder.node;
  if (wrappers.test(type)) return boundName(holder.node, holder.parentPath, source);
  if (type === "VariableDeclarator") {
    const name = idName(holder.node.id);
    return name === undefined ? undefined : inNamespaces(name, holder);
  }
  if (type === "AssignmentExpression" && holder.node.right === node) {
    // Of a chain the first name counts, as in `first = second = function* () {}`.
    return boundName(holder.node, holder.parentPath, source) ?? targetName(holder.node.left as Node, node, source);
  }
  if (type === "AssignmentPattern" && holder.node.right === node) return idName(holder.node.left);
  if ((type === "ObjectProperty" && holder.node.value === node) || /^Class(Private|Accessor)?Property$/.test(type)) {
    return memberName(holder, source);
  }
  return type === "ExportDefaultDeclaration" ? "default" : undefined;
}

/** `.run` behind the name of its class or object; alone where that has none. */
function memberName(member: NodePath, source: string): string {
  const holder = member.parentPath;
  const owner = holder?.node.type === "ClassBody" ? holder.parentPath : holder;
  const name = owner && !isPattern(owner.node) ? placeName(owner, source) : undefined;
  return `${name ?? ""}${keyText(member.node, source)}`;
}

function isPattern({ type }: Node): boolean {
  return type === "ObjectPattern";
}

/** What is assigned to `exports` itself has a name of its own, or is the default. */
function targetName(target: Node, value: Node, source: string): string | undefined {
  const path = pathOf(target, source);
  if (path !== "") return path;
  return value.type === "ObjectExpression" ? "" : (idName(value.id) ?? "default");
}

/** `a.b["c"]`; undefined for what is no path of names. Behind `exports` it begins with its key, as imports name it. */
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

/** `A.B` of a namespace. */
function entityName(node: Node): string {
  if (node.type === "TSQualifiedName") return `${entityName(node.left as Node)}.${entityName(node.right as Node)}`;
  return String(node.name ?? node.value);
}

/** A key as it follows its object. */
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

/** `a.b.c` of an expression that is a name or a path of names. */
export function dotted(node: Node): string | undefined {
  if (node.type === "Identifier") return node.name as string;
  if (node.type !== "MemberExpression" || node.computed) return undefined;
  const of = dotted(node.object as Node);
  const key = dotted(node.property as Node);
  return of === undefined || key === undefined ? undefined : `${of}.${key}`;
}
