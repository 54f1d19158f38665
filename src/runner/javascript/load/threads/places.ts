/** Which names and members of a file are shared, so that it matters when they are read and written. */
import type { Node, NodePath } from "../babel";
import { eachGlobal, eachShared, isOurs, type Scope, type SharedBinding } from "../sharedNames";

export class SharedPlaces {
  readonly #read = new Set<Node>();
  readonly #written = new Map<Node, Set<string>>();
  /** The names of globals, and of objects that nothing but their function can see. */
  readonly #unshared = new Set<Node>();

  constructor(program: NodePath) {
    eachShared(program, (name, binding) => {
      for (const path of binding.referencePaths) this.#read.add(path.node);
      for (const { node } of binding.constantViolations) this.#writes(node, name);
    });
    eachGlobal(program, (node, name, assignedBy, isRead) => {
      if (assignedBy) this.#writes(assignedBy, name);
      if (isRead) this.#read.add(node);
      else if (!globals.has(name)) this.#unshared.add(node);
    });
    program.traverse({ Scope: (path) => this.#findFresh(path.scope as unknown as Scope) });
  }

  #writes(by: Node, name: string): void {
    this.#written.set(by, (this.#written.get(by) ?? new Set()).add(name));
  }

  isRead(identifier: Node): boolean {
    return this.#read.has(identifier);
  }

  isWritten(by: Node, name: string): boolean {
    return this.#written.get(by)?.has(name) ?? false;
  }

  /** Whether others can see the object of a member. */
  isShared({ object }: Node): boolean {
    const node = object as Node;
    switch (node.type) {
      case "Identifier":
        return node.loc !== undefined && !isOurs(node.name as string) && node.name !== "arguments" && !this.#unshared.has(node);
      case "MemberExpression":
        return this.isShared(node);
      case "MetaProperty":
        return false;
      default:
        return !/Literal$|^(?:Object|Array|Function|ArrowFunction|Class)Expression$/.test(node.type);
    }
  }

  /** A literal that is only ever asked for its members, in the function that has made it. */
  #findFresh({ bindings, path }: Scope): void {
    if (path.type === "Program") return;
    for (const binding of Object.values(bindings)) {
      if (!isFresh(binding)) continue;
      for (const { node } of binding.referencePaths) this.#unshared.add(node);
    }
  }
}

/** Globals whose properties are the program's own. */
const globals = new Set(["globalThis", "global"]);

function isFresh({ constant, path, referencePaths }: SharedBinding): boolean {
  const init = path.node.init as Node | null | undefined;
  if (!constant || !init || !/^(?:Object|Array)Expression$/.test(init.type)) return false;
  const home = path.scope as unknown as Scope;
  return referencePaths.every(({ parent, key, parentPath, scope }) => {
    const isObject = /^MemberExpression$/.test(parent.type) && key === "object";
    const isCalled = parentPath?.parent.type === "CallExpression" && parentPath.key === "callee";
    return isObject && !isCalled && functionOf(scope as unknown as Scope) === functionOf(home);
  });
}

function functionOf(scope: Scope): unknown {
  return scope.getFunctionParent()?.path.node;
}
