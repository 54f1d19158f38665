/**
 * Lets a file show its variables: those of the module, and at each yield point the locals of the generator that is suspended there. Says
 * where something of the state stays hidden: in the middle of an expression, in the iteration of a loop, behind a name that is not known.
 */
import type { Binding, Node, NodePath } from "../../load/babel";
import { childrenOf } from "../../load/children";
import { ownerOf } from "../../load/instrument";
import { isOurs } from "../../load/sharedNames";
import { call, identifier, number, text } from "../../load/syntax";
import { hiddenAround, hiddenName } from "./hidden";

/** The names of what changed code is passed, and of the variable that it keeps. */
export const reader = {
  enter: "yieldpoint$enter",
  suspended: "yieldpoint$suspended",
  delegates: "yieldpoint$delegates",
  module: "yieldpoint$module",
} as const;
const depth = "yieldpoint$depth";

/** The first of them in the text of a function says whether it sees variables of the functions around it. */
export const [closed, open] = ["yieldpoint$closed", "yieldpoint$open"] as const;

/** How many functions were marked in all files: each gets a number of its own. */
let functions = 0;

interface Scope {
  readonly path: NodePath;
  readonly parent: Scope | undefined;
  readonly bindings: Record<string, Captured>;
  crawl(): void;
  hasBinding(name: string, noGlobals: boolean): boolean;
  getBinding(name: string): Captured | undefined;
}

interface Captured extends Binding {
  readonly constant: boolean;
  readonly constantViolations: NodePath[];
}

interface Suspension {
  readonly node: Node;
  readonly names: readonly string[];
  readonly hidden: string | undefined;
  /** Whether the names and the place show which lock it holds in another generator, and which one that is. */
  readonly showsLock: boolean;
}

/** What will be written into a file. It is found out before the file is changed in other ways, and written after that. */
export class Readers {
  readonly #suspensions: Suspension[] = [];
  readonly #functions: Node[] = [];
  readonly #open = new Set<Node>();
  readonly #generators = new Set<Node>();
  readonly #variables: string[];
  readonly #fixed: string[];
  #hidden: string | undefined;

  constructor(readonly program: NodePath) {
    const scope = scopeOf(program);
    scope.crawl();
    const own = Object.entries(scope.bindings).filter(([name, { kind }]) => kind !== "module" && !isOurs(name));
    this.#fixed = own.filter(([, binding]) => isFixed(binding)).map(([name]) => name);
    this.#variables = own.filter(([, binding]) => !isFixed(binding)).map(([name]) => name);
    program.traverse({
      Function: (path) => this.#function(path),
      Scope: (path) => this.#capture(scopeOf(path)),
      ThisExpression: (path) => {
        const home = this.#through(path, (node) => isFunction(node) && node.type !== "ArrowFunctionExpression");
        if (home?.generator && !/Method$/.test(home.type)) this.#hide("this of a function", path.node);
      },
      Identifier: (path) => this.#name(path),
      YieldExpression: (path) => this.#yield(path),
      PrivateName: ({ node }) => this.#hide("a private field", node),
      ImportExpression: ({ node }) => this.#hide("import()", node),
      MetaProperty: ({ node }) => this.#hide("import.meta or new.target", node),
      ImportDeclaration: ({ node }) => this.#source(node),
      ExportAllDeclaration: ({ node }) => this.#source(node),
      ExportNamedDeclaration: ({ node }) => this.#source(node),
      ExportDefaultDeclaration: ({ node }) => {
        const { type, id } = node.declaration as Node;
        if (!/^(Function|ArrowFunction|Identifier)/.test(type) && !id) this.#hide("an exported value without a name", node);
      },
    });
  }

  /** Changes the file. */
  write(): void {
    for (const node of this.#functions) mark(node, this.#open.has(node) ? open : `${closed}${functions++}`);
    for (const node of this.#generators) ((node.body as Node).body as Node[]).unshift(declared(depth, call(reader.enter)));
    for (const { node, names, hidden, showsLock } of this.#suspensions) {
      const shown = hidden === undefined ? [readerOf(names), number(names.length)] : [text(hidden)];
      const given = (node.argument as Node | null) ?? nothing();
      node.argument = node.delegate
        ? call(reader.delegates, identifier(depth), { type: "BooleanLiteral", value: showsLock }, given, ...shown)
        : call(reader.suspended, identifier(depth), given, ...shown);
    }
    const names = [...this.#fixed, ...this.#variables];
    const shown = this.#hidden === undefined ? [] : [text(this.#hidden)];
    const made = call(reader.module, readerOf(names), number(names.length), number(this.#fixed.length), ...shown);
    (this.program.node.body as Node[]).unshift({ type: "ExpressionStatement", expression: made });
  }

  #function(path: NodePath): void {
    const { node } = path;
    this.#functions.push(node);
    if (node.async) this.#hide("an async function", node);
    if (/^(Constructor|ClassPrivate)/.test(node.type)) this.#hide("a private method", node);
    const isNested = (node.params as Node[]).some((param) => containsFunction(param));
    if (isNested) this.#hide("a function among parameters", node);
  }

  /** Functions that use a variable of a function or block around them are open, and so are those between them. */
  #capture({ path: { node, parentPath }, bindings }: Scope): void {
    if (node.type === "Program") return;
    let home = node;
    for (let at = parentPath; at && !isFunction(home); at = at.parentPath) home = isFunction(at.node) ? at.node : home;
    for (const { kind, referencePaths, constantViolations } of Object.values(bindings)) {
      if (kind === "local") continue;
      for (const use of [...referencePaths, ...constantViolations]) this.#through(use, (at) => at === home);
    }
  }

  /** The functions between a name and where it belongs are open. @returns where it belongs */
  #through(path: NodePath, isHome: (node: Node) => boolean): Node | undefined {
    const passed: Node[] = [];
    for (let at = path.parentPath; at; at = at.parentPath) {
      if (isHome(at.node)) {
        for (const node of passed) this.#open.add(node);
        return at.node;
      }
      if (isFunction(at.node)) passed.push(at.node);
    }
    return undefined;
  }

  /** A name that no file declares. */
  #name(path: NodePath): void {
    const name = path.node.name as string;
    if (isOurs(name) || scopeOf(path).hasBinding(name, true)) return;
    const isUsed = (path as unknown as { isReferencedIdentifier(): boolean }).isReferencedIdentifier();
    const isWritten = /^(Assignment|Update)Expression$/.test(path.parent.type) && path.key !== "right";
    if (isWritten || (isUsed && hiddenName(path))) this.#hide(`the name ${name}`, path.node);
  }

  #yield(path: NodePath): void {
    const owner = ownerOf(path);
    if (!owner?.node.generator || owner.node.async) return;
    this.#generators.add(owner.node);
    const names = new Set<string>();
    for (let scope: Scope | undefined = scopeOf(path); scope?.parent; scope = scope.parent) {
      if (scope.path.node.type === "Program") break;
      for (const name of Object.keys(scope.bindings)) if (!isOurs(name)) names.add(name);
    }
    if (/Method$/.test(owner.node.type)) names.add("this");
    const showsLock = path.node.delegate === true && holdsNamedLock(path.node, scopeOf(path));
    this.#suspensions.push({ node: path.node, names: [...names], hidden: hiddenAround(path, owner), showsLock });
  }

  #source({ source, loc, specifiers, type }: Node): void {
    const from = (source as Node | null | undefined)?.value as string | undefined;
    if (from === undefined) return;
    if (from === "cotasks") {
      const names = (specifiers as Node[] | undefined) ?? [];
      if (type === "ExportAllDeclaration" || names.some((name) => this.#readsTime(name)))
        this.#hide("the time", { type, ...(loc ? { loc } : {}) });
      return;
    }
    if (!from.startsWith(".")) this.#hide(`the package ${from}`, { type: "", ...(loc ? { loc } : {}) });
    else if (from.endsWith(".json")) this.#hide(from, { type: "", ...(loc ? { loc } : {}) });
  }

  /** Whether an import or export of the package `cotasks` may be used to read the time. */
  #readsTime({ imported, local }: Node): boolean {
    const name = ((imported ?? local) as Node).name;
    const binding = scopeOf(this.program).bindings[(local as Node).name as string];
    if (imported || binding?.kind !== "module") return name === "now";
    return binding.referencePaths.some(({ parent, key }) => {
      const isMember = /MemberExpression$/.test(parent.type) && key === "object" && parent.computed !== true;
      return !isMember || (parent.property as Node).name === "now";
    });
  }

  #hide(what: string, { loc }: Node): void {
    this.#hidden ??= loc ? `${what} in line ${loc.start.line}` : what;
  }
}

/** Functions and classes of the module, which have no variables but the module's. */
function isFixed({ constant, path: { node } }: Captured): boolean {
  if (!constant) return false;
  const { type } = node.type === "VariableDeclarator" ? ((node.init as Node | null) ?? node) : node;
  return /^(Function|ArrowFunction|Class)/.test(type);
}

/**
 * Whether a `yield*` delegates to `lock.hold(body)`, where nothing else can ever be meant by the names: then the place says which lock is
 * held, and what runs meanwhile.
 */
function holdsNamedLock({ argument }: Node, scope: Scope): boolean {
  const [, given] = ((argument as Node).right as Node).arguments as (Node | undefined)[];
  const { callee, arguments: bodies = [] } = (given ?? {}) as { callee?: Node; arguments?: Node[] };
  if (callee?.type !== "MemberExpression" || callee.computed === true || (callee.property as Node).name !== "hold") return false;
  const [body] = bodies;
  return isNamed(callee.object as Node, scope) && body !== undefined && (isFunction(body) || isNamed(body, scope));
}

/** Whether an expression is a name that always means the same. */
function isNamed({ type, name }: Node, scope: Scope): boolean {
  const binding = type === "Identifier" ? scope.getBinding(name as string) : undefined;
  return binding?.constant === true && binding.kind !== "module";
}

function scopeOf(path: NodePath): Scope {
  return path.scope as unknown as Scope;
}

function isFunction({ type }: Node): boolean {
  return /^(Function(Declaration|Expression)|ArrowFunctionExpression|(Object|Class(Private)?)Method)$/.test(type);
}

function containsFunction(node: Node): boolean {
  return isFunction(node) || [...childrenOf(node)].some(containsFunction);
}

function mark(node: Node, directive: string): void {
  const body = node.body as Node & { directives?: Node[] };
  const directives = [{ type: "Directive", value: { type: "DirectiveLiteral", value: directive } }];
  if (body.type === "BlockStatement") body.directives = [...directives, ...(body.directives ?? [])];
  else {
    node.body = { type: "BlockStatement", body: [{ type: "ReturnStatement", argument: body }], directives };
    node.expression = false;
  }
}

/** `at => at === 0 ? a : at === 1 ? b : c` */
function readerOf(names: readonly string[]): Node {
  const at = "yieldpoint$at";
  const body = names.reduceRight<Node>(
    (rest, name, index) => ({
      type: "ConditionalExpression",
      test: { type: "BinaryExpression", operator: "===", left: identifier(at), right: number(index) },
      consequent: name === "this" ? { type: "ThisExpression" } : identifier(name),
      alternate: rest,
    }),
    nothing(),
  );
  return { type: "ArrowFunctionExpression", params: [identifier(at)], body, expression: true, async: false };
}

function declared(name: string, init: Node): Node {
  const declarator = { type: "VariableDeclarator", id: identifier(name), init };
  return { type: "VariableDeclaration", kind: "const", declarations: [declarator] };
}

function nothing(): Node {
  return { type: "UnaryExpression", operator: "void", prefix: true, argument: number(0) };
}
