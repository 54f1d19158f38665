/**
 * Yarn's Plug'n'Play: a project without node_modules has a `.pnp.cjs` that says where its packages are. Node has to load it
 * before the program (`node -r ./.pnp.cjs`); from then on it changes how modules are found.
 */
import { existsSync } from "node:fs";
import { Module } from "node:module";
import { dirname, join } from "node:path";
import { messageOf, RequestError } from "../values/failures";

/** What Yarn documents of such a file. */
export interface Pnp {
  setup?(): void;
  resolveRequest?(id: string, from: string, options: { conditions: ReadonlySet<string> }): string | null;
}

const names = [".pnp.cjs", ".pnp.js"];
const importing = new Set(["import", "node", "default"]);

/** By the paths of the files: one that is loaded stays so for the life of the process. */
const loaded = new Map<string, Pnp>();

/**
 * Loads the file that says where the packages of a program are, where there is one.
 *
 * @throws RequestError where it cannot be loaded
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

/** Whether packages are where Yarn keeps them. */
export function usesPnp(): boolean {
  return loaded.size > 0;
}

/** The file that an import of a package gives; undefined where Yarn knows nothing of it. */
export function pnpResolved(pnp: Pnp, id: string, from: string): string | undefined {
  if (!isPackage(id)) return undefined;
  try {
    const found = pnp.resolveRequest
      ? pnp.resolveRequest(id, from, { conditions: importing })
      : Module.createRequire(from).resolve(id);
    return found ?? undefined;
  } catch {
    return undefined; // it may be a path of tsconfig.json; else whoever looks for it next says that it is not there
  }
}

function pnpAbove(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const found = names.map((name) => join(at, name)).find(existsSync);
    if (found !== undefined || dirname(at) === at) return found;
  }
}

/** What a program imports by name; a path, a URL and a name inside of its own package are resolved as they are everywhere. */
function isPackage(id: string): boolean {
  return !/^(?:[./#]|[A-Za-z]:[\\/]|[a-z]+:)/.test(id);
}
