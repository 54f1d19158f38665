/**
 * Gives each function the form in which threads can be suspended in it: what the function does becomes the code of a generator within it:
 *
 *     function name(parameters) { body }
 *
 * becomes
 *
 *     function name(…) { return drive({ *name(parameters) { let aware = resumed(); body } }.name, this, arguments); "driven"; }
 *
 * A generator function stays one, with more yields in it.
 */
import { ownNodes } from "../awaits/asyncFunctions";
import { directivesOf, directiveText, givenToArrow, isMark, parametersOfLength, prototype } from "../awaits/driving";
import type { Node, NodePath } from "../babel";
import { childrenOf } from "../children";
import { names } from "../pointMarks";
import { call, identifier, member, text } from "../syntax";
import { aware, driven, threadNames } from "./names";
import { SharedPlaces } from "./places";
import type { SwitchPoints } from "./points";
import { Rewriting } from "./rewriting";

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
  const visit = (node: Node): void => {
    for (const child of childrenOf(node)) visit(child);
    const mark = /Function|Method$/.test(node.type) ? directivesOf(node).find(isMark) : undefined;
    const number = mark ? Number(directiveText(mark).slice(names.function.length)) : -1;
    const name = functions[number]?.name;
    if (name !== undefined && switched.has(number)) wrap(node, name, new Rewriting(places, points, name));
  };
  visit(program.node);
}

function wrap(node: Node, name: string, rewriting: Rewriting): void {
  const body = rewriting.rewritten(node.body as Node);
  (body.body as Node[]).unshift(...declarations(rewriting));
  if (node.generator) return;
  const own = [...ownNodes(node)];
  const { params } = node as Node & { params: Node[] };
  const directives = directivesOf(node);
  const key = text(/[^.\])]*$/.exec(name)?.[0] ?? "");
  body.directives = [];
  const generator = { type: "ObjectMethod", kind: "method", key, params, body, generator: true, async: false };
  const properties = own.some(({ type }) => type === "Super") ? [prototype(), generator] : [generator];
  const method = member({ type: "ObjectExpression", properties }, { ...key });
  node.params = parametersOfLength(params);
  const given = node.type === "ArrowFunctionExpression" ? givenToArrow(node, params, own) : [thisValue, identifier("arguments")];
  const driving: Node = { type: "ReturnStatement", argument: call(threadNames.drive, method, ...given) };
  node.body = { type: "BlockStatement", directives, body: [driving, { type: "ExpressionStatement", expression: text(driven) }] };
  node.expression = false;
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
