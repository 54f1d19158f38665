/**
 * A parsed file, in the form that Babel's plugins expect.
 */
import { NodePath, Scope } from "@babel/traverse";
import * as t from "@babel/types";
import { helper, importHelpers } from "../helpers";

export interface FileOptions {
  readonly filename: string;
  /** The name by which generated code refers to the function that requires a module. */
  readonly require: string;
}

/** Names that are not in the source, each with the variable's name in the source, if it has one. */
export type MadeUpNames = ReadonlyMap<string, string | undefined>;

/** The generated names of each program. A program discards its own record whenever its scopes are crawled again. */
const madeUp = new WeakMap<t.Node, Map<string, string | undefined>>();

const { generateUid, rename } = Scope.prototype;

Scope.prototype.generateUid = function (name) {
  const made = generateUid.call(this, name);
  madeUp.get(this.getProgramParent().block)?.set(made, undefined);
  return made;
};

Scope.prototype.rename = function (name, given) {
  if (!this.getBinding(name)) return;
  const made = given ?? this.generateUid(name);
  const known = madeUp.get(this.getProgramParent().block);
  known?.set(made, known.has(name) ? known.get(name) : name);
  rename.call(this, name, made);
};

/** Babel does not visit the decorators of all kinds of parameters. */
for (const kind of ["RestElement", "ArrayPattern"]) t.VISITOR_KEYS[kind]?.unshift("decorators");

export class File {
  readonly madeUpNames: MadeUpNames;
  readonly #map = new Map<string, unknown>();
  readonly path: NodePath<t.Program>;
  readonly metadata = {};
  readonly hub: object;
  #usesHelpers = false;

  constructor(
    readonly opts: FileOptions,
    readonly code: string,
    readonly ast: t.File,
  ) {
    this.hub = {
      file: this,
      getCode: () => this.code,
      getScope: () => this.scope,
      addHelper: (name: string) => this.addHelper(name),
      buildError: (node: t.Node | undefined, message: string) => this.buildCodeFrameError(node, message),
    };
    const names = new Map<string, string | undefined>();
    madeUp.set(ast.program, names);
    this.madeUpNames = names;
    const program = { hub: this.hub, parentPath: null, parent: ast, container: ast, key: "program" };
    this.path = (NodePath.get(program as never) as unknown as NodePath).setContext() as NodePath<t.Program>;
  }

  get scope(): Scope {
    return this.path.scope;
  }

  set(key: string, value: unknown): void {
    this.#map.set(key, value);
  }

  get(key: string): unknown {
    return this.#map.get(key);
  }

  availableHelper(): boolean {
    return true;
  }

  /** A reference to a function of the runner for use in transformed code. */
  addHelper(name: string): t.Expression {
    this.#usesHelpers = true;
    return helper(name);
  }

  /** Must be called after all transformations, because the import of helpers must precede all other imports. */
  finish(): void {
    if (this.#usesHelpers) this.path.node.body.unshift(importHelpers());
  }

  /** Plugins throw this error for code that they cannot transform. */
  buildCodeFrameError(node: t.Node | undefined, message: string): Error {
    return Object.assign(new SyntaxError(message), { loc: node?.loc?.start });
  }
}
