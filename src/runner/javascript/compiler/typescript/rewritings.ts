/**
 * The constructs that only the TypeScript compiler accepts: how each is found, what is parsed instead, and what then has to be
 * corrected.
 */
import * as t from "@babel/types";

export type Parse = (text: string) => t.File;

interface Rewriting {
  /** What is to be replaced if this is where the parser stops. */
  find(source: string, stop: number, parse: Parse): Replaced | undefined;
  /** Corrects the tree; false when the text meant something else, so that the parser was right to stop. */
  settle(ast: t.File, found: Found, parse: Parse): boolean;
}

interface Replaced {
  readonly start: number;
  readonly end: number;
  /** What is parsed instead: as long, and in as many lines. */
  readonly text: string;
}

export interface Found extends Replaced {
  readonly rewriting: Rewriting;
  /** The whole file in which it stands. */
  readonly source: string;
  /** Where the next thing behind it begins. */
  readonly next: number;
  /** The last character in front of it that is no space. */
  readonly before: number;
}

const space = String.raw`(?:\s|\/\*[^]*?\*\/|\/\/.*)*`;
const plainString = String.raw`"(?:[^"\\\n]|\\[^])*"|'(?:[^'\\\n]|\\[^])*'|\`(?:[^\`\\$]|\\[^]|\$(?!\{))*\``;

export const rewritings: readonly Rewriting[] = [
  // `@found! class A {}`
  { find: at(/!/y, blank), settle: (ast, { before }) => some(ast, (node) => t.isDecorator(node) && holds(node, before)) },
  // `@mark<string> *go() {}`
  { find: typeArguments, settle: (ast, { before }) => some(ast, (node) => t.isDecorator(node) && node.end === before + 1) },
  // `run(@mark ...jobs) {}`
  { find: at(/\.\.\./y, blank), settle: (ast, { next }) => some(ast, (node) => becomesRest(node, next)) },
  // `enum Job { ["first"] }`
  {
    find: at(new RegExp(String.raw`\[${space}(?:${plainString})${space}\]`, "y"), (found) => `$${blank(found.slice(1))}`),
    settle: (ast, found, parse) => some(ast, (node) => becomesMember(node, found, parse)),
  },
  // `@mark declare class A {}`
  { find: at(/declare\b/y, blank), settle: (ast, { before, next }) => some(ast, (node) => becomesDeclared(node, before, next)) },
  // `export default @mark abstract class A {}`
  { find: exportedDecorators, settle: (ast, found, parse) => some(ast, (node) => becomesDecorated(node, found, parse)) },
  // `(asserts: unknown): asserts is string`
  {
    find: nameAsserts,
    settle: (ast, { start }) => some(ast, (node) => t.isTSTypePredicate(node) && node.parameterName.start === start),
  },
];

/** Something of this form that begins where the parser stops. */
function at(form: RegExp, replace: (found: string) => string): Rewriting["find"] {
  return (source, stop) => {
    form.lastIndex = stop;
    const [found] = form.exec(source) ?? [];
    return found === undefined ? undefined : { start: stop, end: stop + found.length, text: replace(found) };
  };
}

/** The type arguments of a decorator, in front of the place where the parser misses a call. */
function typeArguments(source: string, stop: number, parse: Parse): Replaced | undefined {
  const read = source.slice(0, stop);
  for (const name of [...read.matchAll(/@[\p{ID_Continue}$.\s]+(?=<)/gu)].reverse()) {
    const start = name.index + name[0].length;
    const end = start + lengthOfTypeArguments(read.slice(start), parse);
    if (end > start) return { start, end, text: blank(read.slice(start, end)) };
  }
  return undefined;
}

/** 0 where the text is more than that, or something else. */
function lengthOfTypeArguments(text: string, parse: Parse): number {
  try {
    const [statement, ...others] = parse(`x${text}`).program.body;
    if (others.length > 0 || !t.isExpressionStatement(statement)) return 0;
    return t.isTSInstantiationExpression(statement.expression) ? (statement.expression.end ?? 1) - 1 : 0;
  } catch {
    return 0;
  }
}

/** `asserts` as the name of a parameter in its own assertion, near the place where the parser stops: it may have tried several readings. */
function nameAsserts(source: string, stop: number): Replaced | undefined {
  const near = Math.max(0, stop - 200);
  const names = source.slice(near, stop + 40).matchAll(/(?<=\basserts\s+)asserts\b|\basserts(?=\s+is\b)/g);
  const last = [...names].at(-1);
  if (!last) return undefined;
  const start = near + last.index;
  return { start, end: start + last[0].length, text: "another" };
}

/** What decorates an abstract class that is exported as `default`, where the parser stops at `class`. */
function exportedDecorators(source: string, stop: number): Replaced | undefined {
  const [keyword] = /\babstract\s+$/.exec(source.slice(0, stop)) ?? [];
  const last = [...source.slice(0, stop).matchAll(/\bexport\s+default\s+(?=@)/g)].at(-1);
  if (keyword === undefined || !last) return undefined;
  const start = last.index + last[0].length;
  const end = stop - keyword.length;
  return { start, end, text: blank(source.slice(start, end)) };
}

/** As long as it was, in as many lines. */
function blank(found: string): string {
  return found.replace(/[^\n\r\u2028\u2029]/g, " ");
}

function some(ast: t.File, test: (node: t.Node) => boolean): boolean {
  let isMet = false;
  t.traverseFast(ast, (node) => {
    isMet ||= test(node);
  });
  return isMet;
}

function holds({ start, end }: t.Node, place: number): boolean {
  return (start ?? 0) <= place && place < (end ?? 0);
}

function becomesRest(node: t.Node, start: number): boolean {
  const parameters = "params" in node && Array.isArray(node.params) ? (node.params as t.Node[]) : [];
  const index = parameters.findIndex((parameter) => parameter.start === start && "decorators" in parameter);
  const parameter = parameters[index] as t.Identifier | t.ArrayPattern | t.ObjectPattern | undefined;
  if (!parameter || index < parameters.length - 1) return false;
  const { decorators, typeAnnotation } = parameter;
  parameters[index] = { ...t.inherits(t.restElement(parameter), parameter), decorators, typeAnnotation };
  parameter.decorators = null;
  parameter.typeAnnotation = null;
  return true;
}

function becomesMember(node: t.Node, { source, start, end }: Found, parse: Parse): boolean {
  if (!t.isTSEnumMember(node) || node.id.start !== start) return false;
  const [statement] = parse(`(${source.slice(start, end)})`).program.body;
  t.assertExpressionStatement(statement);
  t.assertArrayExpression(statement.expression);
  const [name] = statement.expression.elements;
  const value = t.isTemplateLiteral(name) ? name.quasis[0]?.value.cooked : (name as t.StringLiteral).value;
  node.id = t.inherits(t.stringLiteral(value ?? ""), node.id);
  return true;
}

function becomesDeclared(node: t.Node, before: number, next: number): boolean {
  if (!t.isClassDeclaration(node) || !node.decorators?.some(({ end }) => end === before + 1)) return false;
  if ((node.body.start ?? 0) < next) return false;
  node.declare = true;
  return true;
}

function becomesDecorated(node: t.Node, { source, start, end, next }: Found, parse: Parse): boolean {
  if (!t.isExportDefaultDeclaration(node) || node.declaration.start !== next) return false;
  const { declaration } = node;
  if (!t.isClassDeclaration(declaration)) return false;
  const [alone] = parse(`${blank(source.slice(0, start))}${source.slice(start, end)}class A {}`).program.body;
  declaration.decorators = (alone as t.ClassDeclaration).decorators ?? [];
  return true;
}
