/**
 * Marks the expressions in the source whose value is a promise of which is known what fulfils it: `Promise.all` and the like, the promises of
 * `node:timers`, and `new Promise((resolve) => setTimeout(resolve, delay))`.
 */
import type { Binding, Node, NodePath } from "../babel";
import { names } from "../pointMarks";
import { call, identifier, text } from "../syntax";

const combining = /^(?:all|allSettled|any|race)$/;
const timersModule = /^(?:node:)?timers\/promises$/;
const timersNamespace = /^(?:node:)?timers$/;
const utilModule = /^(?:node:)?util$/;

/** Expressions that are marked already. */
const marked = new WeakSet<Node>();

/** Marks a call, if it is one of them. */
export function markPromiseCall(path: NodePath): void {
  const { node } = path;
  if (marked.has(node)) return;
  const callee = node.callee as Node;
  const given = node.arguments as Node[];
  const [first] = given;
  if (!first || first.type === "SpreadElement") return;
  if (given.length === 1 && isCombining(callee, path)) {
    const { object, property } = callee as Node & { object: Node; property: Node };
    Object.assign(node, call(names.combined, object, text(property.name as string), first));
  } else if (isPromisedTimer(callee, path)) {
    given[0] = call(names.sleeping, first);
    markSlept(path);
  }
}

/** Marks a promise that is made, if it is one of them. */
export function markNewPromise(path: NodePath): void {
  const { node } = path;
  if (marked.has(node)) return;
  const [executor, ...others] = node.arguments as Node[];
  if (!executor || others.length > 0 || !isGlobal(node.callee as Node, "Promise", path)) return;
  const timer = onlyExpressionOf(executor);
  const [resolve] = (executor.params as Node[] | undefined) ?? [];
  const [callback, delay] = (timer?.arguments as Node[] | undefined) ?? [];
  if (!timer || !delay || delay.type === "SpreadElement" || !isGlobal(timer.callee as Node, "setTimeout", path)) return;
  if (!resolve || !callback || !resolves(callback, resolve)) return;
  (timer.arguments as Node[])[1] = call(names.sleeping, delay, identifier("setTimeout"));
  markSlept(path);
}

function markSlept(path: NodePath): void {
  marked.add(path.node);
  path.replaceWith(call(names.slept, path.node));
}

function isCombining({ type, computed, object, property }: Node, path: NodePath): boolean {
  if (type !== "MemberExpression" || computed || !isGlobal(object as Node, "Promise", path)) return false;
  return combining.test((property as Node).name as string);
}

function isGlobal({ type, name }: Node, wanted: string, { scope }: NodePath): boolean {
  return type === "Identifier" && name === wanted && !scope.getBinding(wanted);
}

/** The expression that is all that a function does; undefined if it is anything else. */
function onlyExpressionOf({ type, async, generator, body }: Node): Node | undefined {
  if (!/Function/.test(type) || async || generator) return undefined;
  const block = body as Node & { body: Node[] };
  const only = block.type === "BlockStatement" ? (block.body.length === 1 ? block.body[0] : undefined) : undefined;
  const expression = block.type === "BlockStatement" ? (only?.expression ?? (only?.argument as unknown)) : block;
  return (expression as Node | undefined)?.type === "CallExpression" ? (expression as Node) : undefined;
}

/** Whether a callback is the function that resolves the promise, or does nothing else than to call it. */
function resolves(callback: Node, { type, name }: Node): boolean {
  const called = onlyExpressionOf(callback)?.callee as Node | undefined;
  const resolving = callback.type === "Identifier" ? callback : called;
  return type === "Identifier" && resolving?.type === "Identifier" && resolving.name === name;
}

/** Whether what is called is `setTimeout` of `node:timers/promises`, or what `promisify` makes of the other one. */
function isPromisedTimer(callee: Node, path: NodePath): boolean {
  if (callee.type === "Identifier") {
    const binding = path.scope.getBinding(callee.name as string);
    return binding !== undefined && (isImported(binding, "setTimeout") || isDeclaredTimer(binding));
  }
  if (callee.type !== "MemberExpression" || callee.computed || (callee.property as Node).name !== "setTimeout") return false;
  return isTimers(callee.object as Node, path);
}

function isImported({ path: { node, parent } }: Binding, name: string): boolean {
  const from = (parent.source as Node | undefined)?.value as string;
  return node.type === "ImportSpecifier" && timersModule.test(from) && (node.imported as Node).name === name;
}

/** Whether a constant is the timer: `const { setTimeout: sleep } = require(…)`, `const sleep = promisify(setTimeout)`. */
function isDeclaredTimer({ kind, path, identifier: declared }: Binding): boolean {
  const { type, id, init } = path.node as Node & { id: Node; init: Node | null };
  if (kind !== "const" || type !== "VariableDeclarator" || !init) return false;
  if (id.type === "Identifier") return isPromisified(init, path);
  const properties = id.type === "ObjectPattern" ? (id.properties as Node[]) : [];
  const property = properties.find(({ value }) => value === declared);
  return property !== undefined && (property.key as Node).name === "setTimeout" && isTimers(init, path);
}

function isPromisified({ type, callee, arguments: given = [] }: Node, path: NodePath): boolean {
  const [timer] = given as Node[];
  if (type !== "CallExpression" || !timer || !isGlobal(timer, "setTimeout", path)) return false;
  const { type: kind, name, object, property } = callee as Node & { object?: Node; property?: Node };
  if (kind === "MemberExpression") return property?.name === "promisify" && isModule(object as Node, utilModule, path);
  const binding = kind === "Identifier" ? path.scope.getBinding(name as string) : undefined;
  const from = (binding?.path.parent.source as Node | undefined)?.value as string;
  if (binding?.path.node.type === "ImportSpecifier") return utilModule.test(from) && name === "promisify";
  const { init } = (binding?.path.node ?? {}) as { init?: Node };
  return name === "promisify" && init !== undefined && isModule(init, utilModule, path);
}

/** Whether an expression is the module `node:timers/promises`. */
function isTimers(node: Node, path: NodePath): boolean {
  const { type, object, property } = node;
  if (type !== "MemberExpression") return isModule(node, timersModule, path);
  return (property as Node).name === "promises" && isModule(object as Node, timersNamespace, path);
}

/** Whether an expression is a module: `require(…)`, or a name that was imported or declared for it. */
function isModule({ type, name, callee, arguments: given = [] }: Node, wanted: RegExp, path: NodePath): boolean {
  if (type === "CallExpression") {
    const [id] = given as Node[];
    return isGlobal(callee as Node, "require", path) && id?.type === "StringLiteral" && wanted.test(id.value as string);
  }
  const binding = type === "Identifier" ? path.scope.getBinding(name as string) : undefined;
  if (!binding) return false;
  const { node, parent } = binding.path;
  if (/^Import(?:Default|Namespace)Specifier$/.test(node.type)) return wanted.test((parent.source as Node).value as string);
  const { init, id } = node as Node & { init?: Node; id?: Node };
  return (
    binding.kind === "const" && id?.type === "Identifier" && init !== undefined && init !== null && isModule(init, wanted, path)
  );
}
