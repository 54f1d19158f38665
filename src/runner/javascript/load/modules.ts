/**
 * The user's modules: an instance of the entry, and of everything that it imports outside of node_modules. Modules in node_modules
 * are loaded by Node, or by jiti if Node cannot load them.
 */
import { isBuiltin, Module } from "node:module";
import { dirname, extname } from "node:path";
import { types } from "node:util";
import type { Jiti } from "jiti";
import { Bindings, exportAll } from "../engine/bindings";
import { Circles } from "./circles";
import { type CompiledModule, type CompiledModules, markingFunctions } from "./compiledModules";
import { Linking, mustProvide } from "./linking";
import { beMain, beProgram, pathsFrom } from "./mainModule";
import { namespaceOf, requiredOf } from "./namespaces";
import { type Pnp, pnpResolved, usePnp } from "./pnp";
import { Resolver } from "./resolver";
import { cotasks, createJiti, isOwn, orCotasks, readJson, requirePackage, resolved } from "./resolving";
import { isSameFile, realPath } from "./sameFile";
import { ModuleScope } from "./scope";

/** One of the user's files, or the value of anything else. */
export type Imported = { readonly file: string } | { readonly value: unknown };

/** A module in one instance. */
export interface LoadedModule {
  readonly file: string;
  readonly module: Module;
  readonly compiled: CompiledModule;
  /** The exports of an ES module; those of others are in `module`. */
  readonly bindings: Bindings | undefined;
  /** What its imports have come to, by the text in the source. */
  readonly imports: Map<string, Imported>;
  scope?: ModuleScope;
  ready?: Promise<void>;
}

export class ModuleInstance {
  readonly #modules = new Map<string, LoadedModule>();
  /** The module that each module waits for. */
  readonly #waiting = new Map<string, string>();
  readonly #circles: Circles;
  readonly #linking: Linking;
  readonly #main: Module;
  /** Whether the entry is the main program. If not, it is only loaded for its functions. */
  readonly #isProgram: boolean;
  readonly #resolver = new Resolver();
  /** Gives the exports of modules as they are. */
  #plainJiti: Jiti | undefined;
  #pnp: Pnp | undefined;
  /** The last error, and the innermost module in which it was thrown. */
  #failed: { readonly file: string; readonly error: unknown } | undefined;

  /** @param given the arguments of the program, if the entry is to be the main program */
  constructor(
    readonly entry: string,
    readonly compiled: CompiledModules,
    given?: readonly string[],
  ) {
    this.#circles = new Circles(compiled);
    this.#isProgram = given !== undefined;
    this.#main = given ? beProgram(entry, given, compiled.get(entry, true).links !== undefined) : beMain(entry);
    this.#linking = new Linking(compiled, (id, from, awaits) => this.#resolver.ownFile(id, from, awaits));
  }

  get modules(): Iterable<LoadedModule> {
    return this.#modules.values();
  }

  /** The scope of a module, by any path to its file; undefined if it is not loaded. */
  scopeOf(file: string): ModuleScope | undefined {
    for (const loaded of this.#modules.values()) if (isSameFile(loaded.file, file)) return loaded.scope;
    return undefined;
  }

  /** Loads a module in addition to the entry. If the module is already loaded, returns its instance. */
  async add(file: string): Promise<LoadedModule> {
    const there = [...this.#modules.values()].find((loaded) => isSameFile(loaded.file, file));
    const loaded = there ?? this.#begin(realPath(file), true, this.#main);
    try {
      await loaded.ready;
    } catch (error) {
      this.#modules.delete(loaded.file); // the file may be corrected and added again
      this.#circles.explain(error);
      throw error;
    }
    return loaded;
  }

  /** Evaluates the entry as the main program does. Unlike `load`, this leaves an error as it is. */
  run(): LoadedModule {
    this.#pnp = usePnp(this.entry);
    return this.#begin(this.entry, true);
  }

  /** The entry, once it has begun. */
  get begun(): LoadedModule | undefined {
    return this.#modules.get(this.entry);
  }

  /** Evaluates the entry and its imports. */
  async load(): Promise<LoadedModule> {
    this.#pnp = usePnp(this.entry);
    try {
      const loaded = this.#begin(this.entry, true, this.#main);
      await loaded.ready;
      return loaded;
    } catch (error) {
      this.#circles.explain(error);
      throw error;
    }
  }

  /** @param parent the CommonJS module that requires it; the main module if the session itself loads it */
  #begin(file: string, awaits: boolean, parent?: Module): LoadedModule {
    const compiled = this.compiled.get(file, awaits);
    const shape = compiled.links && this.#linking.shapeOf(file, awaits);
    const module = this.#isProgram && file === this.entry ? this.#main : new Module(file, parent);
    module.filename = file;
    module.path = dirname(file);
    module.paths = pathsFrom(file);
    const bindings = shape && new Bindings(shape);
    const loaded: LoadedModule = { file, module, compiled, bindings, imports: new Map() };
    this.#modules.set(file, loaded);
    this.#evaluate(loaded);
    return loaded;
  }

  #evaluate(loaded: LoadedModule): void {
    const { file, module, compiled, bindings } = loaded;
    const jiti = this.#resolver.jitiOf(file);
    const load = this.#require(loaded, jiti);
    const require = Object.assign((id: string) => requiredOf(load(id)), load);
    module.require = require;
    type Names = Record<string, () => unknown>;
    const open = (evaluate: (source: string) => unknown, imports: Names, elided: Names) => {
      // Calls name a default export by `exports.default`, also in ES modules.
      const own = bindings && { exports: () => namespaceOf(bindings) };
      loaded.scope = new ModuleScope(file, evaluate, { ...own, ...imports }, elided);
    };
    const later = (id: string, isUnawaited?: boolean) => this.#import(id, loaded, jiti, isUnawaited === true);
    const resolve = (id: string, parent?: string) => resolved(id, file, (path) => jiti.esmResolve(path, parent));
    const first = bindings ? [bindings] : [module.exports, require, module, file, module.path];
    const loading = [load, require, later, resolve, namespaceOf, exportAll];
    try {
      const receiver = bindings ? undefined : module.exports;
      const pending = compiled.body().call(receiver, ...first, ...loading, ...markingFunctions(file, compiled), open);
      const settle = () => {
        module.loaded = true;
      };
      if (types.isPromise(pending)) loaded.ready = pending.then(settle, (error) => this.#fail(file, error));
      else settle();
    } catch (error) {
      this.#modules.delete(file);
      this.#fail(file, error);
    }
  }

  /** Throws the error. Modules that wait for this one fail with the same error. */
  #fail(file: string, error: unknown): never {
    if (!this.#failed || !Object.is(this.#failed.error, error)) this.#failed = { file, error };
    throw error;
  }

  /** The innermost module in which an error was thrown; undefined if it is not the error that made the last module fail. */
  failedIn(error: unknown): string | undefined {
    return this.#failed && Object.is(this.#failed.error, error) ? this.#failed.file : undefined;
  }

  #require(from: LoadedModule, jiti: Jiti): NodeJS.Require {
    const native = Module.createRequire(from.file);
    const load = (id: string): unknown => {
      if (isBuiltin(id)) return noted(from, id, native(id));
      const file = this.#resolver.resolve(id, from.file, false);
      if (file === cotasks) return noted(from, id, native(file));
      if (isOwn(file) || extname(file) === ".json") from.imports.set(id, { file });
      if (extname(file) === ".json") return readJson(file);
      if (isOwn(file)) return this.#taken(this.#modules.get(file) ?? this.#begin(file, false, from.module), from);
      return noted(from, id, requirePackage(native, jiti, file));
    };
    const resolve = Object.assign(
      (id: string) => (isBuiltin(id) ? id : orCotasks(id, () => resolved(id, from.file, jiti.resolve))),
      native.resolve,
    );
    return Object.assign(load, { resolve, cache: native.cache, main: this.#main, extensions: native.extensions });
  }

  /** @param isUnawaited whether the importing module is evaluated further in the meantime */
  async #import(id: string, from: LoadedModule, jiti: Jiti, isUnawaited: boolean): Promise<unknown> {
    if (isBuiltin(id) || id.startsWith("data:")) return noted(from, id, await this.#foreign(id, id, from, jiti));
    const packed = this.#pnp && pnpResolved(this.#pnp, id, from.file);
    const file = packed ?? this.#resolver.resolve(id, from.file, true);
    if (file === cotasks) return noted(from, id, require(file));
    if (isOwn(file) || extname(file) === ".json") from.imports.set(id, { file });
    if (extname(file) === ".json") return readJson(file);
    // Node's loader of ES modules does not know where Yarn stores packages.
    const load = () =>
      packed ? requirePackage(Module.createRequire(from.file), jiti, file) : this.#foreign(file, id, from, jiti);
    if (!isOwn(file)) return noted(from, id, await load());
    return this.#taken(await (isUnawaited ? this.#later(file) : this.#now(file, from)), from);
  }

  /** Imports a module that is not the user's own. The exports of a CommonJS module are merged with those of its default export. */
  async #foreign(file: string, id: string, { file: importer, compiled }: LoadedModule, jiti: Jiti): Promise<unknown> {
    const merged = await jiti.import(file);
    if (require.cache[file]) return merged;
    this.#plainJiti ??= createJiti(this.entry, false);
    const exports = await this.#plainJiti.import<object>(file);
    if (!types.isModuleNamespaceObject(exports)) return merged;
    if (compiled.links) mustProvide(exports, id, importer, compiled.links);
    return Bindings.of(exports);
  }

  #taken(loaded: LoadedModule, { file }: LoadedModule): unknown {
    this.#circles.note(file, loaded);
    return loaded.bindings ?? loaded.module.exports;
  }

  async #later(file: string): Promise<LoadedModule> {
    // As in the language, no module begins while another one is in the middle of its statements.
    await undefined;
    const target = this.#modules.get(file) ?? this.#begin(file, true);
    await target.ready;
    return target;
  }

  /** Evaluates a module that another one waits for, unless it waits for that one in turn. */
  async #now(file: string, from: LoadedModule): Promise<LoadedModule> {
    const known = this.#modules.get(file);
    if (known && this.#isWaitingFor(file, from.file)) return known;
    // Noted before the module begins, because what it imports begins with it.
    this.#waiting.set(from.file, file);
    try {
      const target = known ?? this.#begin(file, true);
      await target.ready;
      return target;
    } finally {
      this.#waiting.delete(from.file);
    }
  }

  /** Whether an import is part of a cycle. If so, one module must continue with an incomplete one, as in CommonJS. */
  #isWaitingFor(file: string, goal: string): boolean {
    for (let at: string | undefined = file; at !== undefined; at = this.#waiting.get(at)) if (at === goal) return true;
    return false;
  }
}

/** Notes what an import has come to. */
function noted<T>({ imports }: LoadedModule, id: string, value: T): T {
  imports.set(id, { value });
  return value;
}
