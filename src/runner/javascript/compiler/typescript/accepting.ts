/**
 * Syntax that the TypeScript compiler accepts and Babel's parser does not. Where the parser stops at such a construct, it is
 * replaced by another of the same length, so that all positions stay the same, and corrected in the resulting syntax tree.
 */
import * as t from "@babel/types";

interface Rewriting {
  /** What stands where the parser stops. */
  readonly form: RegExp;
  with(found: string): string;
  /** Puts it right; false when it meant something else, so that the parser was right to stop. */
  settle(ast: t.File, found: Found): boolean;
}

interface Found {
  readonly rewriting: Rewriting;
  readonly start: number;
  readonly end: number;
  /** Where the next thing behind it begins. */
  readonly next: number;
  /** The last character in front of it that is no space. */
  readonly before: number;
}

const rewritings: readonly Rewriting[] = [
  // `@found! class A {}`
  { form: /!/y, with: blank, settle: (ast, { before }) => some(ast, (node) => t.isDecorator(node) && holds(node, before)) },
  // `run(@mark ...jobs) {}`
  { form: /\.\.\./y, with: blank, settle: (ast, { next }) => some(ast, (node) => becomesRest(node, next)) },
  // `enum Job { ["first"] }`
  {
    form: /\[\s*(?:"[^"\\\n]*"|'[^'\\\n]*'|`[^`$'\\\n]*`)\s*\]/y,
    with: (found) => found.replace(/[[\]]/g, " ").replaceAll("`", "'"),
    settle: (ast, { start, end }) => some(ast, (node) => t.isTSEnumMember(node) && isWithin(node.id, start, end)),
  },
  // `@mark declare class A {}`
  {
    form: /declare\b/y,
    with: blank,
    settle: (ast, { before, next }) => some(ast, (node) => becomesDeclared(node, before, next)),
  },
];

/**
 * @param parse throws SyntaxError with `pos` where it stops
 * @throws SyntaxError of the parser
 */
export function accepting(source: string, parse: (text: string) => t.File): t.File {
  try {
    return parse(source);
  } catch (error) {
    const found = foundAt(source, error);
    if (!found) throw error;
    const ast = acceptingRest(rewritten(source, found), parse, found, error);
    if (!found.rewriting.settle(ast, found)) throw error;
    return ast;
  }
}

/** Of two refusals the one that is further on counts: the parser got there. */
function acceptingRest(text: string, parse: (text: string) => t.File, found: Found, refusal: unknown): t.File {
  try {
    return accepting(text, parse);
  } catch (error) {
    throw placeOf(error) > found.start ? error : refusal;
  }
}

function placeOf(error: unknown): number {
  return (error as { pos?: number }).pos ?? -1;
}

function foundAt(source: string, error: unknown): Found | undefined {
  const start = placeOf(error);
  if (start < 0) return undefined;
  for (const rewriting of rewritings) {
    const { form } = rewriting;
    form.lastIndex = start;
    if (!form.test(source)) continue;
    const end = form.lastIndex;
    return {
      rewriting,
      start,
      end,
      next: end + source.slice(end).search(/\S|$/),
      before: source.slice(0, start).trimEnd().length - 1,
    };
  }
  return undefined;
}

function rewritten(source: string, { rewriting, start, end }: Found): string {
  return source.slice(0, start) + rewriting.with(source.slice(start, end)) + source.slice(end);
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

function isWithin(node: t.Node, start: number, end: number): boolean {
  return (node.start ?? 0) > start && (node.end ?? 0) < end;
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

function becomesDeclared(node: t.Node, before: number, next: number): boolean {
  if (!t.isClassDeclaration(node) || !node.decorators?.some(({ end }) => end === before + 1)) return false;
  if ((node.body.start ?? 0) < next) return false;
  node.declare = true;
  return true;
}
