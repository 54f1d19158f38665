/**
 * Makes tasks of async functions, for observed programs: what such a function does becomes the code of a generator within it, and each `await`
 * a `yield`. The function itself stays an async one. It only resumes the generator, and awaits what that yields, so all promises are made,
 * and all microtasks run, as before:
 *
 *     async function name(parameters) { body }
 *
 * becomes
 *
 *     async function name(…) {
 *       const run = drive(number, { *name(parameters) { body } }.name, this, arguments);
 *       while (run.goesOn()) try { run.fulfilled(await run.value); } catch (reason) { run.rejected(reason); }
 *       return run.value;
 *     }
 */
import type { Node } from "./babel";
import { childrenOf } from "./children";
import { names } from "./pointMarks";
import { arrow, assigned, call, identifier, member, statement, text } from "./syntax";

interface Named {
  readonly name: string;
}

/** Functions and parts of classes that have a `this` of their own. */
const hasOwnThis =
  /^(?:Function(?:Declaration|Expression)|(?:Object|Class(?:Private)?)Method|Class(?:Private|Accessor)?Property|StaticBlock)$/;

/** The nodes of a function without those of other functions in it; those of arrow functions count. */
function* ownNodes(node: Node): Generator<Node> {
  for (const child of childrenOf(node)) {
    yield child;
    if (!hasOwnThis.test(child.type)) yield* ownNodes(child);
    else if (child.computed) yield* ownNodes({ type: "Key", key: child.key });
  }
}

/** The same without those of arrow functions: what an `await` of the function can be in. */
function* ownCode(node: Node): Generator<Node> {
  for (const child of childrenOf(node)) {
    yield child;
    if (!hasOwnThis.test(child.type) && child.type !== "ArrowFunctionExpression") yield* ownCode(child);
    else if (child.computed) yield* ownCode({ type: "Key", key: child.key });
  }
}

function* allNodes(node: Node): Generator<Node> {
  for (const child of childrenOf(node)) {
    yield child;
    yield* allNodes(child);
  }
}

/** Whether a function is an async one, and a generator can do the same in its place. */
export function becomesTask(node: Node): boolean {
  if (!node.async || node.generator) return false;
  for (const own of ownCode(node)) if (isLowered(own)) return false;
  for (const own of ownNodes(node)) if (isBoundToPlace(own, node.type === "ArrowFunctionExpression")) return false;
  for (const { type, name } of allNodes(node)) if (type === "Identifier" && name === "yield") return false;
  return !hasRepeatedNames(node.params as Node[]);
}

/** Whether a statement awaits something by itself, or is replaced by statements that do. */
function isLowered({ type, kind, await: awaits }: Node): boolean {
  return (type === "ForOfStatement" && awaits === true) || (type === "VariableDeclaration" && /using$/.test(kind as string));
}

/** Whether a part of a function would not mean the same in the generator. */
function isBoundToPlace({ type, name, callee, object, property }: Node, isArrow: boolean): boolean {
  if (type === "CallExpression") return (callee as Node).name === "eval" || (callee as Node).type === "Super";
  if (isArrow) return type === "MetaProperty" || (type === "Identifier" && name === "arguments");
  return type === "MemberExpression" && (object as Node).name === "arguments" && (property as Node).name === "callee";
}

/** Whether two parameters have the same name, which methods must not have. */
function hasRepeatedNames(parameters: readonly Node[]): boolean {
  const plain = parameters.flatMap(({ type, name }) => (type === "Identifier" ? [name] : []));
  return new Set(plain).size < plain.length;
}

/** Changes the async functions of a compiled file that are marked as functions of tasks. @param functions those of the file, by number */
export function driveAsyncFunctions(node: Node, functions: readonly Named[]): void {
  for (const child of childrenOf(node)) driveAsyncFunctions(child, functions);
  if (!node.async || node.generator) return;
  const mark = directivesOf(node).find(isMark);
  if (mark) drive(node, Number(directiveText(mark).slice(names.function.length)), functions);
}

function drive(node: Node, number: number, functions: readonly Named[]): void {
  const { params, body } = node as Node & { params: Node[]; body: Node };
  const own = [...ownNodes(node)];
  for (const inner of [...ownCode(body)]) if (inner.type === "AwaitExpression") inner.type = "YieldExpression";
  const name = /[^.\])]*$/.exec(functions[number]?.name ?? "")?.[0] ?? "";
  const generator = { type: "ObjectMethod", kind: "method", key: text(name), params, body, generator: true, async: false };
  const properties = own.some(({ type }) => type === "Super") ? [prototype(), generator] : [generator];
  const method = member({ type: "ObjectExpression", properties }, text(name));
  const directives = directivesOf(node).filter((directive) => !isMark(directive));
  node.params = parametersOfLength(params);
  const given = node.type === "ArrowFunctionExpression" ? givenToArrow(node, params, own) : [thisValue, identifier("arguments")];
  node.body = { type: "BlockStatement", directives, body: resuming(call(names.drive, number, method, ...given)) };
}

const thisValue: Node = { type: "ThisExpression" };
const nothing: Node = { type: "UnaryExpression", operator: "void", prefix: true, argument: { type: "NumericLiteral", value: 0 } };

/** As many parameters as a function's length tells, which are those before the first one that may be left out. */
function parametersOfLength(params: readonly Node[]): Node[] {
  const optional = params.findIndex(({ type }) => type === "AssignmentPattern" || type === "RestElement");
  return params.slice(0, optional < 0 ? params.length : optional).map((_, index) => identifier(names.parameter + index));
}

/** What an arrow function passes on: it has no `arguments`, and may be called where there is no `this` yet. */
function givenToArrow(node: Node, params: readonly Node[], own: readonly Node[]): Node[] {
  const named = node.params as Node[];
  const receiver = own.some(({ type }) => type === "ThisExpression" || type === "Super") ? thisValue : nothing;
  const given = [receiver, { type: "ArrayExpression", elements: [...named] }];
  if (named.length === params.length) return given;
  const rest = identifier(names.parameter);
  named.push({ type: "RestElement", argument: rest });
  return [...given, rest];
}

/** `super` in the generator is what it is in the function around it. */
function prototype(): Node {
  const [key, value] = [identifier(`${names.parameter}key`), identifier(`${names.parameter}value`)];
  const property: Node = { type: "MemberExpression", object: { type: "Super" }, property: key, computed: true };
  const read = arrow([key], property);
  const write = arrow([key, value], assigned(property, value));
  return { type: "ObjectProperty", key: identifier("__proto__"), value: call(names.superOf, read, write) };
}

function resuming(run: Node): Node[] {
  const method = (name: string, ...args: Node[]): Node => ({
    type: "CallExpression",
    callee: member(identifier(names.run), identifier(name)),
    arguments: args,
  });
  const value = member(identifier(names.run), identifier("value"));
  const block = (expression: Node): Node => ({ type: "BlockStatement", body: [statement(expression)] });
  const reason = identifier(names.value);
  const awaiting: Node = {
    type: "TryStatement",
    block: block(method("fulfilled", { type: "AwaitExpression", argument: value })),
    handler: { type: "CatchClause", param: reason, body: block(method("rejected", reason)) },
  };
  const declarations = [{ type: "VariableDeclarator", id: identifier(names.run), init: run }];
  return [
    { type: "VariableDeclaration", kind: "const", declarations },
    { type: "WhileStatement", test: method("goesOn"), body: awaiting },
    { type: "ReturnStatement", argument: value },
  ];
}

function directivesOf(node: Node): Node[] {
  return ((node.body as Node).directives as Node[] | undefined) ?? [];
}

function isMark(directive: Node): boolean {
  return directiveText(directive).startsWith(names.function);
}

function directiveText({ value }: Node): string {
  return (value as Node).value as string;
}
