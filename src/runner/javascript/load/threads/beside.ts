/**
 * Generator functions beside the functions whose code they have. To make one in each call takes most of the time of a call, so functions of the
 * module itself and methods of classes have theirs made once. Each comes directly after its function, because lines stay where they are.
 */
import { directiveText } from "../awaits/driving";
import type { Node } from "../babel";
import { call, identifier, member, statement } from "../syntax";
import { hoisted, threadNames } from "./names";

export class Beside {
  /** The statement of the module, or the class, that a function is made by. */
  readonly #makers = new Map<Node, Node>();
  /** By the statement, or the method. */
  readonly #made = new Map<Node, Node>();
  /** Calls that give them the names of their functions, by who makes them. */
  readonly #namings = new Map<Node, Node[]>();

  /** Notes the functions that a program or a class makes. */
  note(node: Node): void {
    if (node.type === "Program") for (const each of node.body as Node[]) this.#noteOnly(each);
    if (!isClass(node) || !node.id) return;
    for (const each of (node.body as Node).body as Node[]) if (/Method$/.test(each.type)) this.#makers.set(each, node);
  }

  /** A statement that only makes one function, which does not refer to itself by a name of its own. */
  #noteOnly(statement: Node): void {
    const { type, declarations = [] } = statement as Node & { declarations?: { init: Node | null }[] };
    const [first, ...others] = declarations;
    if (type === "FunctionDeclaration") this.#makers.set(statement, statement);
    else if (first?.init && others.length === 0 && !first.init.id) this.#makers.set(first.init, statement);
  }

  /**
   * Makes the generator function of a function.
   *
   * @param usesSuper whether its code does
   * @returns how the function refers to it; undefined if it has no place
   */
  made(fn: Node, name: string, params: Node[], body: Node, usesSuper: boolean): Node | undefined {
    const maker = this.#makers.get(fn);
    if (!maker || (usesSuper && fn.static !== true)) return undefined;
    const id = identifier(`${hoisted}${this.#made.size}`);
    const code = { params, body, generator: true, async: false };
    const key = { type: "PrivateName", id };
    if (isClass(maker)) {
      this.#made.set(fn, { type: "ClassPrivateMethod", kind: "method", static: true, computed: false, key, ...code });
    } else {
      body.directives = ((fn.body as Node).directives as Node[]).filter((each) => directiveText(each) === "use strict");
      this.#made.set(maker, { type: "FunctionDeclaration", id, ...code });
    }
    const reference = (): Node =>
      isClass(maker) ? { ...member(identifier((maker.id as Node).name as string), key), computed: false } : { ...id };
    const naming = statement(call(threadNames.named, reference(), name));
    this.#namings.set(this.#namer(maker), [...(this.#namings.get(this.#namer(maker)) ?? []), naming]);
    return reference();
  }

  #namer(maker: Node): Node {
    return isClass(maker) ? maker : everyStatement;
  }

  /** Puts what was made into a program, or into a class with a last part that is evaluated with it. */
  addTo(node: Node, last: readonly Node[] = []): void {
    const holder = isClass(node) ? (node.body as Node) : node;
    const body = (holder.body as Node[]).flatMap((each) => {
      const made = this.#made.get(each);
      return made ? [each, made] : [each];
    });
    const namings = this.#namings.get(isClass(node) ? node : everyStatement) ?? [];
    holder.body = isClass(node) ? [...body, { type: "StaticBlock", body: [...namings, ...last] }] : [...namings, ...body];
  }
}

/** Stands for all statements of the module. */
const everyStatement: Node = { type: "Program" };

export function isClass({ type }: Node): boolean {
  return type === "ClassDeclaration" || type === "ClassExpression";
}
