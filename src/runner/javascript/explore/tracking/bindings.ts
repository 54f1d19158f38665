/**
 * Which names in a file stand for places: variables of the module and captured locals that are written after they were made, imports, and
 * names that no file declares.
 */
import type { Binding, Node, NodePath } from "../../load/babel";
import { functionName } from "../../load/functionName";
import type { Touches } from "../touches";

/** Babel's scope, as far as it is needed here. */
interface Scope {
  readonly uid: number;
  readonly path: NodePath;
  readonly bindings: Record<string, TrackedBinding>;
  crawl(): void;
  hasBinding(name: string, noGlobals: boolean): boolean;
  getFunctionParent(): Scope | null;
}

interface TrackedBinding extends Binding {
  readonly identifier: Node;
  readonly constant: boolean;
  readonly constantViolations: (NodePath & { scope: unknown })[];
}

type ScopedPath = NodePath & { scope: Scope; isReferencedIdentifier(): boolean };

/** The places of one file's names. */
export interface Names {
  /** By the identifier that reads. */
  readonly read: ReadonlyMap<Node, readonly number[]>;
  /** By the node that writes, and the name that it writes. */
  written(by: Node, name: string): readonly number[] | undefined;
  /** By the identifier of a declaration. */
  readonly declared: ReadonlyMap<Node, readonly number[]>;
}

export function namesOf(program: NodePath, touches: Touches): Names {
  const scope = program.scope as unknown as Scope;
  scope.crawl();
  const read = new Map<Node, readonly number[]>();
  const declared = new Map<Node, readonly number[]>();
  const written = new Map<Node, Map<string, readonly number[]>>();
  const exported = exportedNames(program.node);
  const globals = new Map<string, readonly number[]>();
  const globalPlaces = (name: string) => {
    const known = globals.get(name) ?? [touches.place(name), touches.property(name)];
    globals.set(name, known);
    return known;
  };

  const note = (name: string, binding: TrackedBinding, places: readonly number[]) => {
    for (const path of binding.referencePaths) read.set(path.node, places);
    declared.set(binding.identifier, places);
    for (const { node } of binding.constantViolations) {
      const names = written.get(node) ?? new Map<string, readonly number[]>();
      written.set(node, names.set(name, places));
    }
  };
  const visit = (own: Scope) => {
    for (const [name, binding] of Object.entries(own.bindings)) {
      if (binding.kind === "module") note(name, binding, [touches.place(importedName(binding.path.node))]);
      else if (binding.constant) continue;
      else if (own === scope) note(name, binding, modulePlaces(name, exported.get(name) ?? [], touches));
      else if (isCaptured(binding, own)) note(name, binding, [touches.place(localName(name, binding, own))]);
    }
  };

  visit(scope);
  program.traverse({
    Scope: (path) => visit(path.scope as unknown as Scope),
    Identifier: (path) => {
      const { node, scope: own } = path as unknown as ScopedPath;
      const name = node.name as string;
      if (isOurs(name) || own.hasBinding(name, true)) return;
      const isAssigned =
        path.parent.type === "UpdateExpression" || (path.parent.type === "AssignmentExpression" && path.key === "left");
      if (isAssigned) written.set(path.parent, new Map([[name, globalPlaces(name)]]));
      const isRead = (path as unknown as ScopedPath).isReferencedIdentifier();
      if (isRead && !(name in globalThis) && !fixed.has(name)) read.set(node, globalPlaces(name));
    },
  });
  return { read, declared, written: (by, name) => written.get(by)?.get(name) };
}

/** Names that stand for nothing that changes. */
const fixed = new Set(["undefined", "NaN", "Infinity", "arguments", "require", "module", "exports", "__filename", "__dirname"]);

/** Whether a name was made by the instrumentation. */
export function isOurs(name: string): boolean {
  return name.startsWith("yieldpoint$");
}

/** An exported variable is also a property of the module's namespace. */
function modulePlaces(name: string, exportedAs: readonly string[], touches: Touches): number[] {
  const names = new Set([name, ...exportedAs]);
  return [...names].flatMap((each) => [touches.place(each), ...(exportedAs.length > 0 ? [touches.property(each)] : [])]);
}

function importedName({ type, imported }: Node): string {
  if (type === "ImportDefaultSpecifier") return "default";
  if (type === "ImportNamespaceSpecifier") return "*";
  const { name, value } = imported as Node;
  return (name ?? value) as string;
}

/** By each local name, the names under which it is exported. */
function exportedNames({ body }: Node): Map<string, string[]> {
  const exported = new Map<string, string[]>();
  const add = (local: string, as: string) => exported.set(local, [...(exported.get(local) ?? []), as]);
  for (const { type, source, specifiers = [], declaration } of body as Node[]) {
    if (type !== "ExportNamedDeclaration" || source) continue;
    for (const { local, exported: as } of specifiers as { local: Node; exported: Node }[]) {
      add(local.name as string, (as.name ?? as.value) as string);
    }
    for (const { id } of ((declaration as Node | null)?.declarations ?? []) as { id: Node }[]) {
      for (const name of patternNames(id)) add(name, name);
    }
  }
  return exported;
}

/** The names that a pattern declares or assigns. */
function patternNames(pattern: Node | null): string[] {
  return targetsOf(pattern).flatMap((target) => (target.type === "Identifier" ? [target.name as string] : []));
}

/** What a pattern assigns to: names and members. */
export function targetsOf(pattern: Node | null): Node[] {
  if (!pattern) return [];
  switch (pattern.type) {
    case "ObjectPattern":
      return (pattern.properties as Node[]).flatMap((property) => targetsOf((property.value ?? property.argument) as Node));
    case "ArrayPattern":
      return (pattern.elements as (Node | null)[]).flatMap(targetsOf);
    case "AssignmentPattern":
      return targetsOf(pattern.left as Node);
    case "RestElement":
      return targetsOf(pattern.argument as Node);
    default:
      return [pattern];
  }
}

/** Whether another function uses a local. */
function isCaptured({ referencePaths, constantViolations }: TrackedBinding, own: Scope): boolean {
  const home = functionOf(own);
  return [...referencePaths, ...constantViolations].some((path) => functionOf(path.scope as unknown as Scope) !== home);
}

function functionOf(scope: Scope): unknown {
  return scope.getFunctionParent()?.path.node;
}

/** `f.x#12` */
function localName(name: string, { identifier }: TrackedBinding, own: Scope): string {
  const parent = own.getFunctionParent();
  const owner = parent ? `${functionName(parent.path, "")}.` : "";
  return `${owner}${name}#${identifier.loc?.start.line ?? 0}`;
}
