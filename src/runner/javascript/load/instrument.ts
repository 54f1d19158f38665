/**
 * Makes yield points visible. This is the first transformation of a file, when every node still has its position in the original
 * source.
 */
import type { YieldPoint } from "../../../core/trace/trace";
import type { ElidedImport, Hooks, ModuleLinks } from "../compiler";
import { passedNames, wrapperNames } from "../compiler/wrapper";
import { becomesTask } from "./awaits/asyncFunctions";
import { driveAsyncFunctions } from "./awaits/driving";
import { isForAwait, markLoop } from "./awaits/loops";
import { markNewPromise, markPromiseCall } from "./awaits/promiseMarks";
import type { Binding, Node, NodePath } from "./babel";
import { markCall } from "./callMarks";
import { functionName } from "./functionName";
import { names, type PointTable } from "./pointMarks";
import { arrow, assigned, call, identifier, statement } from "./syntax";

/** A generator function in the source, or an async function that becomes one, with its beginning and end. */
export interface GeneratorSource {
  readonly name: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  /** Whether it is an async function, or an async generator function, that becomes one. */
  readonly isAsync?: true;
  /** Whether it is an async generator function that does. */
  readonly isAsyncGenerator?: true;
}

/** What the plugin finds in one file. */
export interface Findings {
  isModule: boolean;
  readonly functions: GeneratorSource[];
  /** The `throw` statements and top-level `await`s. The index is the number that each passes to the function that notes its place. */
  readonly throws: YieldPoint[];
  /** The lines of the calls that may resume a generator, by the number that each passes; none if they are not marked. */
  readonly calls: number[];
  links?: ModuleLinks;
}

/** What else is visible, besides the yield points. */
export interface Visible {
  /** Generators tell when they begin, and calls that may resume one where they are. */
  readonly isObserved?: boolean;
  /** Whether a function that is no generator function is marked like one. Is asked for every function. */
  readonly isTask?: (found: NodePath) => boolean;
}

/**
 * The transformation of one file during compilation.
 *
 * @param findings filled in during compilation
 */
export function instrument(
  file: string,
  points: PointTable,
  findings: Findings,
  { isObserved = false, isTask = () => false }: Visible = {},
): Hooks {
  /** The async functions that become tasks. */
  const driven = new WeakSet<Node>();
  return {
    parsed(program, code) {
      findings.isModule = program.node.sourceType === "module";
      (program as unknown as NodePath).traverse({
        Function: (found) => {
          const isDriven = isObserved && points.hasRoom && becomesTask(found.node);
          if (isDriven) driven.add(found.node);
          const isMarked = isTask(found) || isDriven;
          if (found.node.generator || isMarked) noteGenerator(found, code, findings, isObserved, isDriven);
        },
        YieldExpression: (found) => {
          const owner = ownerOf(found);
          if (!owner?.node.generator) return;
          if (owner.node.async)
            instrumentAsync(found, driven.has(owner.node) ? names.mark : names.asyncMark, owner, { file, code, points });
          else instrumentYield(found, owner, { file, code, points });
        },
        ThrowStatement: (found) => instrumentThrow(found, names.thrown, { file, code, findings }),
        AwaitExpression: (found) => {
          const owner = ownerOf(found);
          if (!owner) instrumentThrow(found, names.moduleAwait, { file, code, findings });
          else if (owner.node.generator && !driven.has(owner.node))
            instrumentAsync(found, names.generatorAwait, owner, { file, code, points });
          else {
            found.node.argument = call(names.functionAwait, found.node.argument as Node);
            if (driven.has(owner.node)) instrumentAsync(found, names.mark, owner, { file, code, points });
          }
        },
        ForOfStatement(found) {
          const owner = isForAwait(found.node) ? ownerOf(found) : null;
          if (owner && driven.has(owner.node)) markLoop(found.node, addPoint(found, owner, { file, code, points }), code);
        },
        ...(isObserved ? observing(findings) : {}),
      });
    },
    bound: (program, elided) => openScope(program as unknown as NodePath, elided),
    linked(links) {
      findings.links = links;
    },
    ...(isObserved ? { lowered: ({ node }) => driveAsyncFunctions(node as unknown as Node, findings.functions) } : {}),
  };
}

/** What else is marked in an observed program: calls that may resume a generator, and promises of which is known what they wait for. */
function observing({ calls }: Findings): Record<string, (path: NodePath) => void> {
  return {
    CallExpression(found) {
      markPromiseCall(found);
      markCall(found, calls);
    },
    NewExpression: markNewPromise,
  };
}

/** Marks a generator function by a directive in its body. Unknown directives have no effect in JavaScript. */
function noteGenerator(path: NodePath, code: string, { functions }: Findings, beginnings: boolean, isDriven: boolean): void {
  const { node } = path;
  if (!node.loc) return;
  const { start, end } = node.loc;
  const body = blockOf(node);
  const value = { type: "DirectiveLiteral", value: `${names.function}${functions.length}` };
  body.directives = [...(body.directives ?? []), { type: "Directive", value }];
  if (beginnings && !node.async) body.body.unshift(statement(call(names.begin, functions.length)));
  const isAsyncGenerator = isDriven && node.generator ? ({ isAsyncGenerator: true } as const) : {};
  const isAsync = isDriven ? ({ isAsync: true, ...isAsyncGenerator } as const) : {};
  functions.push({ name: functionName(path, code), line: start.line, column: start.column + 1, endLine: end.line, ...isAsync });
}

type Block = Node & { body: Node[]; directives?: Node[] };

/** The body of a function, which becomes a block if it is only an expression. */
function blockOf(node: Node): Block {
  const body = node.body as Node;
  if (body.type === "BlockStatement") return body as Block;
  const block = { type: "BlockStatement", body: [{ type: "ReturnStatement", argument: body }] };
  Object.assign(node, { body: block, expression: false });
  return block;
}

interface InstrumentedFile {
  readonly file: string;
  readonly code: string;
  readonly points: PointTable;
}

function instrumentYield({ node }: NodePath, owner: NodePath, { file, code, points }: InstrumentedFile): void {
  if (!node.loc) return;
  const { line, column } = node.loc.start;
  const at = { file, line, column: column + 1, function: functionName(owner, code) };
  const point = points.add(at, node.delegate ? "delegation" : "yield");
  const given = node.argument ? [node.argument as Node] : [];
  if (!node.delegate) {
    node.argument = call(names.mark, point, ...given);
    return;
  }
  const inner = call(names.delegate, point, ...given);
  node.argument = assigned(identifier(names.inner), inner);
  declareInner(owner.node);
}

/** Marks an `await`, or a `yield` or `yield*` of an async generator. The iterator that a `yield*` delegates to is not inspected. */
function instrumentAsync(found: NodePath, passed: string, owner: NodePath, file: InstrumentedFile): void {
  const { node } = found;
  if (node.loc) node.argument = call(passed, addPoint(found, owner, file), ...(node.argument ? [node.argument as Node] : []));
}

function addPoint({ node }: NodePath, owner: NodePath, { file, code, points }: InstrumentedFile): number {
  const { line, column } = node.loc?.start ?? { line: 0, column: 0 };
  return points.add({ file, line, column: column + 1, function: functionName(owner, code) }, "yield");
}

interface ReadFile {
  readonly file: string;
  readonly code: string;
  readonly findings: Findings;
}

/** Marks a statement or expression that may throw the value of its argument. */
function instrumentThrow(path: NodePath, passed: string, { file, code, findings }: ReadFile): void {
  const { node } = path;
  if (!node.loc) return;
  const owner = ownerOf(path);
  const { line, column } = node.loc.start;
  const at = { file, line, column: column + 1, function: owner ? functionName(owner, code) : "(module)" };
  const place = findings.throws.push(at) - 1;
  node.argument = call(passed, place, node.argument as Node);
}

/** The function that a yield suspends. A member's computed key and its decorators are evaluated outside of the member. */
export function ownerOf(path: NodePath): NodePath | null {
  let isDecorator = false;
  let at = path;
  for (let above = at.parentPath; above; above = at.parentPath) {
    isDecorator ||= at.listKey === "decorators";
    const isOutside = at.key === "key" || isDecorator;
    if (isFunction(above.node) && !isOutside) return above;
    if (isFunction(above.node)) isDecorator = false;
    at = above;
  }
  return null;
}

function isFunction({ type }: Node): boolean {
  return /^(Function(Declaration|Expression)|ArrowFunctionExpression|(Object|Class(Private)?)Method)$/.test(type);
}

const declared = new WeakSet<Node>();

function declareInner(owner: Node): void {
  if (declared.has(owner)) return;
  declared.add(owner);
  const declarator = { type: "VariableDeclarator", id: identifier(names.inner), init: null };
  const declaration = { type: "VariableDeclaration", kind: "var", declarations: [declarator] };
  ((owner.body as Node).body as Node[]).unshift(declaration);
}

/** Whether the compiler may rename a binding: imports, decorated classes, and names that the module wrapper also uses. */
function isRenamed([name, { path }]: [string, Binding]): boolean {
  const { type, decorators } = path.node;
  if (type === "ClassDeclaration") return Array.isArray(decorators) && decorators.length > 0;
  return /^Import(Default|Namespace)?Specifier$/.test(type) || wrapperNames.includes(name);
}

/**
 * Gives the runner an `eval` inside the module. The compiler renames bindings only in code that it sees, so renamed bindings are also
 * provided under their names in the source.
 */
function openScope(program: NodePath, elided: readonly ElidedImport[]): void {
  const imports = Object.entries(program.scope.bindings)
    .filter(isRenamed)
    .map(([name]) => property(name, arrow([], identifier(name))));
  const others = elided.map(({ name, source, imported }) => property(name, arrow([], required(source, imported))));
  const evaluate = arrow([identifier("source")], call("eval", identifier("source")));
  const objects = [imports, others].map((properties) => ({ type: "ObjectExpression", properties }));
  const hook = call(names.scope, evaluate, ...objects);
  (program.node.body as Node[]).unshift(statement(hook));
}

/** The expression for the value of an import that was elided. */
function required(source: string, imported: string): Node {
  const module = call(passedNames.required, source);
  if (imported === "*") return module;
  const key = { type: "StringLiteral", value: imported };
  return { type: "MemberExpression", object: module, property: key, computed: true };
}

function property(name: string, value: Node): Node {
  return { type: "ObjectProperty", key: identifier(name), value, computed: false, shorthand: false };
}
