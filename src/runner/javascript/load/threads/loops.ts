/** Loops: a switch is possible before each element is taken, and in a body that is empty. */
import type { Node } from "../babel";
import { childrenOf } from "../children";
import { identifier, statement } from "../syntax";
import type { Rewrites } from "./rewrites";

/** The beginning of the names of labels around the bodies of loops. */
const bodyLabel = "yieldpoint$body";

export class Loops {
  /** The labels of the statement that comes next. */
  #labels: string[] = [];
  #bodies = 0;

  constructor(readonly rewriting: Rewrites) {}

  labeled(node: Node): Node {
    this.#labels.push((node.label as Node).name as string);
    node.body = this.rewriting.rewritten(node.body as Node);
    this.#labels = [];
    return node;
  }

  /** `while`, `do`, `for`. */
  loop(node: Node): Node {
    this.#labels = [];
    node.body = this.#withLine(this.block(node.body as Node), node);
    return this.rewriting.inside(node);
  }

  /** `for … of`, `for … in`. */
  over(node: Node): Node {
    const labels = this.#labels;
    this.#labels = [];
    const right = node.right as Node;
    const place = { ...right };
    const isStored = /^(?:Identifier|ThisExpression|MemberExpression)$/.test(right.type);
    node.right = this.rewriting.valueBefore(this.rewriting.rewritten(right), "reading", place, isStored);
    const body = this.rewriting.rewritten(this.#withLine(this.block(node.body as Node), node));
    node.body = isStored ? this.#beforeNext(body, labels, place) : body;
    return node;
  }

  /** A statement that is a block if lines have switch points. */
  block(node: Node): Node {
    const isAlone = this.rewriting.byLines && node.type !== "BlockStatement";
    return isAlone ? { type: "BlockStatement", body: [node], directives: [] } : node;
  }

  /** A loop with an empty body has the line of its own. */
  #withLine(body: Node, { loc }: Node): Node {
    const isEmpty = body.type === "BlockStatement" && (body.body as Node[]).length === 0;
    if (isEmpty && this.rewriting.byLines) body.body = [{ type: "EmptyStatement", ...(loc ? { loc } : {}) }];
    return body;
  }

  /** The body of a loop, and then a switch point: whatever goes on with the loop ends the body only. */
  #beforeNext(body: Node, labels: readonly string[], place: Node): Node {
    const point = this.rewriting.beforeNext(place);
    if (!point) return body;
    const label = identifier(`${bodyLabel}${this.#bodies}`);
    this.#bodies += 1;
    const isContinued = endBody(body, label, labels, true);
    const labelled = isContinued ? { type: "LabeledStatement", label, body } : body;
    return { type: "BlockStatement", body: [labelled, statement(point)], directives: [] };
  }
}

/** Makes each `continue` of a loop an end of its body. @param isDirect whether no loop is in between @returns whether there is one */
function endBody(node: Node, end: Node, labels: readonly string[], isDirect: boolean): boolean {
  let found = false;
  for (const child of childrenOf(node)) {
    if (/^(?:Function|Arrow|Class|ObjectMethod)/.test(child.type)) continue;
    const label = (child.label as Node | null | undefined)?.name as string | undefined;
    if (child.type === "ContinueStatement" && (label === undefined ? isDirect : labels.includes(label))) {
      Object.assign(child, { type: "BreakStatement", label: { ...end } });
      found = true;
    }
    const isLoop = /^(?:For|While|DoWhile)/.test(child.type);
    found = endBody(child, end, labels, isDirect && !isLoop) || found;
  }
  return found;
}
