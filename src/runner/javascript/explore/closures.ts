/**
 * Compiles modules for fresh instances by the hundred thousand. Calls, checks and watched expressions become functions inside the module,
 * since an `eval` for each would take longer than a whole run.
 */
import type { Hooks } from "../compiler";
import { passedNames } from "../compiler/wrapper";
import { threadName } from "../engine/stackTraces";
import type { Node, NodePath } from "../load/babel";
import { childrenOf } from "../load/children";
import { CompiledModules, marks } from "../load/compiledModules";
import { type Findings, instrument } from "../load/instrument";
import type { PointTable } from "../load/pointMarks";
import { threadHooks } from "../load/threads/compiling";
import type { Granularity } from "../load/threads/points";
import { transformFile } from "../load/transform";
import { RequestError } from "../values/failures";

/** The names by which compiled code refers to what it is passed, after `marks`. */
const closures = "yieldpoint$closures";
const generators = "yieldpoint$generators";

/** Changes the tree of a file once it is plain JavaScript. */
export type Tracking = (program: NodePath) => void;

/** The closures to compile into each file, as source text. */
export type Expressions = ReadonlyMap<string, readonly string[]>;

/** A closure that evaluates an expression. */
export function closureOf(expression: string): string {
  return `() => (${expression}\n)`;
}

/** A closure that gives the generator of a thread, which makes a call. */
export function threadClosureOf(call: string): string {
  return `function* ${threadName}() { return (${call}\n); }`;
}

/**
 * @param points of all modules that are compiled
 * @param tracking makes reads and writes visible; undefined where nobody asks for them
 * @param passed the names by which the changed code refers to what that is passed
 * @param threads where tasks can be switched within their slices; undefined if they cannot
 */
export function compiledFor(
  expressions: Expressions,
  points: PointTable,
  tracking: Tracking | undefined,
  passed: string,
  threads: Granularity | undefined,
): CompiledModules {
  const transform: typeof transformFile = (file, source, table, awaits) => {
    const own = expressions.get(file) ?? [];
    const text = own.length === 0 ? source : `${source}\n;${closures}(${own});`;
    const hooksOf: typeof instrument = (...given) => {
      const hooks = threads ? threadHooks(source, threads, [], ...given) : instrument(...given);
      return withClosures(given, hooks, own.length > 0, tracking);
    };
    return transformFile(file, text, table, awaits, hooksOf);
  };
  return new CompiledModules(points, transform, `${marks}, ${closures}, ${generators}${passed}`);
}

function withClosures(
  [file, , findings]: Parameters<typeof instrument>,
  { parsed, linked, lowered }: Hooks,
  hasClosures: boolean,
  tracking: Tracking | undefined,
): Hooks {
  return {
    linked,
    ...(lowered ? { lowered } : {}),
    parsed(program, code) {
      const { node } = program as unknown as NodePath;
      if (hasClosures) toBegin(program as unknown as NodePath);
      listGenerators(node);
      parsed(program, code);
      refuseAwaits(file, code, findings);
    },
    bound(program) {
      tracking?.(program as unknown as NodePath);
    },
  };
}

/** The closures are made before anything else of the module runs: it may return, or throw. They have no place in the source. */
function toBegin({ node, scope }: NodePath): void {
  const body = node.body as Node[];
  const made = body.pop() as Node;
  forgetPlaces(made);
  if (node.sourceType === "module" && !scope.bindings.exports) {
    const call = made.expression as Node;
    call.arguments = (call.arguments as Node[]).map((closure) => (mentionsExports(closure) ? namingExports(closure) : closure));
  }
  body.unshift(made);
}

function mentionsExports(node: Node): boolean {
  if (node.type === "Identifier" && node.name === "exports") return true;
  for (const child of childrenOf(node)) if (mentionsExports(child)) return true;
  return false;
}

/** Calls name a default export by `exports.default`, also in ES modules, where that name stands for nothing. */
function namingExports(closure: Node): Node {
  const identifier = (name: string): Node => ({ type: "Identifier", name });
  const call = (callee: Node, ...given: Node[]): Node => ({ type: "CallExpression", callee, arguments: given });
  const own = identifier(passedNames.exports);
  const test: Node = {
    type: "BinaryExpression",
    operator: "===",
    left: { type: "UnaryExpression", operator: "typeof", prefix: true, argument: own },
    right: { type: "StringLiteral", value: "undefined" },
  };
  const namespace = call(identifier(passedNames.namespace), { ...own });
  const exports: Node = { type: "ConditionalExpression", test, consequent: identifier("exports"), alternate: namespace };
  const made = { type: "ArrowFunctionExpression", params: [], expression: true, async: false };
  const inner: Node = { ...made, params: [identifier("exports")], body: closure };
  // The exports are those of the time of the call.
  if (closure.type === "FunctionExpression") return call(inner, exports);
  return { ...made, body: call(call(inner, exports)) };
}

/** Lets the module tell its own generator functions, by their names: a task that is spawned is named by its function. */
function listGenerators(program: Node): void {
  const body = program.body as Node[];
  const declared = body.map((node) => (/^Export(Named|Default)Declaration$/.test(node.type) ? (node.declaration as Node) : node));
  const named = declared.flatMap((node) => {
    const id = node?.type === "FunctionDeclaration" && node.generator ? (node.id as Node | null) : null;
    return id ? [{ type: "Identifier", name: id.name }] : [];
  });
  if (named.length === 0) return;
  const list = { type: "ArrayExpression", elements: named };
  const made = { type: "ArrowFunctionExpression", params: [], body: list, expression: true, async: false };
  const callee = { type: "Identifier", name: generators };
  body.unshift({ type: "ExpressionStatement", expression: { type: "CallExpression", callee, arguments: [made] } });
}

function forgetPlaces(node: Node): void {
  delete node.loc;
  delete node.start;
  delete node.end;
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (typeof child === "object" && child !== null && "type" in child) forgetPlaces(child as Node);
    }
  }
}

function refuseAwaits(file: string, code: string, { throws }: Findings): void {
  const lines = code.split("\n");
  const at = throws.find(({ line, column }) => lines[line - 1]?.startsWith("await", column - 1));
  if (!at) return;
  const message = "A module that awaits something while it is loaded cannot be explored: every order begins with loading it.";
  throw new RequestError({ code: "load", message, file, line: at.line, column: at.column });
}
