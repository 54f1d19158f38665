/**
 * Links the ES modules of a program before one of them is evaluated, as Node does: every name that a module imports must be exported by
 * the module that it is imported from.
 */
import { isBuiltin } from "node:module";
import { basename } from "node:path";
import type { ModuleLinks } from "../compiler";
import type { Shape } from "../engine/bindings";
import { hasOwn, weakMap } from "../engine/intrinsics";
import type { CompiledModules } from "./compiledModules";
import { placeThrow } from "./pointMarks";
import { isTypeScript } from "./transform";

type NeededName = ModuleLinks["needed"][number];

/** An ES module with the files that it imports. */
interface Linked {
  readonly file: string;
  readonly links: ModuleLinks;
  /** The ES modules among its imports, by the text in the source. */
  readonly targets: ReadonlyMap<string, Linked>;
}

/** A variable of a module. */
interface Binding {
  readonly module: Linked;
  readonly name: string;
}

/**
 * Where a name leads to: `missing` if no module exports it, `ambiguous` if it is exported again of several modules. `open` if a module
 * that is not an ES module decides.
 */
type Resolution = Binding | Fault | "open";

type Fault = "missing" | "ambiguous" | "circular";

/** The linked modules of one instance of a program. */
export class Linking {
  readonly #linked = new Map<string, Linked>();
  readonly #shapes = new Map<string, Shape>();

  /**
   * @param fileOf resolves an import to one of the user's files; undefined for everything else, and if that fails
   */
  constructor(
    readonly compiled: CompiledModules,
    readonly fileOf: (id: string, from: string, awaits: boolean) => string | undefined,
  ) {}

  /**
   * What is known of a module's exports; undefined if it is not an ES module.
   *
   * @param awaits whether the module may await its imports
   * @throws SyntaxError if a name is imported that is not exported, with its place in the source
   * @throws RequestError if a module cannot be compiled
   */
  shapeOf(file: string, awaits: boolean): Shape | undefined {
    const added: Linked[] = [];
    const linked = this.#link(file, awaits, added);
    if (!linked) return undefined;
    try {
      for (const module of added) mustExport(module);
    } catch (error) {
      for (const module of added) this.#linked.delete(module.file);
      throw error;
    }
    const known = this.#shapes.get(file) ?? shapeOf(linked);
    this.#shapes.set(file, known);
    return known;
  }

  #link(file: string, awaits: boolean, added: Linked[]): Linked | undefined {
    const known = this.#linked.get(file);
    if (known) return known;
    const { links } = this.compiled.get(file, awaits);
    if (!links) return undefined;
    const targets = new Map<string, Linked>();
    const linked: Linked = { file, links, targets };
    this.#linked.set(file, linked);
    for (const source of links.sources) {
      const found = this.fileOf(source, file, awaits);
      const target = found === undefined ? undefined : this.#link(found, awaits, added);
      if (target) targets.set(source, target);
    }
    added.push(linked);
    return linked;
  }
}

function mustExport(module: Linked): void {
  for (const needed of module.links.needed) {
    const target = module.targets.get(needed.source);
    const found = target ? resolve(target, needed.name, []) : resolveBuiltin(needed);
    if (isFault(found)) throw unexported(module, needed, found, target);
  }
}

function isFault(found: Resolution): found is Fault {
  return found === "missing" || found === "ambiguous" || found === "circular";
}

/** A module that is not linked, but loaded by Node, must export what another one imports from it. */
export function mustProvide(namespace: object, source: string, file: string, links: ModuleLinks): void {
  for (const needed of links.needed) {
    if (needed.source !== source || hasOwn(namespace, needed.name)) continue;
    // The TypeScript compiler drops types that are exported again, and only the package's declarations say which are types.
    if (!(needed.isReexport && isTypeScript(file))) throw unexported({ file }, needed, "missing", undefined);
  }
}

function resolve(module: Linked, name: string, seen: string[]): Resolution {
  const key = `${module.file}\n${name}`;
  if (seen.includes(key)) return "circular";
  seen.push(key);
  const { variables, reexports } = module.links;
  if (variables.has(name)) return { module, name };
  const reexport = reexports.get(name);
  if (!reexport) return name === "default" ? "missing" : resolveStars(module, name, seen);
  const target = module.targets.get(reexport.source);
  if (!target) return "open";
  return reexport.name === "*" ? { module: target, name: "*" } : resolve(target, reexport.name, seen);
}

function resolveStars({ links, targets }: Linked, name: string, seen: string[]): Resolution {
  let found: Resolution = "missing";
  for (const source of links.stars) {
    const target = targets.get(source);
    const next = target ? resolve(target, name, [...seen]) : resolveBuiltin({ source, name });
    if (next === "open" || next === "ambiguous") return next;
    if (next === "missing" || next === "circular") continue;
    if (found === "missing") found = next;
    else if (!isSame(found as Binding, next)) return "ambiguous";
  }
  return found;
}

function isSame(one: Binding, other: Binding): boolean {
  return one.module === other.module && one.name === other.name;
}

/** Modules of Node export the properties of their default export. */
function resolveBuiltin({ source, name }: { readonly source: string; readonly name: string }): "missing" | "open" {
  if (!isBuiltin(source) || name === "default" || name === "module.exports") return "open";
  return Object.keys(require(source)).includes(name) ? "open" : "missing";
}

const exportedNames = weakMap<{ readonly file: string; readonly names: readonly string[] }>();

/** The error in Node's words. */
function unexported(
  { file }: { readonly file: string },
  { source, name, line, column }: NeededName,
  found: Fault,
  target: Linked | undefined,
): SyntaxError {
  const error = new SyntaxError(wording[found](source, name));
  placeThrow(error, { file, line, column, function: "(module)" });
  if (target) exportedNames.set(error, { file: target.file, names: namesOf(target) });
  return error;
}

const wording: Readonly<Record<Fault, (source: string, name: string) => string>> = {
  missing: (source, name) => `The requested module '${source}' does not provide an export named '${name}'`,
  ambiguous: (source, name) => `The requested module '${source}' contains conflicting star exports for name '${name}'`,
  circular: (source, name) => `Detected cycle while resolving name '${name}' in '${source}'`,
};

const mostNames = 10;

/** The remedy for an error of linking; undefined for other errors. */
export function unexportedRemedy(error: unknown): string | undefined {
  const known = typeof error === "object" && error !== null ? exportedNames.get(error) : undefined;
  if (!known) return undefined;
  const { file, names } = known;
  if (names.length === 0) return `${basename(file)} exports nothing.`;
  const more = names.length > mostNames ? ` and ${names.length - mostNames} more` : "";
  return `Check the name: ${basename(file)} exports ${names.slice(0, mostNames).join(", ")}${more}.`;
}

/** All names that a module may export, without those that several modules export. */
function namesOf(module: Linked): string[] {
  const all = candidates(module, new Set());
  return [...all].filter((name) => !isFault(resolve(module, name, []))).sort();
}

function candidates({ links, targets }: Linked, seen: Set<Linked>): Set<string> {
  const names = new Set([...links.variables.keys(), ...links.reexports.keys()]);
  for (const source of links.stars) {
    const target = targets.get(source);
    if (!target || seen.has(target)) continue;
    seen.add(target);
    for (const name of candidates(target, seen)) if (name !== "default") names.add(name);
  }
  return names;
}

function shapeOf(module: Linked): Shape {
  const { links } = module;
  const names = namesOf(module);
  const lexical = [...links.variables].filter(([, { isLexical }]) => isLexical).map(([name]) => name);
  return {
    names,
    own: new Set([...links.variables.keys(), ...links.reexports.keys()]),
    constant: new Set(names.filter((name) => isConstant(resolve(module, name, [])))),
    guarded: isInCircle(module) ? lexical : [],
    isOpen: isOpen(module, new Set()),
  };
}

function isConstant(found: Resolution): boolean {
  if (typeof found === "string") return false;
  return found.name === "*" || (found.module.links.variables.get(found.name)?.isConstant ?? false);
}

/** Whether everything of a module is exported that is not an ES module. */
function isOpen({ links, targets }: Linked, seen: Set<Linked>): boolean {
  return links.stars.some((source) => {
    const target = targets.get(source);
    if (!target) return true;
    return !seen.has(target) && isOpen(target, seen.add(target));
  });
}

/** Whether a module imports itself, directly or through others. */
function isInCircle(module: Linked): boolean {
  const seen = new Set<Linked>();
  const reaches = ({ targets }: Linked): boolean => {
    for (const target of targets.values()) {
      if (target === module) return true;
      if (seen.has(target)) continue;
      seen.add(target);
      if (reaches(target)) return true;
    }
    return false;
  };
  return reaches(module);
}
