/**
 * Yarn's Plug'n'Play: a project without node_modules has a `.pnp.cjs` that maps packages to files. Node must load it before the
 * program (`node -r ./.pnp.cjs`). It then changes how modules are resolved.
 */
import { existsSync } from "node:fs";
import { Module } from "node:module";
import { dirname, join } from "node:path";
import { messageOf, RequestError } from "../values/failures";

/** The documented interface of such a file. */
export interface Pnp {
  setup?(): void;
  resolveRequest?(id: string, from: string, options: { conditions: ReadonlySet<string> }): string | null;
}

const names = [".pnp.cjs", ".pnp.js"];
const importing = new Set(["import", "node", "default"]);

/** The loaded files, by path. They stay loaded until the process ends. */
const loaded = new Map<string, Pnp>();

/**
 * Loads the Plug'n'Play file of a program, if there is one.
 *
 * @throws RequestError if it cannot be loaded
 */
export function usePnp(program: string): Pnp | undefined {
  const path = pnpAbove(dirname(program));
  if (path === undefined) return undefined;
  const known = loaded.get(path);
  if (known) return known;
  try {
    const pnp = Module.createRequire(path)(path) as Pnp;
    pnp.setup?.();
    loaded.set(path, pnp);
    return pnp;
  } catch (error) {
    const message = `${path}, which says where the packages are, cannot be loaded: ${messageOf(error)}`;
    throw new RequestError({ code: "load", message, file: path, remedy: "Run yarn install to write it anew." });
  }
}

/** Whether Plug'n'Play is in use. */
export function usesPnp(): boolean {
  return loaded.size > 0;
}

/** Resolves an import of a package; undefined if Yarn does not know it. */
export function pnpResolved(pnp: Pnp, id: string, from: string): string | undefined {
  if (!isPackage(id)) return undefined;
  try {
    const found = pnp.resolveRequest
      ? pnp.resolveRequest(id, from, { conditions: importing })
      : Module.createRequire(from).resolve(id);
    return found ?? undefined;
  } catch {
    return undefined; // it may match a path in tsconfig.json; otherwise the next resolver reports that it is missing
  }
}

function pnpAbove(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const found = names.map((name) => join(at, name)).find(existsSync);
    if (found !== undefined || dirname(at) === at) return found;
  }
}

/** Whether an import names a package. Relative paths, URLs and subpath imports are resolved as usual. */
function isPackage(id: string): boolean {
  return !/^(?:[./#]|[A-Za-z]:[\\/]|[a-z]+:)/.test(id);
}
