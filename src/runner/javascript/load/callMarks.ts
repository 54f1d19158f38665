/**
 * Marks the calls in the source that may resume a generator. Only what no message of an error quotes is changed: messages quote what is
 * called, iterated over and destructured.
 */
import type { Node, NodePath } from "./babel";
import { names } from "./pointMarks";
import { call, identifier, sequence } from "./syntax";

const marked = new WeakSet<Node>();

/**
 * Marks a call of a method `next`, `throw` or `return`, if possible: its last argument or, if it has none, what is evaluated before.
 *
 * @param lines takes the line of the call
 */
export function markCall(path: NodePath, lines: number[]): void {
  const { node } = path;
  const callee = node.callee as Node;
  if (!node.loc || !isResumption(callee) || !isDeclared(callee, path) || marked.has(node)) return;
  const args = node.arguments as Node[];
  const [last] = args.slice(-1);
  const before = last ? path : markedBefore(path);
  if (!before || last?.type === "SpreadElement") return;
  marked.add(node);
  const { line } = ((callee.property as Node).loc ?? node.loc).start;
  const noting = call(names.call, lines.push(line) - 1, receiverOf(callee.object as Node, path), ...(last ? [last] : []));
  if (last) args[args.length - 1] = noting;
  else if (before.listKey === "body") before.insertBefore({ type: "ExpressionStatement", expression: noting });
  else before.replaceWith(sequence(noting, before.node));
}

function isResumption({ type, computed, property }: Node): boolean {
  return type === "MemberExpression" && !computed && /^(?:next|throw|return)$/.test((property as Node).name as string);
}

/** Where an error says that a variable is not declared, the engine's column depends on what was called before. */
function isDeclared({ type, object, name }: Node, path: NodePath): boolean {
  if (type === "MemberExpression") return isDeclared(object as Node, path);
  return type !== "Identifier" || path.scope.getBinding(name as string) !== undefined;
}

/** A variable may be read once more. Anything else may have effects, so that it remains unknown. */
function receiverOf({ type, name, loc }: Node, { scope }: NodePath): Node {
  if (type === "ThisExpression") return { type };
  const binding = type === "Identifier" ? scope.getBinding(name as string) : undefined;
  const isVariable = binding?.kind === "param" || binding?.path.type === "VariableDeclarator";
  return isVariable ? { ...identifier(name as string), loc } : { type: "NullLiteral" };
}

/** What a call without arguments can be noted before: an expression, or the statement of a declaration; undefined if messages quote all. */
function markedBefore(path: NodePath): NodePath | undefined {
  const { parent, parentPath, key } = path;
  if (key === "init" && isPattern(parent.id)) {
    const declaration = parentPath?.parentPath;
    return parentPath?.key === 0 && declaration?.listKey === "body" ? declaration : undefined;
  }
  if (key === "right" && isPattern(parent.left))
    return parentPath?.parent.type === "ExpressionStatement" ? parentPath : undefined;
  return isQuoted(path) ? undefined : path;
}

/** Whether an expression is a part of what is called or iterated over, or destructured. */
function isQuoted({ parent, parentPath, key, listKey }: NodePath): boolean {
  if (key === "callee" || key === "tag" || parent.delegate || /^(?:Spread|ForOf)/.test(parent.type)) return true;
  if (isPattern(parent.id) || isPattern(parent.left)) return true;
  const isPassedOn = /Expression$/.test(parent.type) && !/Function/.test(parent.type) && listKey !== "arguments";
  return isPassedOn && parentPath !== null && isQuoted(parentPath);
}

function isPattern(node: unknown): boolean {
  return /Pattern$/.test((node as Node | null | undefined)?.type ?? "");
}
