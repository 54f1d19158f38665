// The constructor of a class: its own, or the one inherited from classes in the same file.

import type { SyntaxNode } from "@lezer/common";
import { childOf, parts } from "../nodes";
import { keyOf } from "./access";
import { type Parameter, parametersOf } from "./parameters";
import { unwrapped } from "./syntax";

/** The constructors of one module. */
export class Constructors {
  /** Whether a class outside of the current statement was looked up. */
  reliedOnOthers = false;
  private named: Map<string, SyntaxNode> | undefined;

  constructor(
    private readonly top: SyntaxNode,
    private readonly text: string,
  ) {}

  /** The parameters of a class's constructor; empty if they are not known from the file. */
  parametersOf(owner: SyntaxNode): Parameter[] {
    const seen = new Set<number>();
    for (let node: SyntaxNode | undefined = owner; node && !seen.has(node.from); node = this.base(node)) {
      seen.add(node.from);
      const own = this.own(node);
      if (own) return own;
    }
    return [];
  }

  private own(owner: SyntaxNode): Parameter[] | undefined {
    const list = childOf(owner, "ClassBody")
      ?.getChildren("MethodDeclaration")
      .filter((node) => childOf(node, "Block") && !childOf(node, "static") && keyOf(node, this.text) === ".constructor")
      .map((node) => childOf(node, "ParamList"))[0];
    return list ? parametersOf(list, this.text) : undefined;
  }

  /** The base class, if it is a named class of this module or written inline. */
  private base(owner: SyntaxNode): SyntaxNode | undefined {
    const children = parts(owner);
    const at = children.findIndex(({ name }) => name === "extends");
    const written = at < 0 ? undefined : children[at + 1];
    const base = written && unwrapped(written);
    if (base?.name === "ClassExpression") return base;
    if (base?.name !== "VariableName") return undefined;
    this.reliedOnOthers = true;
    this.named ??= this.collect();
    return this.named.get(this.text.slice(base.from, base.to));
  }

  private collect(): Map<string, SyntaxNode> {
    const named = new Map<string, SyntaxNode>();
    for (let node = this.top.firstChild; node; node = node.nextSibling) {
      for (const part of node.name === "ExportDeclaration" ? parts(node) : [node]) this.note(part, named);
    }
    return named;
  }

  private note(node: SyntaxNode, named: Map<string, SyntaxNode>): void {
    if (node.name === "ClassDeclaration") {
      const name = childOf(node, "VariableDefinition");
      if (name) named.set(this.text.slice(name.from, name.to), node);
    }
    const children = node.name === "VariableDeclaration" ? parts(node) : [];
    for (const [index, { name, from, to }] of children.entries()) {
      const after = children.slice(index + 1).filter((part) => part.name !== "TypeAnnotation");
      const isGiven = name === "VariableDefinition" && after[0]?.name === "Equals";
      const made = isGiven && after[1] ? unwrapped(after[1]) : undefined;
      if (made?.name === "ClassExpression") named.set(this.text.slice(from, to), made);
    }
  }
}
