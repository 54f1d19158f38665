/**
 * Which names in a file stand for places: variables of the module and captured locals that are written after they were made, imports, and
 * names that no file declares.
 */
import type { Node, NodePath } from "../../load/babel";
import { functionName } from "../../load/functionName";
import { eachGlobal, eachShared, patternNames, type Scope, type SharedBinding } from "../../load/sharedNames";
import type { Touches } from "../touches";

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

  const note = (name: string, binding: SharedBinding, places: readonly number[]) => {
    for (const path of binding.referencePaths) read.set(path.node, places);
    declared.set(binding.identifier, places);
    for (const { node } of binding.constantViolations) {
      const names = written.get(node) ?? new Map<string, readonly number[]>();
      written.set(node, names.set(name, places));
    }
  };
  eachShared(program, (name, binding, own, isOfModule) => {
    if (binding.kind === "module") note(name, binding, [touches.place(importedName(binding.path.node))]);
    else if (isOfModule) note(name, binding, modulePlaces(name, exported.get(name) ?? [], touches));
    else note(name, binding, [touches.place(localName(name, binding, own))]);
  });
  eachGlobal(program, (node, name, assignedBy, isRead) => {
    if (assignedBy) written.set(assignedBy, new Map([[name, globalPlaces(name)]]));
    if (isRead) read.set(node, globalPlaces(name));
  });
  return { read, declared, written: (by, name) => written.get(by)?.get(name) };
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

/** `f.x#12` */
function localName(name: string, { identifier }: SharedBinding, own: Scope): string {
  const parent = own.getFunctionParent();
  const owner = parent ? `${functionName(parent.path, "")}.` : "";
  return `${owner}${name}#${identifier.loc?.start.line ?? 0}`;
}
