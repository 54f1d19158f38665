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
  scope: { bindings: Record<string, Binding> };
  traverse(visitor: Record<string, (path: NodePath) => void>): void;
  getFunctionParent(): NodePath | null;
}

export interface Plugin {
  pre(file: { path: NodePath; ast: { program: Node } }): void;
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
