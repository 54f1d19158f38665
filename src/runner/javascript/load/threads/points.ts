/** The switch points of one file, as they are found. */
import type { Node } from "../babel";
import type { PointTable } from "../pointMarks";
import { call } from "../syntax";
import { aware, threadNames } from "./names";
import { addSwitch } from "./runtime";
import { shownOf } from "./shown";

/** Where a thread may give way. */
export type Granularity = "accesses" | "lines";

const longestText = 40;

export class SwitchPoints {
  /**
   * @param code the text of the source
   * @param granularity undefined for code that has no places
   */
  constructor(
    readonly file: string,
    readonly code: string,
    readonly table: PointTable,
    readonly granularity: Granularity | undefined,
  ) {}

  /** A point before an access; undefined if accesses have none, or this one has no place in the source. */
  before(access: "reading" | "writing", node: Node, name: string): Node | undefined {
    if (this.granularity !== "accesses" || !node.loc) return undefined;
    return this.#at(node, name, `before ${access} ${this.#text(node)}`);
  }

  /** A point before a statement. */
  beforeLine(node: Node, name: string): Node | undefined {
    if (this.granularity !== "lines" || !node.loc) return undefined;
    return this.#at(node, name, `before line ${node.loc.start.line}`);
  }

  /** The number of the point at which a thread is suspended in a call; 0 if that has no place in the source. */
  call({ loc }: Node, name: string): number {
    if (!loc || !this.granularity) return 0;
    const { line, column } = loc.start;
    return this.table.add({ file: this.file, line, column: column + 1, function: name }, "delegation");
  }

  /** @param name that of the function */
  #at({ loc }: Node, name: string, text: string): Node {
    const { line, column } = (loc as NonNullable<Node["loc"]>).start;
    const point = this.table.add({ file: this.file, line, column: column + 1, function: name }, "yield");
    addSwitch(point, text);
    const yielded: Node = { type: "YieldExpression", argument: call(threadNames.switchAt, point), delegate: false };
    return { type: "LogicalExpression", operator: "&&", left: { type: "Identifier", name: aware }, right: yielded };
  }

  #text(node: Node): string {
    const { start, end } = node;
    // What the compiler has made of the source has a place there, but no text.
    const text = start === undefined ? shownOf(node) : this.code.slice(start, end).replace(/\s+/g, " ");
    return text.length > longestText ? `${text.slice(0, longestText)}…` : text;
  }
}
