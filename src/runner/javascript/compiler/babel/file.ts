/**
 * A parsed file as Babel's plugins see it.
 */
import { NodePath, type Scope } from "@babel/traverse";
import type * as t from "@babel/types";
import { helper, importHelpers } from "../helpers";

export interface FileOptions {
  readonly filename: string;
}

export class File {
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

  /** A function of the runner's that transformed code calls. */
  addHelper(name: string): t.Expression {
    this.#usesHelpers = true;
    return helper(name);
  }

  /** To be called when all is done: what the file begins with has to come before what it imports. */
  finish(): void {
    if (this.#usesHelpers) this.path.node.body.unshift(importHelpers());
  }

  /** Plugins throw these for what they cannot transform. */
  buildCodeFrameError(node: t.Node | undefined, message: string): Error {
    return Object.assign(new SyntaxError(message), { loc: node?.loc?.start });
  }
}
