/**
 * The settings of a tsconfig.json that affect the meaning of a file, as the compiler reads them: the nearest one with what it
 * extends, or the one among its references that includes the file.
 */
import { existsSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import {
  createFilesMatcher,
  createPathsMatcher,
  getTsconfig,
  parseTsconfig,
  type TsConfigJsonResolved,
  type TsConfigResult,
} from "get-tsconfig";
import { packageType } from "./packageType";

type CompilerOptions = NonNullable<TsConfigJsonResolved["compilerOptions"]>;

/** How JSX is written out. */
export interface JsxSettings {
  readonly runtime: "automatic" | "classic";
  readonly development: boolean;
  readonly importSource?: string;
  readonly factory?: string;
  readonly fragment?: string;
}

export interface Settings {
  /** Fields are defined on the object, as in the language; else they are assigned, and one without a value is none. */
  readonly definesFields: boolean;
  /** Fields are written in the constructor, behind what the parameters are assigned to. */
  readonly lowersFields: boolean;
  readonly legacyDecorators: boolean;
  readonly emitsMetadata: boolean;
  /** Imports stay as they are written, except for those marked as types. */
  readonly verbatim: boolean;
  /** Names that are imported and not used stay imported. */
  readonly keepsImports: boolean;
  /** A module is evaluated even if only types come from it. */
  readonly keepsEffects: boolean;
  /** Each file is compiled without a look into others. */
  readonly isolated: boolean;
  /** The file becomes a CommonJS module: what it imports is loaded where the import stands. */
  readonly isCommonJs: boolean;
  /** What a CommonJS module exports is its default export; else it is what is imported, whatever it is. */
  readonly interop: boolean;
  readonly strict: boolean;
  /** `null` and `undefined` are types of their own. */
  readonly nothingCounts: boolean;
  readonly jsx?: JsxSettings;
}

/** The tsconfig.json of each file. */
const cache = new Map<string, TsConfigResult | undefined>();

/** To be called before files are loaded anew: they may have changed. */
export function forgetConfigs(): void {
  cache.clear();
  parsed.clear();
}

/** @throws TsconfigError when a tsconfig.json or one that it extends cannot be read */
export function settingsFor(file: string): Settings {
  return settingsOf(configFor(file)?.config.compilerOptions ?? {}, file);
}

/** Where `paths` and `baseUrl` let an import of this file lead: paths to try, the best first. */
export function pathsFor(file: string): (id: string) => string[] {
  const config = configFor(file);
  return (config && createPathsMatcher(config)) ?? (() => []);
}

/** A tsconfig.json that cannot be read. It crosses from one bundle to another, so it is known by its name. */
class TsconfigError extends Error {
  override readonly name = "TsconfigError";
}

function configFor(file: string): TsConfigResult | undefined {
  if (!cache.has(file)) cache.set(file, found(file));
  return cache.get(file);
}

function found(file: string): TsConfigResult | undefined {
  try {
    const nearest = getTsconfig(dirname(file), "tsconfig.json", parsed) ?? undefined;
    return nearest && (withFile(nearest, file, new Set()) ?? nearest);
  } catch (error) {
    throw new TsconfigError(`The tsconfig.json for this file cannot be used: ${(error as Error).message}`);
  }
}

const parsed = new Map<string, never>();

/** The configuration, or the one it refers to, that has the file among its own. */
function withFile(config: TsConfigResult, file: string, seen: Set<string>): TsConfigResult | undefined {
  seen.add(config.path);
  if (createFilesMatcher(config)(file)) return config;
  for (const { path } of config.config.references ?? []) {
    const referred = configAt(resolve(dirname(config.path), path));
    const match = seen.has(referred)
      ? undefined
      : withFile({ path: referred, config: parseTsconfig(referred, parsed) }, file, seen);
    if (match) return match;
  }
  return undefined;
}

/** A reference names a file, or a folder with a tsconfig.json. */
function configAt(path: string): string {
  return existsSync(path) && statSync(path).isDirectory() ? join(path, "tsconfig.json") : path;
}

function settingsOf(options: CompilerOptions, file: string): Settings {
  const target = targetYear(options);
  const definesFields = options.useDefineForClassFields ?? target >= 2022;
  const legacyDecorators = options.experimentalDecorators ?? false;
  const verbatim = options.verbatimModuleSyntax ?? false;
  const isCommonJs = becomesCommonJs(options, file);
  return {
    definesFields,
    lowersFields: !definesFields || target < 2022,
    legacyDecorators,
    emitsMetadata: legacyDecorators && (options.emitDecoratorMetadata ?? false),
    verbatim,
    keepsImports: verbatim || (options.preserveValueImports ?? false),
    keepsEffects: /^(preserve|error)$/i.test(options.importsNotUsedAsValues ?? ""),
    isolated: verbatim || (options.isolatedModules ?? false),
    isCommonJs,
    interop: !isCommonJs || (options.esModuleInterop ?? true),
    strict: options.alwaysStrict ?? true,
    nothingCounts: options.strictNullChecks ?? options.strict ?? true,
    ...jsxOf(options),
  };
}

/** The edition of the language that is compiled to; what the kind of modules implies, where it is not said. */
function targetYear({ target, module }: CompilerOptions): number {
  const edition = (target ?? (/^node16$/i.test(module ?? "") ? "es2022" : "esnext")).toLowerCase();
  if (edition === "esnext") return Number.POSITIVE_INFINITY;
  const number = Number(edition.replace(/^es/, ""));
  return number < 2015 ? number + 2009 : number;
}

/** What the name of the file says, and the nearest package.json, counts as far as `module` lets it. */
function becomesCommonJs(options: CompilerOptions, file: string): boolean {
  const module = options.module ?? "";
  if (/\.cts$/.test(file)) return true;
  if (/\.mts$/.test(file)) return false;
  if (/^node/i.test(module)) return packageType(dirname(file)) !== "module";
  return /^commonjs$/i.test(module);
}

function jsxOf(options: CompilerOptions): { jsx?: JsxSettings } {
  const kind = options.jsx?.toLowerCase();
  const { jsxImportSource: importSource, jsxFactory, jsxFragmentFactory: fragment, reactNamespace } = options;
  const factory = jsxFactory ?? (reactNamespace && `${reactNamespace}.createElement`);
  const isAutomatic = importSource !== undefined || kind === "react-jsx" || kind === "react-jsxdev";
  if (!isAutomatic && kind !== "react" && !factory) return {};
  const runtime = isAutomatic ? "automatic" : "classic";
  return { jsx: { runtime, development: kind === "react-jsxdev", importSource, factory, fragment } };
}
