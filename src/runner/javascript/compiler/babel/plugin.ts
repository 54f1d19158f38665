/**
 * Runs Babel's plugins over one file. Replaces `@babel/core`, most of which deals with finding configuration files.
 */
import traverse, { type NodePath, type Visitor } from "@babel/traverse";
import * as core from "./core";
import type { File } from "./file";

export interface Plugin {
  visitor?: Visitor<unknown>;
  pre?(file: File): void;
}

/** A plugin as its package exports it. */
export type PluginMaker = (api: object, options: object, folder: string) => Plugin;

/** The state of a plugin, which plugins access as `this` and `state`. */
class Pass {
  readonly #map = new Map<unknown, unknown>();
  readonly opts = {};

  constructor(readonly file: File) {}

  get filename(): string {
    return this.file.opts.filename;
  }

  set(key: unknown, value: unknown): void {
    this.#map.set(key, value);
  }

  get(key: unknown): unknown {
    return this.#map.get(key);
  }

  addHelper(name: string) {
    return this.file.addHelper(name);
  }

  availableHelper(): boolean {
    return true;
  }
}

/** Instantiates a plugin from a package. */
export function made(maker: PluginMaker, options: object = {}): Plugin {
  const api = { ...core, assertVersion: () => undefined, assumption: () => undefined, targets: () => ({}) };
  return maker(api, options, "");
}

/** Runs all plugins in a single traversal of the file, as Babel does. */
export function run(plugins: readonly Plugin[], file: File): void {
  const passes = plugins.map(() => new Pass(file));
  for (const [index, plugin] of plugins.entries()) plugin.pre?.call(passes[index] as never, file);
  const visitors = plugins.map(({ visitor }) => visitor ?? {});
  const merged = traverse.visitors.merge(visitors, passes) as Visitor;
  traverse(file.ast, merged, file.scope as NodePath["scope"]);
}
