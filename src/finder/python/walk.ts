// The walk over a module: its statements at any depth of nesting, and classes. Function bodies are only checked for indentation, since
// functions nested in them cannot be reached from outside.

import type { SyntaxNode, Tree } from "@lezer/common";
import { type Bound, type BoundIn, type KeptBound, keptBounds, standing, wholeModule } from "../bindings";
import { shifted } from "../changes";
import type { Collected, Found } from "../generators";
import { linePrefix } from "../lines";
import { mentions } from "../mentions";
import { childOf } from "../nodes";
import { classScope, kindIn, localScope, moduleScope, needsInstance, reached, readName, type Scope } from "./access";
import { assignment, deletedNames, importedNames, lambdaIn } from "./assignments";
import { fateOf } from "./branches";
import { Constructors } from "./constructors";
import { addsTo, type Binding, bindingOf } from "./decorators";
import { Instances } from "./instances";
import { parametersOf, requiredArguments, withoutReceiver } from "./parameters";
import { yieldsItself } from "./yields";

/** The result for one statement of the module, with offsets relative to its start. */
interface Gathered {
  found: readonly Found[];
  bounds: readonly KeptBound[];
  suspect: readonly number[];
}

const IMPORTS_REQUESTS = /^[ \t]*(?:from[ \t]+cotasks[ \t]+import|import[ \t]+cotasks)\b/m;

/** Results by tree: incremental parsing reuses most statements' trees. */
const remembered = new WeakMap<Tree, Gathered>();

/** A generator function, with its name. */
interface Definition {
  name: string;
  list: SyntaxNode;
  from: number;
  binding: Binding;
}

/** The scope and block of the current names. */
type Block = Pick<Bound, "scope" | "blockFrom" | "blockTo">;

/** One walk over one text. */
export class Walk {
  private readonly text: string;
  /** Whether coroutines are tasks here: elsewhere they are for another event loop, and would not run. */
  private readonly offersCoroutines: boolean;
  private found: Found[] = [];
  private bounds: Bound[] = [];
  private suspect: number[] = [];
  private block: Block = wholeModule;
  private constructors: Constructors | undefined;

  constructor(text: string) {
    this.text = text;
    this.offersCoroutines = IMPORTS_REQUESTS.test(text);
  }

  /** The generators of a whole module, in text order. */
  module(top: SyntaxNode): Collected {
    const found: Found[] = [];
    const statements: BoundIn[] = [];
    const suspect: number[] = [];
    this.constructors = new Constructors(top, this.text);
    for (let node = top.firstChild; node; node = node.nextSibling) {
      const at = node.from;
      if (!node.type.isSkipped && this.indentOf(node) !== "") suspect.push(at);
      const gathered = this.gather(node, this.constructors);
      for (const one of gathered.found) found.push(shifted(one, at));
      statements.push({ bounds: gathered.bounds, at });
      for (const offset of gathered.suspect) suspect.push(offset + at);
    }
    return { found: standing(found, statements), suspect, tolerated: [] };
  }

  private gather(node: SyntaxNode, constructors: Constructors): Gathered {
    const before = node.tree && remembered.get(node.tree);
    if (before) return before;
    this.found = [];
    this.bounds = [];
    this.suspect = [];
    constructors.reliedOnOthers = false;
    this.statement(node, moduleScope);
    const gathered = {
      found: this.found.map((one) => shifted(one, -node.from)),
      bounds: keptBounds(this.bounds, this.found, node.from),
      suspect: this.suspect.map((offset) => offset - node.from),
    };
    if (node.tree && !constructors.reliedOnOthers) remembered.set(node.tree, gathered);
    return gathered;
  }

  private statement(node: SyntaxNode, scope: Scope): void {
    switch (node.name) {
      case "FunctionDefinition":
        this.function(node, scope, []);
        break;
      case "ClassDefinition":
        this.class(node, scope, []);
        break;
      case "DecoratedStatement":
        this.decorated(node, scope);
        break;
      case "AssignStatement":
        this.assigned(node, scope);
        break;
      case "DeleteStatement":
        this.deleted(node);
        break;
      case "ImportStatement":
        for (const name of importedNames(node, this.text)) this.bind(name, node);
        break;
      default:
        this.blocks(node, scope);
    }
  }

  /** Walks the blocks of `if`, `try`, `with`, a loop or `match`. */
  private blocks(node: SyntaxNode, scope: Scope): void {
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (child.name === "Body") this.blockOf(child, scope);
      else if (child.name === "MatchBody" || child.name === "MatchClause") this.blocks(child, scope);
    }
  }

  private blockOf(body: SyntaxNode, scope: Scope): void {
    const fate = fateOf(body, this.text);
    if (fate === "runs") this.body(body, scope);
    else if (fate === "may") this.inBlock(body, scope);
  }

  /**
   * Walks the statements of a block. The parser reports no error for wrong indentation, but ends blocks too early. So a statement that is
   * not aligned with the first one is suspect.
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

  /** Walks a block that may not run, in the same scope. */
  private inBlock(body: SyntaxNode, scope: Scope): void {
    this.within({ ...this.block, blockFrom: body.from, blockTo: body.to }, () => this.body(body, scope));
  }

  /** Walks a body with its own scope. */
  private inScope(body: SyntaxNode, scope: Scope): void {
    const block = { scope: body.from, blockFrom: body.from, blockTo: body.to };
    this.within(block, () => this.body(body, scope));
  }

  private within(block: Block, walk: () => void): void {
    const outer = this.block;
    this.block = block;
    walk();
    this.block = outer;
  }

  /** What may be deleted, depending on the run, is taken to stay. */
  private deleted(node: SyntaxNode): void {
    const isSure = this.block.blockFrom === wholeModule.blockFrom || this.block.blockFrom === this.block.scope;
    if (isSure) for (const name of deletedNames(node, this.text)) this.bind(name, node, true);
  }

  private bind(name: string, { from, to }: SyntaxNode, isDeletion = false): void {
    this.bounds.push({ ...this.block, name, from, to, isHoisted: false, ...(isDeletion ? { isDeletion } : {}) });
  }

  private indentOf({ from }: SyntaxNode): string {
    return linePrefix(this.text, from).replace(/[\f\ufeff]/g, "");
  }

  private decorated(node: SyntaxNode, scope: Scope): void {
    const decorators = node.getChildren("Decorator");
    const defined = childOf(node, "FunctionDefinition");
    if (defined) this.function(defined, scope, decorators);
    const owner = childOf(node, "ClassDefinition");
    if (owner) this.class(owner, scope, decorators);
  }

  private class(node: SyntaxNode, outer: Scope, decorators: readonly SyntaxNode[]): void {
    const name = this.nameOf(node);
    const body = childOf(node, "Body");
    if (!name || !body) return;
    this.bind(name, node);
    const instances = this.constructors && new Instances(this.constructors, this.text);
    const source = { node, decorators };
    const own = classScope(name, outer, (expression, method) => instances?.of(source, expression, method));
    this.inScope(body, outer === localScope ? localScope : own);
  }

  /** Adds a function if it is a generator, and reaching it returns a generator. */
  private function(node: SyntaxNode, scope: Scope, decorators: readonly SyntaxNode[]): void {
    const name = this.nameOf(node);
    const list = childOf(node, "ParamList");
    const body = childOf(node, "Body");
    if (!addsTo(name, decorators, this.text)) this.bind(name, node);
    if (body) this.inScope(body, localScope);
    if (!name || !list || !body || scope === localScope) return;
    const binding = bindingOf(decorators, this.text);
    if (binding === "none" || !this.isTask(node, body)) return;
    this.generator({ name, list, from: node.from, binding }, scope);
  }

  /** Whether a call gives a generator, or a coroutine in a file that has requests to await. Only asyncio runs async generators. */
  private isTask(node: SyntaxNode, body: SyntaxNode): boolean {
    const isGenerator = yieldsItself(body, this.text);
    if (!this.isAsync(node)) return isGenerator;
    // The import is in another statement, which may change while this one stays.
    if (this.constructors) this.constructors.reliedOnOthers = true;
    return this.offersCoroutines && !isGenerator;
  }

  /** Handles an assignment. A lambda is a function too, and a generator if it yields. */
  private assigned(node: SyntaxNode, scope: Scope): void {
    const { names, value } = assignment(node, this.text);
    const defined = value && lambdaIn(value);
    // A value computed from the same name, as in `run = traced(run)`, is assumed to be called like the original.
    if (value) for (const name of names) if (defined || !mentions(this.slice(value), name)) this.bind(name, node);
    const [name] = names;
    const list = defined && childOf(defined, "ParamList");
    const body = defined?.lastChild;
    if (!name || !list || !body || scope === localScope || !yieldsItself(body, this.text)) return;
    this.generator({ name, list, from: node.from, binding: "plain" }, scope);
  }

  private generator({ name, list, from, binding }: Definition, scope: Scope): void {
    const inClass = scope !== moduleScope;
    const instance = needsInstance(scope, binding) ? scope.instanceFor(name) : undefined;
    if (needsInstance(scope, binding) && !instance) return;
    const isProperty = inClass && binding === "property";
    const all = parametersOf(list, this.text);
    const parameters = inClass && binding !== "static" ? withoutReceiver(all) : all;
    this.found.push({
      name: readName(name, scope),
      kind: kindIn(scope, binding),
      parameters: parameters.map(({ text }) => text),
      call: reached(name, scope, instance) + (isProperty ? "" : `(${requiredArguments(parameters)})`),
      needsArguments: instance?.needsArguments === true || parameters.some(({ required }) => required),
      from,
      headerTo: list.to,
    });
  }

  /** Whether a function is async, even if the parser skipped the `async` while recovering from an error. */
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
