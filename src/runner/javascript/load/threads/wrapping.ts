/**
 * Gives each function the form in which threads can be suspended in it: what the function does becomes the code of a generator within it:
 *
 *     function name(parameters) { body }
 *
 * becomes
 *
 *     function name(…) { return drive({ *name(parameters) { let aware = resumed(); body } }.name, this, arguments); "driven0"; }
 *
 * A generator function stays one, with more yields in it.
 */
import { threadName } from "../../engine/stackTraces";
import { ownNodes } from "../awaits/asyncFunctions";
import { directivesOf, directiveText, givenToArrow, isMark, parametersOfLength, prototype } from "../awaits/driving";
import type { Node, NodePath } from "../babel";
import { childrenOf } from "../children";
import { names } from "../pointMarks";
import { call, identifier, member, text } from "../syntax";
import { Beside, isClass } from "./beside";
import { aware, threadNames } from "./names";
import { SharedPlaces } from "./places";
import type { SwitchPoints } from "./points";
import { Rewriting } from "./rewriting";
import { endOf } from "./sources";

interface Named {
  readonly name: string;
}

/** Changes the functions of a compiled file. @param functions all, by number @param switched the numbers of those to be changed */
export function wrapFunctions(
  program: NodePath,
  functions: readonly Named[],
  switched: ReadonlySet<number>,
  points: SwitchPoints,
): void {
  const places = new SharedPlaces(program);
  const beside = new Beside();
  const visit = (node: Node): void => {
    beside.note(node);
    for (const child of childrenOf(node)) visit(child);
    if (isClass(node)) beside.addTo(node, endOf(node, points.code, "plain"));
    if (isThreadCall(node)) wrap(node, new Rewriting(places, points, ""), beside);
    const mark = /Function|Method$/.test(node.type) ? directivesOf(node).find(isMark) : undefined;
    if (!mark) return;
    const number = Number(directiveText(mark).slice(names.function.length));
    const isSwitched = switched.has(number);
    if (isSwitched) wrap(node, new Rewriting(places, points, (functions[number] as Named).name), beside);
    const end = endOf(node, points.code, isSwitched && !node.generator ? "driven" : "plain");
    (node.body as Node & { body: Node[] }).body.push(...end);
  };
  visit(program.node);
  beside.addTo(program.node);
}

/** Whether a function makes the call of a thread. It has no place in the source, and so no switch points of its own. */
function isThreadCall({ type, id }: Node): boolean {
  return type === "FunctionExpression" && (id as Node | null)?.name === threadName;
}

function wrap(node: Node, rewriting: Rewriting, beside: Beside): void {
  const body = rewriting.rewritten(node.body as Node);
  (body.body as Node[]).unshift(...declarations(rewriting));
  if (node.generator) return;
  const own = [...ownNodes(node)];
  const { params } = node as Node & { params: Node[] };
  const directives = directivesOf(node);
  const usesSuper = own.some(({ type }) => type === "Super");
  const name = /[^.\])]*$/.exec(rewriting.name)?.[0] ?? "";
  const code = { ...body, directives: [] };
  const method = beside.made(node, name, params, code, usesSuper) ?? madeInCall(name, params, code, usesSuper);
  node.params = parametersOfLength(params);
  const given = node.type === "ArrowFunctionExpression" ? givenToArrow(node, params, own) : [thisValue, identifier("arguments")];
  const driving: Node = { type: "ReturnStatement", argument: call(threadNames.drive, method, ...given) };
  node.body = { type: "BlockStatement", directives, body: [driving] };
  node.expression = false;
}

/** A generator function that is made in each call. */
function madeInCall(name: string, params: Node[], body: Node, usesSuper: boolean): Node {
  const key = text(name);
  const generator = { type: "ObjectMethod", kind: "method", key, params, body, generator: true, async: false };
  const properties = usesSuper ? [prototype(), generator] : [generator];
  return member({ type: "ObjectExpression", properties }, { ...key });
}

const thisValue: Node = { type: "ThisExpression" };

/** The variables of rewritten code. */
export function declarations(rewriting: Rewriting): Node[] {
  const declared = (kind: string, name: string, init: Node | null): Node => ({
    type: "VariableDeclaration",
    kind,
    declarations: [{ type: "VariableDeclarator", id: identifier(name), init }],
  });
  const variables = [names.inner, ...rewriting.temporaries].map((name) => declared("var", name, null));
  return [declared("let", aware, call(threadNames.resumed)), ...variables];
}
