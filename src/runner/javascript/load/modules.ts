/**
 * The user's modules: an instance of the entry, and of everything that it imports outside of node_modules. Modules in node_modules
 * are loaded by Node, or by jiti if Node cannot load them.
 */
import { isBuiltin, Module } from "node:module";
import { dirname, extname, isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";
import vm from "node:vm";
import type { Jiti } from "jiti";
import { failureOf, RequestError, type UserFiles } from "../values/failures";
import { Circles } from "./circles";
import { hasForeignScheme, isMissing, missingModule } from "./missing";
import { type Pnp, pnpResolved, usePnp } from "./pnp";
import { asyncMark, awaitedAt, delegate, mark, names, type PointTable, thrownAt } from "./pointMarks";
import { isSameFile, realPath } from "./sameFile";
import { ModuleScope } from "./scope";
import { readSource } from "./sourceFile";
import { pathsFor, type Transformed, transform, transformFile } from "./transform";

const extensions = [".ts", ".tsx", ".mts", ".cts", ".mtsx", ".ctsx", ".js", ".mjs", ".cjs", ".jsx"];
const parameters = "exports, require, module, __filename, __dirname, jitiImport, jitiESMResolve";
const ours = `${names.mark}, ${names.asyncMark}, ${names.delegate}, ${names.thrown}, ${names.awaited}, ${names.scope}`;

/** Closes the function that a module is wrapped in. */
const end = "\n})";

type Body = (...args: unknown[]) => unknown;

/** A module that was transformed and compiled once. It is evaluated in every instance. */
export interface CompiledModule extends Transformed {
  readonly source: string;
  /** The code that is executed. Its lines correspond to those of the source. */
  readonly text: string;
  readonly awaits: boolean;
  readonly body: () => Body;
}

/** Compiled code is kept longer than the instances of a module, so that a fresh instance has the same yield points. */
export class CompiledModules implements UserFiles {
  readonly #modules = new Map<string, CompiledModule>();

  constructor(readonly points: PointTable) {}

  get all(): ReadonlyMap<string, CompiledModule> {
    return this.#modules;
  }

  /** Whether the file is one of the user's own. */
  has(file: string): boolean {
    return this.#modules.has(file);
  }

  /** Maps a column of the code to the source, or to the start of the line if there is no mapping. Columns count from 1. */
  columnOf(file: string, line: number, column: number): number {
    const module = this.#modules.get(file);
    if (!module) return 0;
    const { text, code, places, source } = module;
    const before = line === 1 ? text.length - code.length - end.length : 0;
    const found = places.sourceColumn(line, column - 1 - before) ?? lineOf(source, line).search(/\S|$/);
    return found + 1;
  }

  /** @throws RequestError with code `syntax` */
  get(file: string, awaits: boolean): CompiledModule {
    const known = this.#modules.get(file);
    if (known && (!known.isModule || known.awaits === awaits)) return known;
    const compiled = this.#compile(file, awaits);
    this.#modules.set(file, compiled);
    return compiled;
  }

  #compile(file: string, awaits: boolean): CompiledModule {
    const source = readSource(file);
    const transformed = transformFile(file, source, this.points, awaits);
    const prefix = transformed.isModule && awaits ? "async function" : "function";
    const text = `(${prefix} (${parameters}, ${ours}) { ${transformed.code}${end}`;
    const script = compileScript(text, file);
    return { ...transformed, awaits, source, text, body: () => script.runInThisContext() as Body };
  }
}

function lineOf(text: string, line: number): string {
  let start = 0;
  for (let at = 1; at < line; at += 1) start = text.indexOf("\n", start) + 1;
  const end = text.indexOf("\n", start);
  return text.slice(start, end === -1 ? undefined : end);
}

/** Compiles a module. V8 rejects some code that Babel accepts: it is invalid, or newer than this version of Node. */
function compileScript(text: string, file: string): vm.Script {
  try {
    return new vm.Script(text, { filename: file });
  } catch (error) {
    const remedy = `Correct the code, or run it with another Node if it is too new for Node ${process.versions.node}.`;
    throw new RequestError({ ...failureOf("syntax", error, { has: (at) => at === file, columnOf: () => 0 }, { remedy }), file });
  }
}

/** A module of one instance. */
export interface LoadedModule {
  readonly file: string;
  readonly module: Module;
  readonly compiled: CompiledModule;
  scope?: ModuleScope;
  ready?: Promise<void>;
}

export class ModuleInstance {
  readonly #modules = new Map<string, LoadedModule>();
  readonly #waiting = new Map<string, string>();
  readonly #circles: Circles;
  #pnp: Pnp | undefined;
  /** What failed last, and the innermost module that it failed in. */
  #failed: { readonly file: string; readonly error: unknown } | undefined;

  constructor(
    readonly entry: string,
    readonly compiled: CompiledModules,
  ) {
    this.#circles = new Circles(compiled);
  }

  get modules(): Iterable<LoadedModule> {
    return this.#modules.values();
  }

  /** The scope of a module, by any path to its file; undefined if it is not loaded. */
  scopeOf(file: string): ModuleScope | undefined {
    for (const loaded of this.#modules.values()) if (isSameFile(loaded.file, file)) return loaded.scope;
    return undefined;
  }

  /** A module beside the entry: the instance that is loaded already, or a new one. */
  async add(file: string): Promise<LoadedModule> {
    const there = [...this.#modules.values()].find((loaded) => isSameFile(loaded.file, file));
    const loaded = there ?? this.#begin(realPath(file), true);
    try {
      await loaded.ready;
    } catch (error) {
      this.#modules.delete(loaded.file); // the file may be corrected and added again
      this.#circles.explain(error);
      throw error;
    }
    return loaded;
  }

  /** Evaluates the entry and its imports. */
  async load(): Promise<LoadedModule> {
    this.#pnp = usePnp(this.entry);
    try {
      const loaded = this.#begin(this.entry, true);
      await loaded.ready;
      return loaded;
    } catch (error) {
      this.#circles.explain(error);
      throw error;
    }
  }

  #begin(file: string, awaits: boolean): LoadedModule {
    const compiled = this.compiled.get(file, awaits);
    const module = new Module(file);
    module.filename = file;
    module.path = dirname(file);
    module.paths = (Module as unknown as { _nodeModulePaths(from: string): string[] })._nodeModulePaths(module.path);
    const loaded: LoadedModule = { file, module, compiled };
    this.#modules.set(file, loaded);
    this.#evaluate(loaded);
    return loaded;
  }

  #evaluate(loaded: LoadedModule): void {
    const { file, module, compiled } = loaded;
    const jiti = createJiti(file);
    const require = this.#require(loaded, jiti);
    module.require = require;
    const open = (...names: [(source: string) => unknown, Record<string, () => unknown>, Record<string, () => unknown>]) => {
      loaded.scope = new ModuleScope(file, ...names);
    };
    const load = (id: string) => this.#import(id, loaded, jiti);
    const resolve = (id: string, parent?: string) => resolved(id, file, (path) => jiti.esmResolve(path, parent));
    const common = [module.exports, require, module, file, module.path, load, resolve];
    try {
      const places = [thrownAt(compiled.throws), awaitedAt(compiled.throws)];
      const pending = compiled.body().call(module.exports, ...common, mark, asyncMark, delegate, ...places, open);
      const settle = () => {
        module.loaded = true;
      };
      if (pending instanceof Promise) loaded.ready = pending.then(settle, (error) => this.#fail(file, error));
      else settle();
    } catch (error) {
      this.#modules.delete(file);
      this.#fail(file, error);
    }
  }

  /** The modules that wait for it fail with the same. */
  #fail(file: string, error: unknown): never {
    if (!this.#failed || !Object.is(this.#failed.error, error)) this.#failed = { file, error };
    throw error;
  }

  /** The module that something failed in, where that is what made it fail. */
  failedIn(error: unknown): string | undefined {
    return this.#failed && Object.is(this.#failed.error, error) ? this.#failed.file : undefined;
  }

  #require(from: LoadedModule, jiti: Jiti): NodeJS.Require {
    const native = Module.createRequire(from.file);
    const load = (id: string): unknown => {
      if (isBuiltin(id)) return native(id);
      const file = found(id, from.file, () => resolved(id, from.file, jiti.resolve));
      if (file === cotasks) return native(file);
      if (extname(file) === ".json") return readJson(file);
      if (isOwn(file)) return this.#taken(this.#modules.get(file) ?? this.#begin(file, false), from);
      return requirePackage(native, jiti, file);
    };
    const resolve = Object.assign(
      (id: string) => (isBuiltin(id) ? id : orCotasks(id, () => resolved(id, from.file, jiti.resolve))),
      native.resolve,
    );
    return Object.assign(load, { resolve, cache: native.cache, main: native.main, extensions: native.extensions });
  }

  async #import(id: string, from: LoadedModule, jiti: Jiti): Promise<unknown> {
    if (isBuiltin(id) || id.startsWith("data:")) return jiti.import(id);
    const packed = this.#pnp && pnpResolved(this.#pnp, id, from.file);
    const url = packed ?? found(id, from.file, () => resolved(id, from.file, jiti.esmResolve));
    const file = url.startsWith("file:") ? fileURLToPath(url) : url;
    if (file === cotasks) return require(file);
    if (extname(file) === ".json") return readJson(file);
    // Node's loader of ES modules does not know where Yarn stores packages.
    if (!isOwn(file)) return packed ? requirePackage(Module.createRequire(from.file), jiti, file) : jiti.import(file);
    const target = this.#modules.get(file) ?? this.#begin(file, true);
    if (target.ready && !this.#isWaitingFor(file, from.file)) await this.#wait(from.file, target);
    return this.#taken(target, from);
  }

  #taken(loaded: LoadedModule, { file }: LoadedModule): unknown {
    this.#circles.note(file, loaded);
    return loaded.module.exports;
  }

  async #wait(from: string, target: LoadedModule): Promise<void> {
    this.#waiting.set(from, target.file);
    try {
      await target.ready;
    } finally {
      this.#waiting.delete(from);
    }
  }

  /** Whether an import is part of a cycle. If so, one module must continue with an incomplete one, as in CommonJS. */
  #isWaitingFor(file: string, goal: string): boolean {
    for (let at: string | undefined = file; at !== undefined; at = this.#waiting.get(at)) if (at === goal) return true;
    return false;
  }
}

/** The package that comes with the runner, for projects without a package of that name. */
const cotasks = join(__dirname, "cotasks", "index.js");

function orCotasks(id: string, resolve: () => string): string {
  try {
    return resolve();
  } catch (error) {
    if (id !== "cotasks" || !isMissing(error as NodeJS.ErrnoException)) throw error;
    return cotasks;
  }
}

/** @param from the file that contains the import */
function found(id: string, from: string, resolve: () => string): string {
  if (hasForeignScheme(id)) throw missingModule(id, from);
  try {
    return orCotasks(id, resolve);
  } catch (error) {
    if (!isMissing(error as NodeJS.ErrnoException)) throw error;
    throw missingModule(id, from, error as NodeJS.ErrnoException);
  }
}

/** Parses a JSON file. As in Node, an error names the file. */
function readJson(file: string): unknown {
  try {
    return JSON.parse(readSource(file));
  } catch (error) {
    throw error instanceof SyntaxError ? new SyntaxError(`${file}: ${error.message}`) : error;
  }
}

function isOwn(file: string): boolean {
  return isAbsolute(file) && extensions.includes(extname(file)) && !/[\\/]node_modules[\\/]/.test(file);
}

/** Loads a package. Older versions of Node cannot require a package with only ES modules, so jiti transforms it. */
function requirePackage(native: NodeJS.Require, jiti: Jiti, file: string): unknown {
  try {
    return native(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException | undefined)?.code !== "ERR_REQUIRE_ESM") throw error;
    return jiti(file);
  }
}

function createJiti(file: string): Jiti {
  const create = require(join(__dirname, "jiti", "lib", "jiti.cjs")) as (id: string, options: object) => Jiti;
  return create(file, { fsCache: false, moduleCache: true, transform, extensions: [...extensions, ".json"] });
}

/** Resolves an import. The `paths` in tsconfig.json have precedence. */
function resolved(id: string, from: string, resolve: (id: string) => string): string {
  for (const path of isRelative(id) ? [] : pathsFor(from, id)) {
    try {
      return resolve(path);
    } catch {
      // Other paths may match, or the import may be the name of a package.
    }
  }
  return resolve(id);
}

function isRelative(id: string): boolean {
  return isAbsolute(id) || /^\.{1,2}([\\/]|$)/.test(id);
}
