// The walk over a module: statements, objects and classes, but not function bodies, since functions nested in them cannot be reached
// from outside. This also keeps the walk short.

import type { SyntaxNode, Tree } from "@lezer/common";
import { type Bound, type BoundIn, deletions, type KeptBound, keptBounds, standing, wholeModule } from "../bindings";
import { shifted } from "../changes";
import type { Collected, Found } from "../generators";
import { onOneLine } from "../lines";
import { mentions } from "../mentions";
import { childOf, parts } from "../nodes";
import { type Access, defaultExport, deletedBy, instance, keyOf, member, target, variable } from "./access";
import { Constructors } from "./constructors";
import { parametersOf, requiredArguments } from "./parameters";
import { isPutIn } from "./readable";
import { isGenerator, isRunaway, isSwallowed, lastDeclaration, ledIn, unwrapped } from "./syntax";

/** The result for a whole statement, with offsets relative to its start. Incremental parsing reuses most statements' trees. */
interface Gathered {
  readonly found: readonly Found[];
  readonly bounds: readonly KeptBound[];
}

const remembered = new WeakMap<Tree, Gathered>();

/** One walk over one text. */
export class Walk {
  private readonly text: string;
  private readonly found: Found[] = [];
  /** The bindings of the current statement. */
  private bounds: Bound[] = [];
  private readonly tolerated: number[] = [];
  private swallowed: SyntaxNode | undefined;
  private readonly constructors: Constructors;

  constructor(text: string, top: SyntaxNode) {
    this.text = text;
    this.constructors = new Constructors(top, text);
  }

  /** The generators of a whole module, in text order. */
  module(top: SyntaxNode): Collected {
    const { suspect, statements } = this.gather(top);
    return { found: standing(this.found, statements), tolerated: this.tolerated, suspect };
  }

  /** What the module deletes: see `deletions`. */
  deleted(top: SyntaxNode): Map<number, string> {
    const { statements } = this.gather(top);
    return deletions(this.found, statements);
  }

  private gather(top: SyntaxNode): { suspect: number[]; statements: BoundIn[] } {
    const suspect: number[] = [];
    const statements: BoundIn[] = [];
    for (let node = top.firstChild; node; node = node.nextSibling) {
      if (isRunaway(node, this.text)) suspect.push(node.from);
      const before = node.tree && remembered.get(node.tree);
      for (const one of before?.found ?? []) this.found.push(shifted(one, node.from));
      statements.push({ bounds: before?.bounds ?? this.remember(node), at: node.from });
    }
    return { suspect, statements };
  }

  /** Walks a statement of the module, and caches the result if it depends on nothing outside of the statement. Gives its bindings. */
  private remember(node: SyntaxNode): readonly KeptBound[] {
    const tolerated = this.tolerated.length;
    const first = this.found.length;
    this.bounds = [];
    this.constructors.reliedOnOthers = false;
    this.statement(node, variable);
    const bounds = keptBounds(this.bounds, this.found.slice(first), node.from);
    const isOwn = this.tolerated.length === tolerated && !this.constructors.reliedOnOthers;
    if (node.tree && isOwn && !lastDeclaration(node) && !ledIn(node)) {
      remembered.set(node.tree, { found: this.found.slice(first).map((found) => shifted(found, -node.from)), bounds });
    }
    return bounds;
  }

  private statement(node: SyntaxNode, scope: (name: string) => Access): void {
    const last = lastDeclaration(node);
    this.swallowed = last && isSwallowed(last, node, this.text) ? last : undefined;
    switch (node.name) {
      case "ExportDeclaration":
        this.exported(node, scope);
        break;
      case "ExpressionStatement":
        this.expression(node, scope);
        break;
      default:
        this.declaration(node, scope, node);
    }
    if (this.swallowed) this.declaration(this.swallowed, scope, this.swallowed);
    const body = ledIn(node);
    if (body && isSwallowed(body, node, this.text)) this.statement(body, scope);
  }

  private exported(node: SyntaxNode, scope: (name: string) => Access): void {
    const byDefault = childOf(node, "default");
    for (const part of parts(node)) {
      if (part.name === ";") continue;
      if (byDefault && part.from > byDefault.from) {
        this.defaultExport(part, node);
      } else if (part.name === "ClassDeclaration" && isPutIn(this.ownName(part))) {
        this.definition(part, defaultExport, node);
      } else {
        this.declaration(part, scope, node);
      }
    }
  }

  private defaultExport(node: SyntaxNode, binding: SyntaxNode): void {
    if (!/^(Function|Class)/.test(node.name)) {
      this.value(node, defaultExport, binding);
      return;
    }
    const name = this.ownName(node);
    // The class has a header on several lines: see `Readable`.
    if (!name && node.name === "ClassDeclaration") this.tolerate(childOf(node, "VariableDefinition"));
    this.declared(node, name ? variable(name) : defaultExport, binding);
  }

  private declaration(node: SyntaxNode, scope: (name: string) => Access, binding: SyntaxNode): void {
    switch (node.name) {
      case "VariableDeclaration":
        this.variables(node, scope, binding);
        break;
      case "NamespaceDeclaration":
        this.namespace(node, scope);
        break;
      default: {
        const name = this.ownName(node);
        if (name) this.declared(node, scope(name), binding);
        else if (isDecoratedExport(node)) this.tolerate(node.lastChild);
      }
    }
  }

  /** Handles a declaration. A function without a body is only declared, and defines nothing at run time. */
  private declared(node: SyntaxNode, access: Access, binding: SyntaxNode): void {
    const isFunction = node.name.startsWith("Function");
    if (!isFunction || childOf(node, "Block")) this.bind(access, node, isFunction);
    this.definition(node, access, binding);
  }

  private bind(access: Access, node: SyntaxNode, isHoisted = false): void {
    this.bounds.push({ ...boundTo(access, node), isHoisted });
  }

  /** Handles a namespace. Only its exports can be reached. */
  private namespace(node: SyntaxNode, scope: (name: string) => Access): void {
    const path = parts(node).filter(({ name }) => name.endsWith("Definition"));
    const [first, ...rest] = path.map((part) => this.slice(part));
    const block = childOf(node, "Block");
    if (!first || !block) return;
    const space = rest.reduce((of, name) => member(of, `.${name}`), scope(first));
    for (const exported of block.getChildren("ExportDeclaration")) {
      this.exported(exported, (name) => member(space, `.${name}`, "function"));
    }
  }

  private variables(node: SyntaxNode, scope: (name: string) => Access, statement: SyntaxNode): void {
    let name: SyntaxNode | undefined;
    let binding = statement;
    let before: SyntaxNode | undefined;
    for (const part of parts(node)) {
      if (part.name === "VariableDefinition") {
        name = part;
        if (before?.name === ",") binding = part;
      } else if (before?.name === "Equals" && name) {
        this.value(part, scope(this.slice(name)), binding);
      } else if (part.name === ",") {
        name = undefined;
      }
      before = part;
    }
  }

  private expression(statement: SyntaxNode, scope: (name: string) => Access): void {
    const node = statement.firstChild;
    if (!node) return;
    const deleted = deletedBy(node, this.text);
    if (deleted) this.bounds.push({ ...boundTo(deleted, node), isDeletion: true });
    // No expression statement begins with `function` or `class`, but after reuse in an incremental parse it may seem so.
    if (/^(Function|Class)Expression$/.test(node.name)) this.declaration(node, scope, statement);
    if (node.name !== "AssignmentExpression" || !childOf(node, "Equals")) return;
    const [left] = parts(node);
    const access = left && target(left, this.text);
    if (access) this.value(node, access, statement);
  }

  /** Handles an expression that is bound to a name: a function, a class, or an object, whose members are handled in turn. */
  private value(node: SyntaxNode, access: Access, binding: SyntaxNode): void {
    const value = unwrapped(node);
    if (value.from === this.swallowed?.from) return;
    // A value computed from the same name, as in `run = traced(run)`, is assumed to be called like the original.
    if (isDefinition(value) || !mentions(this.slice(value), access.expression)) this.bind(access, value);
    if (value.name === "ObjectExpression") {
      for (const property of value.getChildren("Property")) {
        this.property(property, access);
      }
      return;
    }
    const name = access.name || this.ownName(value) || defaultExport.name;
    this.definition(value, { ...access, name }, binding);
  }

  private property(node: SyntaxNode, object: Access): void {
    const key = keyOf(node, this.text);
    if (!key) return;
    const value = childOf(node, ":")?.nextSibling && parts(node).at(-1);
    const access = member(object, key);
    if (value) this.value(value, access, node);
    else {
      this.bind(access, node);
      this.generator(node, access, node);
    }
  }

  private definition(node: SyntaxNode, access: Access, binding: SyntaxNode): void {
    const body = childOf(node, "ClassBody");
    if (body) this.classMembers(node, body, access);
    else if (node.name.startsWith("Function")) {
      this.generator(node, access, binding);
    }
  }

  private classMembers(owner: SyntaxNode, body: SyntaxNode, access: Access): void {
    const made = instance(access, this.constructors.parametersOf(owner));
    for (const node of body.getChildren("ClassItem")) {
      const key = keyOf(node, this.text);
      if (!key) continue;
      const reached = childOf(node, "static") ? member(access, key, "static") : member(made, key, "method");
      if (node.name !== "MethodDeclaration") this.field(node, reached);
      else if (childOf(node, "Block")) {
        // A field belongs to the instance, and hides a method with the same name.
        this.bind(reached, node, true);
        this.generator(node, reached, node);
      }
    }
  }

  private field(node: SyntaxNode, access: Access): void {
    const children = parts(node);
    const equals = children.findIndex(({ name }) => name === "Equals");
    const value = equals === -1 ? undefined : children[equals + 1];
    if (value) this.value(value, access, node);
  }

  /** Adds a function if it is a generator with a body. Overload signatures and abstract methods have none. */
  private generator(node: SyntaxNode, access: Access, binding: SyntaxNode): void {
    const list = childOf(node, "ParamList");
    if (!list || !childOf(node, "Block")) return;
    if (!isGenerator(node)) return;
    const { name, kind, expression } = access;
    const parameters = parametersOf(list, this.text);
    this.found.push({
      name,
      kind,
      parameters: parameters.map(({ text }) => text),
      call: `${expression}(${requiredArguments(parameters)})`,
      needsArguments: access.needsArguments || parameters.some(({ required }) => required),
      from: this.place(node, binding),
      headerTo: list.to,
    });
  }

  private tolerate(node: SyntaxNode | null): void {
    if (node) this.tolerated.push(node.from);
  }

  /** See GeneratorFunction.line. */
  private place(node: SyntaxNode, binding: SyntaxNode): number {
    const own = childOf(node, "function") ?? childOf(node, "Star") ?? node;
    return onOneLine(this.text, binding.from, own.from) ? binding.from : own.from;
  }

  private ownName(node: SyntaxNode): string {
    const name = childOf(node, "VariableDefinition");
    return name ? this.slice(name) : "";
  }

  private slice(node: SyntaxNode): string {
    return this.text.slice(node.from, node.to);
  }
}

function boundTo({ expression }: Access, { from, to }: SyntaxNode): Bound {
  return { ...wholeModule, name: expression, from, to, isHoisted: false };
}

function isDefinition({ name }: SyntaxNode): boolean {
  return /^(Function|Class)/.test(name);
}

/** `@decorator export class …`. The parser does not support it, and reports one error after the decorators. */
function isDecoratedExport(node: SyntaxNode): boolean {
  return node.name === "ClassDeclaration" && !childOf(node, "class") && node.nextSibling?.name === "ExportDeclaration";
}
