/**
 * Resolves and loads what the user's modules import: which file an import refers to, and packages and JSON files.
 */
import { extname, isAbsolute, join } from "node:path";
import type { Jiti } from "jiti";
import { hasForeignScheme, isMissing, missingModule } from "./missing";
import { readSource } from "./sourceFile";
import { pathsFor, transform } from "./transform";

const extensions = [".ts", ".tsx", ".mts", ".cts", ".mtsx", ".ctsx", ".js", ".mjs", ".cjs", ".jsx"];

/** The path of the package `cotasks` that is bundled with the runner, for projects without a package of that name. */
export const cotasks = join(__dirname, "cotasks", "index.js");

/** Resolves an import; `cotasks` resolves to the bundled package if there is no other. @throws the error of `resolve` */
export function orCotasks(id: string, resolve: () => string): string {
  try {
    return resolve();
  } catch (error) {
    if (id !== "cotasks" || !isMissing(error as NodeJS.ErrnoException)) throw error;
    return cotasks;
  }
}

/**
 * Resolves an import to a file.
 *
 * @param from the file that contains the import
 * @throws Error that names the missing module, with a remedy
 */
export function found(id: string, from: string, resolve: () => string): string {
  if (hasForeignScheme(id)) throw missingModule(id, from);
  try {
    return orCotasks(id, resolve);
  } catch (error) {
    if (!isMissing(error as NodeJS.ErrnoException)) throw error;
    throw missingModule(id, from, error as NodeJS.ErrnoException);
  }
}

/** Parses a JSON file. As in Node, an error names the file. */
export function readJson(file: string): unknown {
  try {
    return JSON.parse(readSource(file));
  } catch (error) {
    throw error instanceof SyntaxError ? new SyntaxError(`${file}: ${error.message}`) : error;
  }
}

/** Whether a file is source code of the user's own, and not of a package. */
export function isOwn(file: string): boolean {
  return isAbsolute(file) && extensions.includes(extname(file)) && !/[\\/]node_modules[\\/]/.test(file);
}

/** Loads a package. Older versions of Node cannot require a package with only ES modules, so jiti transforms it. */
export function requirePackage(native: NodeJS.Require, jiti: Jiti, file: string): unknown {
  try {
    return native(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException | undefined)?.code !== "ERR_REQUIRE_ESM") throw error;
    return jiti(file);
  }
}

/**
 * Creates a loader for the imports of a file, which transforms packages that Node cannot load.
 *
 * @param interopDefault whether the exports of a module are merged with those of its default export
 */
export function createJiti(file: string, interopDefault = true): Jiti {
  const create = require(join(__dirname, "jiti", "lib", "jiti.cjs")) as (id: string, options: object) => Jiti;
  const options = { fsCache: false, moduleCache: true, interopDefault, transform, extensions: [...extensions, ".json"] };
  return create(file, options);
}

/** Resolves an import. The `paths` in tsconfig.json have precedence. */
export function resolved(id: string, from: string, resolve: (id: string) => string): string {
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
