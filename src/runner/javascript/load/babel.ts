/**
 * Types for the few parts of Babel that the instrumentation uses. The compiler uses more.
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
  identifier: Node;
  referencePaths: NodePath[];
}

export interface NodePath {
  type: string;
  node: Node;
  parent: Node;
  parentPath: NodePath | null;
  /** The property of the parent that holds the node, or the node's index in a list; and the name of the list. */
  key: string | number | null;
  listKey?: string | null;
  scope: { bindings: Record<string, Binding>; getBinding(name: string): Binding | undefined };
  traverse(visitor: Record<string, (path: NodePath) => void>): void;
  replaceWith(node: Node): void;
  insertBefore(node: Node): void;
}

/** An error of Babel's parser. */
export interface ParseError extends Error {
  loc?: Position;
}
