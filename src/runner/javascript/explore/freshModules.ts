/**
 * Instances of the user's modules, one after the other. Each evaluates the user's files again; packages stay as they are.
 */
import { extname } from "node:path";
import { Bindings, exportAll, type Shape } from "../engine/bindings";
import { getPrototypeOf } from "../engine/intrinsics";
import { mapColumns } from "../engine/sourceColumns";
import { type Body, type CompiledModules, markingFunctions } from "../load/compiledModules";
import type { LoadedModule, ModuleInstance } from "../load/modules";
import { namespaceOf, requiredOf } from "../load/namespaces";
import { readJson } from "../load/resolving";
import { RequestError } from "../values/failures";

type Closure = () => unknown;

/** A file, and its module in the instance of the last turn in which it was evaluated. */
interface Slot {
  readonly file: string;
  /** What the imports of the module that the session has loaded came to. */
  readonly loaded: LoadedModule;
  readonly body: Body;
  /** What is known of the exports of an ES module. */
  readonly shape: Shape | undefined;
  /** What is passed to the body after the module's own. */
  readonly given: readonly unknown[];
  readonly require: NodeJS.Require;
  module: { exports: unknown; loaded: boolean };
  bindings: Bindings | undefined;
  closures: readonly Closure[];
  generators: (() => readonly GeneratorFunction[]) | undefined;
  turn: number;
}

export class FreshModules {
  readonly #slots = new Map<string, Slot>();
  readonly #entries: readonly Slot[];
  #turn = 0;

  /**
   * @param entries the file of the session, and then those of tasks in other files
   * @param loaded an instance with all of them
   * @param passed what changed code is passed
   */
  constructor(
    entries: readonly string[],
    readonly loaded: ModuleInstance,
    readonly compiled: CompiledModules,
    readonly passed: readonly unknown[],
  ) {
    this.#entries = entries.map((file) => this.#slotOf(file));
  }

  /** Evaluates everything anew. @throws what a module throws */
  begin(): void {
    this.#turn += 1;
    mapColumns(this.compiled);
    for (const slot of this.#entries) if (slot.turn !== this.#turn) this.#evaluate(slot);
  }

  /** A closure of this instance. */
  closure(file: string, index: number): Closure {
    return (this.#slots.get(file) as Slot).closures[index] as Closure;
  }

  /** The name of a generator's function, if it is declared in a module; to find another takes very long. */
  nameOf(generator: object): string | undefined {
    const prototype = getPrototypeOf(generator);
    for (const { turn, generators } of this.#slots.values()) {
      const made = turn === this.#turn ? generators?.().find((each) => each.prototype === prototype) : undefined;
      if (made) return made.name;
    }
    return undefined;
  }

  #evaluate(slot: Slot): void {
    slot.turn = this.#turn;
    const { file, require, loaded, given, shape } = slot;
    if (shape) {
      slot.bindings = new Bindings(shape);
      slot.body.call(undefined, slot.bindings, ...given);
      return;
    }
    const exports = {};
    const { paths, path, parent } = loaded.module;
    const module = { id: file, filename: file, path, paths, parent, exports, require, loaded: false, children: [] };
    slot.module = module;
    slot.body.call(exports, exports, require, module, file, path, ...given);
    module.loaded = true;
  }

  #slotOf(file: string): Slot {
    const known = this.#slots.get(file);
    if (known) return known;
    const loaded = [...this.loaded.modules].find((module) => module.file === file);
    if (!loaded) throw new RequestError({ code: "load", message: `${file} was not loaded with the others.`, file });
    const compiled = this.compiled.get(file, false);
    const load = (id: string) => this.#require(slot, id);
    const later = async (id: string) => load(id);
    const require = loaded.module.require as NodeJS.Require;
    const required = Object.assign((id: string) => requiredOf(load(id)), require);
    const loading = [load, required, later, require.resolve, namespaceOf, exportAll];
    const closures = (...made: Closure[]) => {
      slot.closures = made;
    };
    const generators = (list: () => readonly GeneratorFunction[]) => {
      slot.generators = list;
    };
    const slot: Slot = {
      file,
      loaded,
      body: compiled.body(),
      shape: Bindings.shapeOf(loaded.bindings),
      given: [...loading, ...markingFunctions(file, compiled), closures, generators, ...this.passed],
      require: required,
      module: { exports: undefined, loaded: false },
      bindings: undefined,
      closures: [],
      generators: undefined,
      turn: 0,
    };
    this.#slots.set(file, slot);
    return slot;
  }

  #require({ loaded }: Slot, id: string): unknown {
    // What was not imported when the session loaded the module is loaded now, by the way of the session.
    if (!loaded.imports.has(id)) loaded.module.require(id);
    const imported = loaded.imports.get(id);
    if (!imported) throw new RequestError({ code: "load", message: `${id} was not found.`, file: loaded.file });
    if ("value" in imported) return imported.value;
    if (extname(imported.file) === ".json") return readJson(imported.file);
    const slot = this.#slotOf(imported.file);
    if (slot.turn !== this.#turn) this.#evaluate(slot);
    return slot.bindings ?? slot.module.exports;
  }
}
