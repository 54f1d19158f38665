/**
 * Compiles a file to code that Node runs in a function. Types, JSX and modules are removed, line numbers are preserved. This is a
 * separate bundle, because it is by far the largest part of the runner.
 */
import generate from "@babel/generator";
import type { NodePath } from "@babel/traverse";
import type * as t from "@babel/types";
import { File, type MadeUpNames } from "./babel/file";
import type { GenMapping } from "./babel/genMapping";
import { made, type Plugin, type PluginMaker, run } from "./babel/plugin";
import { computedKeys } from "./computedKeys";
import { jsx, jsxWay } from "./jsx";
import type { ModuleLinks } from "./links";
import { modules } from "./modules";
import { isTypeScript, parsed, type SourceType } from "./parsing";
import { forgetConfigs, type Settings, settingsFor } from "./tsconfig";
import { isForCommonJs } from "./typescript/commonJs";
import { forgetDeclarations } from "./typescript/declarations";
import { fields } from "./typescript/fields";
import type { ElidedImport } from "./typescript/imports";
import { lower } from "./typescript/lower";
import { passedNames } from "./wrapper";

export { pathsFor } from "./tsconfig";
export type { ElidedImport, GenMapping, MadeUpNames, ModuleLinks };

/** Callbacks during the compilation of a file. */
export interface Hooks {
  /** Called before anything is changed, when every node still has its source position. */
  parsed(program: NodePath<t.Program>, source: string): void;
  /** Called when it is known which imports are used as values. */
  bound(program: NodePath<t.Program>, elided: readonly ElidedImport[]): void;
  /** Called with the links of an ES module. The compiled code then refers to what it is passed by `passedNames`. */
  linked(links: ModuleLinks): void;
  /** Called when nothing else is going to be changed. */
  lowered?(program: NodePath<t.Program>): void;
}

export interface Compilation {
  readonly source: string;
  readonly filename: string;
  readonly sourceType: SourceType;
  /** Whether the runner's own loader runs the result, and not jiti. */
  readonly isOwn: boolean;
  /** Whether imports may be awaited, and the file may use top-level await. */
  readonly awaits: boolean;
  readonly hooks?: Hooks;
}

/** Must be called before files are loaded again: cached information about other files may be outdated. */
export function forgetFiles(): void {
  forgetConfigs();
  forgetDeclarations();
}

export interface Compiled {
  readonly code: string;
  readonly places: GenMapping;
  readonly madeUpNames: MadeUpNames;
}

/**
 * Compiles a whole file.
 *
 * @throws SyntaxError of the parser, with `loc`
 */
export function compile(compilation: Compilation): Compiled {
  const { source, filename, sourceType, isOwn, awaits, hooks } = compilation;
  const ast = parsed(source, filename, sourceType);
  const file = new File({ filename, require: isOwn ? passedNames.required : "require" }, source, ast);
  hooks?.parsed(file.path, source);
  const settings = isTypeScript(filename) ? settingsFor(filename) : undefined;
  const isCommonJs = settings !== undefined && (settings.isCommonJs ?? isForCommonJs(file.path, source));
  const plugins = settings ? typeScript(file, settings, hooks) : javaScript(file, hooks);
  const way = { awaits, inPlace: isCommonJs, interop: settings?.interop ?? true, isOwn };
  run([...plugins, modules(file, way, hooks?.linked)], file);
  file.finish();
  hooks?.lowered?.(file.path);
  // For a large file, the default options would print a message to the user's terminal.
  const options = { retainLines: true, compact: false, sourceMaps: true, sourceFileName: filename };
  const printed = generate(ast, options, source) as unknown as { code: string; rawMappings: GenMapping };
  return { code: printed.code, places: printed.rawMappings, madeUpNames: file.madeUpNames };
}

/** The options that jiti passes to a transform. */
interface JitiOptions {
  readonly source: string;
  readonly filename?: string;
  readonly async?: boolean;
}

/** Compiles files that jiti loads: policies, and those in packages that Node cannot load. */
export function transform({ source, filename = "", async: awaits = false }: JitiOptions): { code: string; error?: unknown } {
  try {
    return { code: compile({ source, filename, sourceType: "unambiguous", isOwn: false, awaits }).code };
  } catch (error) {
    const { message, loc } = error as SyntaxError & { loc?: { line: number; column: number } };
    const told = { filename, line: loc?.line ?? 0, column: loc?.column ?? 0, code: "ParseError", message };
    return { error, code: `exports.__JITI_ERROR__ = ${JSON.stringify(told)}` };
  }
}

function typeScript(file: File, settings: Settings, hooks: Hooks | undefined): Plugin[] {
  const way = hasJsx(file) ? jsxWay(file.code, file.ast, settings.jsx) : undefined;
  const elided = lower(file, settings, way?.implied ?? []);
  hooks?.bound(file.path, elided);
  const plugins = [...needed(file), ...(way ? jsx(way) : [])];
  return settings.lowersFields ? [...plugins, fields(file, settings)] : plugins;
}

function javaScript(file: File, hooks: Hooks | undefined): Plugin[] {
  hooks?.bound(file.path, []);
  if (!hasJsx(file)) return needed(file);
  return [...needed(file), ...jsx(jsxWay(file.code, file.ast, settingsFor(file.opts.filename).jsx))];
}

/** The plugins that a file needs. Most files need none, and loading them takes time. */
function needed(file: File): Plugin[] {
  const { code } = file;
  const plugins: Plugin[] = [];
  if (/@|\baccessor\b/.test(code)) {
    const decorators = require("@babel/plugin-proposal-decorators") as { default: PluginMaker };
    plugins.push(computedKeys(file), made(decorators.default, { version: "2023-11" }));
  }
  if (/\busing\b/.test(code)) {
    const resources = require("@babel/plugin-transform-explicit-resource-management") as { default: PluginMaker };
    plugins.push(made(resources.default));
  }
  return plugins;
}

/** Whether a file may contain JSX, by a text that all JSX contains. */
function hasJsx({ code, opts }: File): boolean {
  return /(\.[cm]?[jt]sx|\.[cm]?js)$/.test(opts.filename) && /<\/|\/>/.test(code);
}
