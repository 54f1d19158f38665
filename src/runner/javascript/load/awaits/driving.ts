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
 *
 * An async generator does the same, with a `yield` in place of the `await` where the generator within it stands for a `yield`:
 *
 *       while (run.goesOn()) {
 *         try { run.given(yield run.value); } catch (reason) { run.rejected(reason); }
 *         finally { if (run.isClosed()) while (run.goesOn()) try { run.fulfilled(await run.value); } … }
 *       }
 */

import type { Node } from "../babel";
import { childrenOf } from "../children";
import { names } from "../pointMarks";
import { arrow, assigned, call, identifier, member, number, statement, text } from "../syntax";
import { ownCode, ownNodes } from "./asyncFunctions";
import { lowerLoops } from "./loops";

interface Named {
  readonly name: string;
  readonly isAsync?: true;
}

/** Changes the async functions of a compiled file that are marked as functions of tasks. @param functions those of the file, by number */
export function driveAsyncFunctions(node: Node, functions: readonly Named[]): void {
  for (const child of childrenOf(node)) driveAsyncFunctions(child, functions);
  if (!node.async) return;
  const mark = directivesOf(node).find(isMark);
  const index = Number(mark && directiveText(mark).slice(names.function.length));
  if (functions[index]?.isAsync) drive(node, index, functions);
}

function drive(node: Node, index: number, functions: readonly Named[]): void {
  const { params, body } = node as Node & { params: Node[]; body: Node };
  lowerLoops(body);
  const own = [...ownNodes(node)];
  const points = [...ownCode(body)].filter(({ type }) => /^(?:Await|Yield)Expression$/.test(type));
  const awaits = points.map(({ type, loc, argument }) => ({ type, loc, point: markOf(argument as Node) }));
  for (const each of points) each.type = "YieldExpression";
  const name = /[^.\])]*$/.exec(functions[index]?.name ?? "")?.[0] ?? "";
  const generator = { type: "ObjectMethod", kind: "method", key: text(name), params, body, generator: true, async: false };
  const properties = own.some(({ type }) => type === "Super") ? [prototype(), generator] : [generator];
  const method = member({ type: "ObjectExpression", properties }, text(name));
  const directives = directivesOf(node).filter((directive) => !isMark(directive));
  node.params = parametersOfLength(params);
  const given = node.type === "ArrowFunctionExpression" ? givenToArrow(node, params, own) : [thisValue, identifier("arguments")];
  node.body = {
    type: "BlockStatement",
    directives,
    body: resuming(call(names.drive, index, method, ...given), awaits, node.generator === true),
  };
}

const thisValue: Node = { type: "ThisExpression" };
const nothing: Node = { type: "UnaryExpression", operator: "void", prefix: true, argument: { type: "NumericLiteral", value: 0 } };

/** As many parameters as a function's length tells, which are those before the first one that may be left out. */
export function parametersOfLength(params: readonly Node[]): Node[] {
  const optional = params.findIndex(({ type }) => type === "AssignmentPattern" || type === "RestElement");
  return params.slice(0, optional < 0 ? params.length : optional).map((_, index) => identifier(names.parameter + index));
}

/** What an arrow function passes on: it has no `arguments`, and may be called where there is no `this` yet. */
export function givenToArrow(node: Node, params: readonly Node[], own: readonly Node[]): Node[] {
  const named = node.params as Node[];
  const receiver = own.some(({ type }) => type === "ThisExpression" || type === "Super") ? thisValue : nothing;
  const given = [receiver, { type: "ArrayExpression", elements: [...named] }];
  if (named.length === params.length) return given;
  const rest = identifier(names.parameter);
  named.push({ type: "RestElement", argument: rest });
  return [...given, rest];
}

/** `super` in the generator is what it is in the function around it. */
export function prototype(): Node {
  const [key, value] = [identifier(`${names.parameter}key`), identifier(`${names.parameter}value`)];
  const property: Node = { type: "MemberExpression", object: { type: "Super" }, property: key, computed: true };
  const read = arrow([key], property);
  const write = arrow([key, value], assigned(property, value));
  return { type: "ObjectProperty", key: identifier("__proto__"), value: call(names.superOf, read, write) };
}

/** An `await`, or a `yield` of an async generator. */
type Suspension = Pick<Node, "type" | "loc"> & { readonly point: number };

function resuming(run: Node, all: readonly Suspension[], isGenerator: boolean): Node[] {
  const declarations = [{ type: "VariableDeclarator", id: identifier(names.run), init: run }];
  const awaits = all.filter(({ type }) => type === "AwaitExpression");
  // Only an `await` can follow when it is closed.
  const closing = { type: "IfStatement", test: calling("isClosed"), consequent: repeating(awaits) };
  const finalizer = isGenerator ? { finalizer: block(closing) } : {};
  return [
    { type: "VariableDeclaration", kind: "const", declarations },
    repeating(all, finalizer),
    { type: "ReturnStatement", argument: part("value") },
  ];
}

function repeating(all: readonly Suspension[], finalizer = {}): Node {
  const reason = identifier(names.value);
  const handler = { type: "CatchClause", param: reason, body: block(statement(calling("rejected", reason))) };
  const trying: Node = { type: "TryStatement", block: block(statement(suspended(all))), handler, ...finalizer };
  return { type: "WhileStatement", test: calling("goesOn"), body: trying };
}

function part(name: string): Node {
  return member(identifier(names.run), identifier(name));
}

function calling(method: string, ...args: Node[]): Node {
  return { type: "CallExpression", callee: part(method), arguments: args };
}

function block(...body: Node[]): Node {
  return { type: "BlockStatement", body };
}

/** Awaits or yields a value at the place in the source that fits, which stacks show of the functions that wait. */
function suspended(all: readonly Suspension[]): Node {
  const [first, ...others] = all;
  return others.reduce((otherwise, each) => {
    const test = { type: "BinaryExpression", operator: "===", left: part("point"), right: number(each.point) };
    return { type: "ConditionalExpression", test, consequent: suspendedAt(each), alternate: otherwise };
  }, suspendedAt(first));
}

function suspendedAt({ type, loc }: Pick<Suspension, "type" | "loc"> = { type: "AwaitExpression" }): Node {
  const method = type === "YieldExpression" ? "given" : "fulfilled";
  return calling(method, { type, argument: part("value"), ...(loc ? { loc } : {}) });
}

/** The number of the yield point that an argument is marked with. */
function markOf({ arguments: given = [] }: Node): number {
  const [point] = given as Node[];
  return typeof point?.value === "number" ? point.value : 0;
}

export function directivesOf(node: Node): Node[] {
  return ((node.body as Node).directives as Node[] | undefined) ?? [];
}

export function isMark(directive: Node): boolean {
  return directiveText(directive).startsWith(names.function);
}

export function directiveText({ value }: Node): string {
  return (value as Node).value as string;
}
