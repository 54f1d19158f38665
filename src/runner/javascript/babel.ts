/**
 * The little of Babel that the instrumentation touches. Babel comes inside jiti, without types.
 */

export interface Position {
  readonly line: number;
  /** Counted from 0. */
  readonly column: number;
}

export interface Node {
  type: string;
  loc?: { start: Position; end: Position };
  /** Offsets in the source. */
  start?: number;
  end?: number;
  [field: string]: unknown;
}

export interface Binding {
  kind: string;
  path: NodePath;
  referencePaths: NodePath[];
}

export interface NodePath {
  node: Node;
  parent: Node;
  parentPath: NodePath | null;
  /** The field of the parent that holds the node, or the list it is in. */
  key: string | number | null;
  listKey?: string | null;
  scope: { bindings: Record<string, Binding> };
  traverse(visitor: Record<string, (path: NodePath) => void>): void;
}

export interface Plugin {
  pre(file: { path: NodePath; ast: { program: Node }; code: string }): void;
  visitor: Record<string, (path: NodePath) => void>;
}

/** An error of Babel's parser. */
export interface ParseError extends Error {
  loc?: Position;
}

export interface TransformOptions {
  source: string;
  filename: string;
  ts: boolean;
  jsx: false | { runtime: "automatic" | "classic" };
  async: boolean;
  interopDefault: boolean;
  babel: Record<string, unknown>;
}

export type Transform = (options: TransformOptions) => { code: string; error?: ParseError };
