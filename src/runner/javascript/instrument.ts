/**
 * The Babel plugin that makes yield points visible. It does all its work before the other plugins begin, while every node
 * still has its place in the original source.
 */
import type { YieldPoint } from "../../core/trace";
import type { Node, NodePath, Plugin } from "./babel";
import { dotted, functionName } from "./functionName";
import { names, type PointTable } from "./marks";

/** A generator function of the source: where it begins and ends. */
export interface GeneratorSource {
  readonly name: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
}

/** What the plugin learns of one file. */
export interface Findings {
  isModule: boolean;
  readonly functions: GeneratorSource[];
  /** The `throw` statements, by the numbers that they pass. */
  readonly throws: YieldPoint[];
}

/**
 * A plugin for one file.
 *
 * @param findings is filled while the file is transformed
 */
export function instrument(file: string, points: PointTable, findings: Findings): Plugin {
  return {
    visitor: { LogicalExpression: keepDescriptor },
    pre({ path, ast, code }) {
      findings.isModule = ast.program.sourceType === "module";
      path.traverse({
        Function: (found) => noteGenerator(found, code, findings),
        YieldExpression: (found) => instrumentYield(found, { file, code, points }),
        ThrowStatement: (found) => instrumentThrow(found, { file, code, findings }),
      });
      openScope(path);
    },
  };
}

/**
 * jiti writes metadata decorators as `Reflect.metadata?.(…) || ((t) => t)`. Without the reflect-metadata package the
 * second half is applied to methods too, and there it would replace the descriptor by the class.
 */
function keepDescriptor({ node }: NodePath): void {
  const right = node.right as Node;
  const callee = (node.left as Node).callee as Node | undefined;
  const isOurs = right.type === "ArrowFunctionExpression" && !right.loc && callee && dotted(callee) === "Reflect.metadata";
  if (isOurs) right.body = { type: "BlockStatement", body: [], directives: [] };
}

/** The function can be told by a directive in its body: those of the language alone mean anything. */
function noteGenerator(path: NodePath, code: string, { functions }: Findings): void {
  const { node } = path;
  if (!isSyncGenerator(node) || !node.loc) return;
  const { start, end } = node.loc;
  const body = node.body as Node & { directives?: Node[] };
  const value = { type: "DirectiveLiteral", value: `${names.function}${functions.length}` };
  body.directives = [...(body.directives ?? []), { type: "Directive", value }];
  functions.push({ name: functionName(path, code), line: start.line, column: start.column + 1, endLine: end.line });
}

interface InstrumentedFile {
  readonly file: string;
  readonly code: string;
  readonly points: PointTable;
}

function instrumentYield(path: NodePath, { file, code, points }: InstrumentedFile): void {
  const { node } = path;
  const owner = ownerOf(path);
  if (!owner || !isSyncGenerator(owner.node) || !node.loc) return;
  const { line, column } = node.loc.start;
  const at = { file, line, column: column + 1, function: functionName(owner, code) };
  const point = points.add(at, node.delegate ? "delegation" : "yield");
  const given = node.argument ? [node.argument as Node] : [];
  if (!node.delegate) {
    node.argument = call(names.mark, [number(point), ...given]);
    return;
  }
  const inner = call(names.delegate, [number(point), ...given]);
  node.argument = { type: "AssignmentExpression", operator: "=", left: identifier(names.inner), right: inner };
  declareInner(owner.node);
}

function instrumentThrow(path: NodePath, { file, code, findings }: { file: string; code: string; findings: Findings }): void {
  const { node } = path;
  if (!node.loc) return;
  const owner = ownerOf(path);
  const { line, column } = node.loc.start;
  const at = { file, line, column: column + 1, function: owner ? functionName(owner, code) : "(module)" };
  const place = findings.throws.push(at) - 1;
  node.argument = call(names.thrown, [number(place), node.argument as Node]);
}

/** The function that a yield suspends. What a member is called, and what decorates it, is evaluated outside of it. */
function ownerOf(path: NodePath): NodePath | null {
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

function isSyncGenerator(node: Node): boolean {
  return node.generator === true && node.async !== true;
}

const declared = new WeakSet<Node>();

function declareInner(owner: Node): void {
  if (declared.has(owner)) return;
  declared.add(owner);
  const declarator = { type: "VariableDeclarator", id: identifier(names.inner), init: null };
  const declaration = { type: "VariableDeclaration", kind: "var", declarations: [declarator] };
  ((owner.body as Node).body as Node[]).unshift(declaration);
}

/**
 * Gives the runner an `eval` inside the module, and the imports under the names by which the source knows them: the
 * transformation to CommonJS renames every import, except in what it can see.
 */
function openScope(program: NodePath): void {
  const imports = Object.entries(program.scope.bindings)
    .filter(([, binding]) => isImportedValue(binding.path, binding.referencePaths))
    .map(([name]) => property(name, arrow([], identifier(name))));
  const source = identifier("source");
  const evaluate = arrow([source], call("eval", [identifier("source")]));
  const hook = call(names.scope, [evaluate, { type: "ObjectExpression", properties: imports }]);
  (program.node.body as Node[]).unshift({ type: "ExpressionStatement", expression: hook });
}

/** An import that serves as a type alone does not exist at run time. One that nothing uses may be meant for a call. */
function isImportedValue({ node, parent }: NodePath, references: NodePath[]): boolean {
  if (!/^Import(Default|Namespace)?Specifier$/.test(node.type)) return false;
  if (node.importKind === "type" || parent.importKind === "type") return false;
  return references.length === 0 || references.some((reference) => !isInType(reference));
}

function isInType({ parent }: NodePath): boolean {
  return /^TS(TypeReference|QualifiedName|ExpressionWithTypeArguments|TypeQuery|InterfaceHeritage|ClassImplements)$/.test(
    parent.type,
  );
}

function identifier(name: string): Node {
  return { type: "Identifier", name };
}

function number(value: number): Node {
  return { type: "NumericLiteral", value };
}

function call(callee: string, args: Node[]): Node {
  return { type: "CallExpression", callee: identifier(callee), arguments: args };
}

function arrow(params: Node[], body: Node): Node {
  return { type: "ArrowFunctionExpression", params, body, expression: true, async: false };
}

function property(name: string, value: Node): Node {
  return { type: "ObjectProperty", key: identifier(name), value, computed: false, shorthand: false };
}
