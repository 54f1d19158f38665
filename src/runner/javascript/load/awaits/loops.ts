/**
 * Makes the awaits of `for await` visible, in async functions that become tasks. A loop
 *
 *     for await (const item of items) body
 *
 * becomes one that does by itself what the language does, with an `await` for each promise of the iterator:
 *
 *     const loop = forAwait(point, items);
 *     try {
 *       while (loop.takes(await loop.next())) { const item = loop.value; body }
 *     } catch (error) { throw loop.thrown(error); } finally {
 *       if (loop.isOpen) try { if (loop.closes()) loop.closed(await loop.closing); } catch (reason) { loop.failed(reason); }
 *     }
 */
import type { Node } from "../babel";
import { mapChildren } from "../children";
import { names } from "../pointMarks";
import { assigned, call, identifier, member, statement, text } from "../syntax";
import { isOwnCode } from "./asyncFunctions";

let count = 0;

/** Replaces the loops of a function's own code. */
export function lowerLoops(node: Node): void {
  mapChildren(node, (child) => lowered(child, []));
}

/** @param labels those of the statement, which have to be at the loop itself */
function lowered(node: Node, labels: readonly Node[]): Node {
  if (!isOwnCode(node)) return node;
  if (node.type === "LabeledStatement") {
    const isMoved = isForAwait(unlabelled(node));
    const body = lowered(node.body as Node, [...labels, node.label as Node]);
    return isMoved ? body : Object.assign(node, { body });
  }
  lowerLoops(node);
  return isForAwait(node) ? loopOf(node, labels) : node;
}

/** Marks what a loop iterates over, with how errors name it. @param code the text of the source */
export function markLoop(node: Node, point: number, code: string): void {
  const right = node.right as Node & { start: number; end: number };
  node.right = call(names.forAwait, point, right, text(code.slice(right.start, right.end)));
}

export function isForAwait({ type, await: awaits }: Node): boolean {
  return type === "ForOfStatement" && awaits === true;
}

function unlabelled(node: Node): Node {
  return node.type === "LabeledStatement" ? unlabelled(node.body as Node) : node;
}

function loopOf({ left, right, body }: Node, labels: readonly Node[]): Node {
  count += 1;
  const { loc } = variableOf(left as Node);
  const loop = identifier(names.loop + count);
  const [point] = (right as Node).arguments as Node[];
  const part = (name: string) => member(loop, identifier(name));
  const calling = (name: string, ...args: Node[]): Node => ({ type: "CallExpression", callee: part(name), arguments: args });
  const awaited = (value: Node): Node => {
    return { type: "AwaitExpression", argument: call(names.mark, point as Node, value), ...(loc ? { loc } : {}) };
  };
  const repeated: Node = {
    type: "WhileStatement",
    test: calling("takes", awaited(calling("next"))),
    body: block(bound(left as Node, part("value")), body as Node),
  };
  const labelled = labels.reduceRight((inner, label): Node => ({ type: "LabeledStatement", label, body: inner }), repeated);
  const reason = identifier(names.value);
  const thrown: Node = { type: "ThrowStatement", argument: calling("thrown", reason) };
  const closing: Node = {
    type: "TryStatement",
    block: block(when(calling("closes"), statement(calling("closed", awaited(part("closing")))))),
    handler: { type: "CatchClause", param: reason, body: block(statement(calling("failed", reason))) },
  };
  const whole: Node = {
    type: "TryStatement",
    block: block(labelled),
    handler: { type: "CatchClause", param: reason, body: block(thrown) },
    finalizer: block(when(part("isOpen"), closing)),
  };
  const declarations = [{ type: "VariableDeclarator", id: loop, init: right }];
  return block({ type: "VariableDeclaration", kind: "const", declarations }, whole);
}

/** What a loop assigns to. In stacks, the engine has the position of that. */
function variableOf(left: Node): Node {
  if (left.type !== "VariableDeclaration") return left;
  const [declarator] = left.declarations as Node[];
  return (declarator as Node).id as Node;
}

/** Gives the variable of a loop its value. */
function bound(left: Node, value: Node): Node {
  if (left.type !== "VariableDeclaration") return statement(assigned(left, value));
  const [declarator] = left.declarations as Node[];
  return { ...left, declarations: [{ ...(declarator as Node), init: value }] };
}

function block(...body: Node[]): Node {
  return { type: "BlockStatement", body };
}

function when(test: Node, consequent: Node): Node {
  return { type: "IfStatement", test, consequent };
}
