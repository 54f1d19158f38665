/**
 * The tsconfig.json settings that affect the meaning of a file, as the compiler reads them: from the nearest one with what it
 * extends, or from the one among its references that includes the file.
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

/** How JSX is compiled. */
export interface JsxSettings {
  readonly runtime: "automatic" | "classic";
  readonly development: boolean;
  readonly importSource?: string;
  readonly factory?: string;
  readonly fragment?: string;
}

export interface Settings {
  /** Whether fields are defined, as in JavaScript. Otherwise they are assigned, and fields without a value are omitted. */
  readonly definesFields: boolean;
  /** Whether fields are moved to the constructor, after the assignments of parameter properties. */
  readonly lowersFields: boolean;
  readonly legacyDecorators: boolean;
  readonly emitsMetadata: boolean;
  /** Whether all imports are kept as written, except those marked as types. */
  readonly verbatim: boolean;
  /** Whether unused imported names are kept. */
  readonly keepsImports: boolean;
  /** Whether a module is evaluated even if only types are imported from it. */
  readonly keepsEffects: boolean;
  /** Whether each file is compiled without reading others. */
  readonly isolated: boolean;
  /** Whether the file becomes a CommonJS module, in which an import is loaded where it is written; undefined if nothing says so. */
  readonly isCommonJs: boolean | undefined;
  /** Whether the exports of a CommonJS module become its default export. Otherwise an import is the module's exports as they are. */
  readonly interop: boolean;
  readonly strict: boolean;
  /** Whether `null` and `undefined` are distinct types. */
  readonly nothingCounts: boolean;
  readonly jsx?: JsxSettings;
}

/** The tsconfig.json of each file. */
const cache = new Map<string, TsConfigResult | undefined>();

/** Must be called before files are loaded again: configuration files may have changed. */
export function forgetConfigs(): void {
  cache.clear();
  parsed.clear();
}

/** @throws TsconfigError if a tsconfig.json or one that it extends cannot be read */
export function settingsFor(file: string): Settings {
  return settingsOf(configFor(file)?.config.compilerOptions ?? {}, file);
}

/** The files that an import can refer to through `paths` and `baseUrl`, the best match first. */
export function pathsFor(file: string): (id: string) => string[] {
  const config = configFor(file);
  return (config && createPathsMatcher(config)) ?? (() => []);
}

/** A tsconfig.json cannot be read. The error is passed between bundles, so it is recognized by its name. */
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

/** The configuration, or one among its references, that includes the file. */
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

/** The tsconfig.json that a reference means: it names a file or a folder. */
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

/** The language edition that is compiled to. If there is no `target`, the kind of modules may imply one. */
function targetYear({ target, module }: CompilerOptions): number {
  const edition = (target ?? (/^node16$/i.test(module ?? "") ? "es2022" : "esnext")).toLowerCase();
  if (edition === "esnext") return Number.POSITIVE_INFINITY;
  const number = Number(edition.replace(/^es/, ""));
  return number < 2015 ? number + 2009 : number;
}

/**
 * Whether the file becomes CommonJS. This depends on `module`, the file's extension, and the nearest package.json. For other values of
 * `module`, the tool that runs or bundles the result decides, and most tools accept `require`.
 */
function becomesCommonJs(options: CompilerOptions, file: string): boolean | undefined {
  if (/\.cts$/.test(file)) return true;
  if (/\.mts$/.test(file)) return false;
  const kind = options.module ?? "";
  if (/^commonjs$/i.test(kind)) return true;
  if (packageType(dirname(file)) === "module") return false;
  return /^node/i.test(kind) || undefined;
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
