/** Which async functions become tasks of an observed program: those of which a generator can do the same. */
import type { Node } from "../babel";
import { childrenOf } from "../children";

/** Functions and parts of classes that have a `this` of their own. */
const hasOwnThis =
  /^(?:Function(?:Declaration|Expression)|(?:Object|Class(?:Private)?)Method|Class(?:Private|Accessor)?Property|StaticBlock)$/;

/** The nodes of a function without those of other functions in it; those of arrow functions count. */
export function* ownNodes(node: Node): Generator<Node> {
  for (const child of childrenOf(node)) {
    yield child;
    if (!hasOwnThis.test(child.type)) yield* ownNodes(child);
    else if (child.computed) yield* ownNodes({ type: "Key", key: child.key });
  }
}

/** Whether the code in a node is that of the function around it. */
export function isOwnCode({ type }: Node): boolean {
  return !hasOwnThis.test(type) && type !== "ArrowFunctionExpression";
}

/** The same without those of arrow functions: what an `await` of the function can be in. */
export function* ownCode(node: Node): Generator<Node> {
  for (const child of childrenOf(node)) {
    yield child;
    if (isOwnCode(child)) yield* ownCode(child);
    else if (child.computed) yield* ownCode({ type: "Key", key: child.key });
  }
}

export function* allNodes(node: Node): Generator<Node> {
  for (const child of childrenOf(node)) {
    yield child;
    yield* allNodes(child);
  }
}

/** Whether a function is an async one, and a generator can do the same in its place. */
export function becomesTask(node: Node): boolean {
  if (!node.async || (node.generator && !canBeDriven(node))) return false;
  for (const own of ownCode(node)) if (isLowered(own)) return false;
  for (const own of ownNodes(node)) if (isBoundToPlace(own, node.type === "ArrowFunctionExpression")) return false;
  for (const { type, name } of allNodes(node)) if (type === "Identifier" && name === "yield") return false;
  return !hasRepeatedNames(node.params as Node[]);
}

/**
 * Whether the code of an async generator can be that of a generator within it. Its parameters are evaluated later, when it is first resumed.
 * What it returns is awaited when its code has ended, where no `try` can see that. And where it is closed, its code must end.
 */
function canBeDriven(node: Node): boolean {
  const params = node.params as Node[];
  if (!params.every(({ type, argument }) => type === "Identifier" || (argument as Node | undefined)?.type === "Identifier"))
    return false;
  for (const own of ownCode(node)) {
    if (own.type === "YieldExpression" && own.delegate) return false;
    if (own.type !== "TryStatement") continue;
    for (const { type, argument } of ownCode(own)) if (type === "ReturnStatement" && argument) return false;
    for (const { type } of own.finalizer ? ownCode(own.finalizer as Node) : []) if (leaves.test(type)) return false;
  }
  return true;
}

/** What may lead out of a `finally`, or suspends it where it could be closed again. */
const leaves = /^(?:Return|Break|Continue)Statement$|^YieldExpression$/;

/** Whether a statement is replaced by others that await something by themselves. */
function isLowered({ type, kind }: Node): boolean {
  return type === "VariableDeclaration" && /using$/.test(kind as string);
}

/** Whether a part of a function would not mean the same in the generator. */
export function isBoundToPlace({ type, name, callee, object, property }: Node, isArrow: boolean): boolean {
  if (type === "CallExpression") return (callee as Node).name === "eval" || (callee as Node).type === "Super";
  if (isArrow) return type === "MetaProperty" || (type === "Identifier" && name === "arguments");
  return type === "MemberExpression" && (object as Node).name === "arguments" && (property as Node).name === "callee";
}

/** Whether two parameters have the same name, which methods must not have. */
export function hasRepeatedNames(parameters: readonly Node[]): boolean {
  const plain = parameters.flatMap(({ type, name }) => (type === "Identifier" ? [name] : []));
  return new Set(plain).size < plain.length;
}
