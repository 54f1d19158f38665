/**
 * Errors for imports that cannot be resolved: what was searched for, and the remedy.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, extname, isAbsolute, join, resolve } from "node:path";
import { createPathsMatcher, getTsconfig } from "get-tsconfig";
import { weakMap } from "../engine/intrinsics";
import { ownData } from "../engine/names";
import { usesPnp } from "./pnp";

/** An import that cannot be resolved. */
interface Missing {
  readonly id: string;
  /** The file that contains the import. */
  readonly from: string;
}

const missing = weakMap<Missing>();

/** Node's error codes for a package that does not export what is imported. */
const refusals: readonly unknown[] = [
  "ERR_PACKAGE_PATH_NOT_EXPORTED",
  "ERR_PACKAGE_IMPORT_NOT_DEFINED",
  "ERR_INVALID_PACKAGE_TARGET",
  "ERR_UNSUPPORTED_DIR_IMPORT",
];

/**
 * The error for an import that cannot be resolved, in Node's words. The resolver's own message names files of the runner, and does not
 * always name the module.
 *
 * @param found the error of the resolver
 */
export function missingModule(id: string, from: string, found?: NodeJS.ErrnoException): Error {
  const isRefused = found !== undefined && refusals.includes(found.code);
  const [text, code] = isRefused ? [found.message, found.code] : [`Cannot find module '${id}'`, "MODULE_NOT_FOUND"];
  const error = Object.assign(new Error(text), { code });
  missing.set(error, { id, from });
  return error;
}

/** Whether an error of the resolver means that an import cannot be resolved. */
export function isMissing({ code }: NodeJS.ErrnoException): boolean {
  return code === "MODULE_NOT_FOUND" || code === "ERR_MODULE_NOT_FOUND" || refusals.includes(code);
}

/** Whether an import has a scheme that Node does not support, such as `https:` or `bun:`, or names an unknown module of Node. */
export function hasForeignScheme(id: string): boolean {
  const scheme = schemeOf(id);
  return scheme !== undefined && scheme !== "file";
}

function schemeOf(id: string): string | undefined {
  return /^([a-z][a-z\d+.-]+):/i.exec(id)?.[1];
}

/** The remedy for an error that was caused by an import; undefined for other errors. */
export function missingRemedy(error: unknown): string | undefined {
  const found = typeof error === "object" && error !== null ? (missing.get(error) ?? missingInPackage(error)) : undefined;
  return found && remedyFor(found);
}

/** The missing import of a package. Packages are loaded by Node, so the error message is Node's. */
function missingInPackage(error: object): Missing | undefined {
  const [code, message, stack] = ["code", "message", "requireStack"].map((key) => ownData(error, key));
  if ((code !== "MODULE_NOT_FOUND" && code !== "ERR_MODULE_NOT_FOUND") || typeof message !== "string") return undefined;
  const [, id, from] = /^Cannot find (?:module|package) '([^']+)'(?: imported from ([^\n]+))?/.exec(message) ?? [];
  const first: unknown = Array.isArray(stack) ? ownData(stack, "0") : undefined;
  return id === undefined ? undefined : { id, from: from ?? (typeof first === "string" ? first : "") };
}

function remedyFor({ id, from }: Missing): string {
  if (id === "") return "Name the module to import.";
  const scheme = schemeOf(id);
  if (scheme === "node")
    return `Node ${process.version} has no module with this name: check the name, or run the file with another Node.`;
  if (scheme !== undefined) return `Node does not support "${scheme}:" imports: they belong to another runtime or to a bundler.`;
  if (id.startsWith("#")) return `Check "imports" in the package.json that applies to ${from}: it does not map ${id} to a file.`;
  if (/^\.{1,2}(\/|$)/.test(id) || isAbsolute(id))
    return `${lookedFor(resolve(dirname(from), id))} Check the path of the import.`;
  return aliasRemedy(id, from) ?? packageRemedy(id, from);
}

/** The file that an import refers to, and the folder that does not contain it. */
function lookedFor(path: string): string {
  const folder = dirname(path);
  const name = basename(path);
  if (!existsSync(folder)) return `The folder ${folder}, which should contain ${name}, does not exist.`;
  const ending = extname(name) === "" ? ", with or without an extension such as .ts or .js," : "";
  const similar = namesIn(folder).filter((each) => stem(each) === stem(name) && each !== name);
  const there = similar.length > 0 ? ` There is ${similar.slice(0, 3).join(", ")}.` : "";
  return `There is no file ${name}${ending} in the folder ${folder}.${there}`;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function stem(name: string): string {
  return name.replace(/\.\w+$/, "").toLowerCase();
}

/** A remedy if the import matches `paths` or `baseUrl` in tsconfig.json. */
function aliasRemedy(id: string, from: string): string | undefined {
  const config = from === "" ? null : getTsconfig(dirname(from));
  const isAlias = Object.keys(config?.config.compilerOptions?.paths ?? {}).some((pattern) => fits(pattern, id));
  const targets = (isAlias && config && createPathsMatcher(config)?.(id)) || [];
  if (!config || targets.length === 0) return undefined;
  const places = targets.map((target) => resolve(target));
  const looked = places.map((place) => lookedFor(place)).join(" ");
  return `The paths in ${config.path} map it to ${places.join(" or ")}. ${looked} Check these paths and the import.`;
}

function fits(pattern: string, id: string): boolean {
  const [before = "", after] = pattern.split("*");
  if (after === undefined) return pattern === id;
  return pattern !== "*" && id.length >= before.length + after.length && id.startsWith(before) && id.endsWith(after);
}

function packageRemedy(id: string, from: string): string {
  const { versioned, version, name } = split(id);
  if (version !== undefined) {
    return `An import must not contain a version: install the package (${installer()} ${versioned}) and import "${name + id.slice(versioned.length)}".`;
  }
  const installed = installedIn(name, from);
  const needing = /.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(from)?.[1];
  if (installed === undefined && needing) return `The package ${needing} needs it: install it (${installer()} ${name}).`;
  if (installed === undefined) {
    const alias =
      "or, if it is one of your files, import it by a path that begins with ./, or add it to the paths in tsconfig.json";
    return `Install the package (${installer()} ${name}), ${alias}.`;
  }
  const sub = id.slice(name.length + 1);
  const what = sub === "" ? "no main file" : `no ${sub}, or does not export it`;
  return `The package ${name} is installed in ${installed}${versionIn(installed)}, but has ${what}: check the import, or install another version.`;
}

/** The parts of an import: the package with its version, the version, and the package's name. */
function split(id: string): { versioned: string; version: string | undefined; name: string } {
  const [versioned = id, name = id, version] = /^((?:@[^/@]+\/)?[^/@]+)(@[^/]+)?/.exec(id) ?? [];
  return { versioned, version, name };
}

function installer(): string {
  return usesPnp() ? "yarn add" : "npm install";
}

function installedIn(name: string, from: string): string | undefined {
  for (let folder = dirname(from); from !== ""; folder = dirname(folder)) {
    const place = join(folder, "node_modules", name);
    if (existsSync(place)) return place;
    if (dirname(folder) === folder) break;
  }
  return undefined;
}

function versionIn(folder: string): string {
  try {
    const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version?: unknown };
    return typeof version === "string" ? ` (version ${version})` : "";
  } catch {
    return "";
  }
}
