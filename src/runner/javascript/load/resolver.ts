/**
 * Which files the imports of one instance of a program refer to.
 */
import { isBuiltin } from "node:module";
import { fileURLToPath } from "node:url";
import type { Jiti } from "jiti";
import { cotasks, createJiti, found, isOwn, resolved } from "./resolving";

export class Resolver {
  readonly #jitis = new Map<string, Jiti>();

  /** The loader for the imports of a file. */
  jitiOf(file: string): Jiti {
    const jiti = this.#jitis.get(file) ?? createJiti(file);
    this.#jitis.set(file, jiti);
    return jiti;
  }

  /**
   * The file that an import refers to, or a URL of another kind.
   *
   * @param isImported whether it is imported, and not required
   * @throws Error that names the missing module, with a remedy
   */
  resolve(id: string, from: string, isImported: boolean): string {
    const jiti = this.jitiOf(from);
    const url = found(id, from, () => resolved(id, from, isImported ? jiti.esmResolve : jiti.resolve));
    return url.startsWith("file:") ? fileURLToPath(url) : url;
  }

  /** A file that will be loaded as a module of the user; undefined for everything else. */
  ownFile(id: string, from: string, isImported: boolean): string | undefined {
    if (isBuiltin(id) || id.startsWith("data:")) return undefined;
    try {
      const file = this.resolve(id, from, isImported);
      return isOwn(file) && file !== cotasks ? file : undefined;
    } catch {
      return undefined; // loading it fails with the right place
    }
  }
}
