/**
 * The bindings of an ES module, and the namespace object by which a program sees them.
 */
import { inspect, types } from "node:util";
import { defineProperty, hasOwn, weakMap } from "./intrinsics";

/** What is known of a module's exports before it is evaluated. */
export interface Shape {
  /** All names, in the order of the namespace object. A name that stands for two different bindings is not among them. */
  readonly names: readonly string[];
  /** Those that the module itself exports under this name. They hide what it exports of other modules as a whole. */
  readonly own: ReadonlySet<string>;
  /** Those that have only one value in their life. */
  readonly constant: ReadonlySet<string>;
  /** Those that throw when they are read before their declaration was evaluated. Only circular imports can read them so early. */
  readonly guarded: readonly string[];
  /** Whether everything that a CommonJS module exports is exported again. */
  readonly isOpen: boolean;
}

/**
 * Compiled code writes the exports of its module to properties of such an object, and reads those of others there. Its prototype has no
 * other properties, because any name can be that of an export.
 */
export class Bindings {
  readonly #shape: Shape;
  #namespace: object | undefined;
  #required: object | undefined;

  constructor(shape: Shape) {
    this.#shape = shape;
    for (const name of shape.guarded) guard(this, name);
  }

  /** The same for an ES module that Node has loaded. */
  static of(namespace: object): Bindings {
    const names = Object.keys(namespace);
    const bindings = new Bindings({ names, own: new Set(names), constant: new Set(), guarded: [], isOpen: false });
    for (const name of names) {
      defineProperty(bindings, name, { enumerable: true, get: () => (namespace as Record<string, unknown>)[name] });
    }
    bindings.#namespace = namespace;
    return bindings;
  }

  static shapeOf(value: unknown): Shape | undefined {
    return isBindings(value) ? value.#shape : undefined;
  }

  /** The object that a program sees as the module: it is made when it is first needed. */
  static namespaceOf(value: unknown): object | undefined {
    if (!isBindings(value)) return undefined;
    value.#namespace ??= namespaceFor(value, value.#shape);
    return value.#namespace;
  }

  /** What CommonJS modules get, which know by a property of it that there is a default export. */
  static requiredOf(value: unknown): object | undefined {
    if (!isBindings(value)) return undefined;
    if (!value.#shape.names.includes("default")) return Bindings.namespaceOf(value);
    value.#required ??= namespaceFor(value, value.#shape, { __esModule: true });
    return value.#required;
  }

  static isOne(value: object): value is Bindings {
    return #shape in value;
  }
}

// Compiled code distinguishes ES modules from CommonJS modules by this property.
defineProperty(Bindings.prototype, "__esModule", { value: true });

function isBindings(value: unknown): value is Bindings {
  return typeof value === "object" && value !== null && Bindings.isOne(value);
}

/** Exports everything of another module, except for what the module exports itself. */
export function exportAll(to: object, from: Record<string, unknown>): void {
  const shape = Bindings.shapeOf(to) as Shape;
  const names = Bindings.shapeOf(from)?.names ?? Object.keys(from);
  for (const name of names) {
    if (name === "default" || shape.own.has(name) || hasOwn(to, name)) continue;
    if (shape.names.includes(name) || shape.isOpen) defineProperty(to, name, { enumerable: true, get: () => from[name] });
  }
}

/** Until it has a value, reading the binding throws as in the language. */
function guard(bindings: Bindings, name: string): void {
  defineProperty(bindings, name, {
    enumerable: true,
    configurable: true,
    get: () => {
      throw new ReferenceError(`Cannot access '${name}' before initialization`);
    },
    set: (value) => {
      defineProperty(bindings, name, { enumerable: true, configurable: true, writable: true, value });
    },
  });
}

const namespaces = weakMap<Bindings>();

/** Values that the user's code sees as they are: what can change later is an accessor, everything else a property without one. */
function namespaceFor(bindings: Bindings, shape: Shape, added: Readonly<Record<string, unknown>> = {}): object {
  const values = bindings as unknown as Record<string, unknown>;
  const namespace = Object.create(null) as object;
  for (const name of [...namesIn(bindings, shape), ...Object.keys(added)].sort()) {
    const isConstant = shape.constant.has(name);
    const value = hasOwn(added, name) ? { value: added[name] } : isConstant ? settled(values, name) : undefined;
    defineProperty(namespace, name, { enumerable: true, ...(value ?? { get: () => values[name] }) });
  }
  defineProperty(namespace, Symbol.toStringTag, { value: "Module" });
  defineProperty(namespace, inspect.custom, { value: inspected });
  namespaces.set(namespace, bindings);
  return Object.preventExtensions(namespace);
}

function namesIn(bindings: Bindings, { names, isOpen }: Shape): readonly string[] {
  return isOpen ? [...new Set([...names, ...Object.keys(bindings)])].sort() : names;
}

/** The value of a binding that has one. */
function settled(values: Record<string, unknown>, name: string): { readonly value: unknown } | undefined {
  try {
    return hasOwn(values, name) ? { value: values[name] } : undefined;
  } catch {
    return undefined;
  }
}

/** An export as it is now; without `value` if it has none yet. */
export interface NamespaceEntry {
  readonly name: string;
  readonly value?: unknown;
}

/** What the namespace object of a module contains; undefined for other objects. Runs no code of the user. */
export function entriesOfNamespace(namespace: object): NamespaceEntry[] | undefined {
  if (!namespaces.has(namespace) && !types.isModuleNamespaceObject(namespace)) return undefined;
  return Object.getOwnPropertyNames(namespace).map((name) => ({ name, ...read(namespace as Record<string, unknown>, name) }));
}

function read(namespace: Record<string, unknown>, name: string): { readonly value?: unknown } {
  try {
    return { value: namespace[name] };
  } catch {
    return {};
  }
}

/** Prints the namespace as Node prints one. */
function inspected(this: object, depth: number, options: object, print: typeof inspect): string {
  const shown = Object.create(null) as object;
  for (const { name, ...entry } of entriesOfNamespace(this) ?? []) {
    const value = "value" in entry ? entry.value : { [inspect.custom]: () => "<uninitialized>" };
    defineProperty(shown, name, { enumerable: true, value });
  }
  return print(shown, { ...options, depth }).replace("Object", "Module");
}
