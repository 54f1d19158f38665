// The walk over a module: its statements, whatever they are nested in, and classes. Function bodies only tell whether
// they are in line, for what is defined in them cannot be reached from outside.

import type { SyntaxNode, Tree } from "@lezer/common";
import { shifted } from "../changes";
import type { Collected, Found } from "../generators";
import { linePrefix } from "../lines";
import { childOf } from "../nodes";
import { classScope, kindIn, localScope, moduleScope, needsInstance, reached, readName, type Scope } from "./access";
import { bindingOf } from "./decorators";
import { isMainOnly } from "./main";
import { type Parameter, parametersOf, requiredArguments, withoutReceiver } from "./parameters";
import { yieldsItself } from "./yields";

/** What one statement of the module gave, relative to its start. */
interface Gathered {
  found: readonly Found[];
  suspect: readonly number[];
}

/** Incremental parsing hands most trees of whole statements on unchanged. */
const remembered = new WeakMap<Tree, Gathered>();

/** One walk over one text. */
export class Walk {
  private readonly text: string;
  private found: Found[] = [];
  private suspect: number[] = [];

  constructor(text: string) {
    this.text = text;
  }

  /** The generators of a whole module, in the order of its text. */
  module(top: SyntaxNode): Collected {
    const found: Found[] = [];
    const suspect: number[] = [];
    for (let node = top.firstChild; node; node = node.nextSibling) {
      const at = node.from;
      if (!node.type.isSkipped && this.indentOf(node) !== "") suspect.push(at);
      const gathered = this.gather(node);
      for (const one of gathered.found) found.push(shifted(one, at));
      for (const offset of gathered.suspect) suspect.push(offset + at);
    }
    return { found, suspect, tolerated: [] };
  }

  private gather(node: SyntaxNode): Gathered {
    const before = node.tree && remembered.get(node.tree);
    if (before) return before;
    this.found = [];
    this.suspect = [];
    this.statement(node, moduleScope);
    const gathered = {
      found: this.found.map((one) => shifted(one, -node.from)),
      suspect: this.suspect.map((offset) => offset - node.from),
    };
    if (node.tree) remembered.set(node.tree, gathered);
    return gathered;
  }

  private statement(node: SyntaxNode, scope: Scope): void {
    switch (node.name) {
      case "FunctionDefinition":
        this.function(node, scope, []);
        break;
      case "ClassDefinition":
        this.class(node, scope);
        break;
      case "DecoratedStatement":
        this.decorated(node, scope);
        break;
      default:
        this.blocks(node, scope);
    }
  }

  /** The statements that `if`, `try`, `with`, a loop or `match` hold. */
  private blocks(node: SyntaxNode, scope: Scope): void {
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (child.name === "Body" && !isMainOnly(child, this.text)) this.body(child, scope);
      else if (child.name === "MatchBody" || child.name === "MatchClause") this.blocks(child, scope);
    }
  }

  /**
   * The statements of a block. The parser passes over a wrong indentation without an error: it ends blocks too early, so a
   * statement that is not in line with the first one is suspect.
   */
  private body(node: SyntaxNode, scope: Scope): void {
    const [first, ...others] = node.getChildren("Statement");
    if (!first) return;
    this.statement(first, scope);
    const indent = this.indentOf(first);
    for (const other of others) {
      if (this.indentOf(other) !== indent) this.suspect.push(other.from);
      this.statement(other, scope);
    }
  }

  private indentOf({ from }: SyntaxNode): string {
    return linePrefix(this.text, from).replace(/[\f\ufeff]/g, "");
  }

  private decorated(node: SyntaxNode, scope: Scope): void {
    const defined = childOf(node, "FunctionDefinition");
    if (defined) this.function(defined, scope, node.getChildren("Decorator"));
    const owner = childOf(node, "ClassDefinition");
    if (owner) this.class(owner, scope);
  }

  private class(node: SyntaxNode, outer: Scope): void {
    const name = childOf(node, "VariableName");
    const body = childOf(node, "Body");
    if (!name || !body) return;
    const isLocal = outer === localScope;
    this.body(body, isLocal ? localScope : classScope(this.slice(name), outer, this.constructorParameters(body)));
  }

  private constructorParameters(body: SyntaxNode): Parameter[] {
    const definitions = body.getChildren("Statement").map((node) => childOf(node, "FunctionDefinition") ?? node);
    const own = definitions.findLast((node) => this.nameOf(node) === "__init__" && node.name === "FunctionDefinition");
    const list = own && childOf(own, "ParamList");
    return list ? withoutReceiver(parametersOf(list, this.text)) : [];
  }

  /** Adds a function if it is a generator, and reaching it gives one. */
  private function(node: SyntaxNode, scope: Scope, decorators: readonly SyntaxNode[]): void {
    const name = this.nameOf(node);
    const list = childOf(node, "ParamList");
    const body = childOf(node, "Body");
    if (body) this.body(body, localScope);
    if (!name || !list || !body || scope === localScope || this.isAsync(node)) return;
    const binding = bindingOf(decorators, this.text);
    if (binding === "none" || !yieldsItself(body, this.text)) return;
    const inClass = scope !== moduleScope;
    const isProperty = inClass && binding === "property";
    const all = parametersOf(list, this.text);
    const parameters = inClass && binding !== "static" ? withoutReceiver(all) : all;
    const asked = needsInstance(scope, binding) ? [...scope.constructorParameters, ...parameters] : parameters;
    this.found.push({
      name: readName(name, scope),
      kind: kindIn(scope, binding),
      parameters: parameters.map(({ text }) => text),
      call: reached(name, scope, binding) + (isProperty ? "" : `(${requiredArguments(parameters)})`),
      needsArguments: asked.some(({ required }) => required),
      from: node.from,
      headerTo: list.to,
    });
  }

  /** Also in text that the parser has recovered in by leaving the `async` out. */
  private isAsync(node: SyntaxNode): boolean {
    return childOf(node, "async") !== null || /\basync\s*$/.test(linePrefix(this.text, node.from));
  }

  private nameOf(node: SyntaxNode): string {
    const name = childOf(node, "VariableName");
    return name ? this.slice(name) : "";
  }

  private slice({ from, to }: SyntaxNode): string {
    return this.text.slice(from, to);
  }
}
