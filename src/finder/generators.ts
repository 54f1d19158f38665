// What the finder gives: generator functions a person may run, and how each one is called.
// Also the seam that a language plugs into: a Grammar.

import type { Tree, TreeFragment } from "@lezer/common";

/**
 * How the generator is reached: "function" a declaration or an expression bound to a name, "method" through a new
 * instance, "static" through its class, "member" through an object, "default" a module's unnamed export.
 */
export type GeneratorKind = "function" | "method" | "static" | "member" | "default";

/** A generator function that gets a lens. */
export interface GeneratorFunction {
  /** "bogosort", "Worker.run", "tasks.blink"; "default" for an unnamed default export. */
  name: string;
  kind: GeneratorKind;
  /**
   * 1-based. Where the statement or member that binds the generator begins (with `export`, `const`, modifiers), or,
   * when that is on an earlier line, where the generator itself begins (`function`, `*`, and in Python always `def`,
   * for decorators have lines of their own): a half-typed line above never moves it. Lines end as in an editor: at LF, CRLF or CR.
   */
  line: number;
  column: number;
  /**
   * As written, without types and defaults: `["unsorted", "...rest", "{ a, b }"]`. What the call itself fills in
   * (`self`, `cls`) is not one of them, nor are Python's bare `*` and `/`.
   */
  parameters: string[];
  /** An expression in the file's own scope; names the required parameters, leaves the others out. A property has no `()`. */
  call: string;
  /** The call has required parameters, the constructor's included: a person must be asked. */
  needsArguments: boolean;
  /** Lines of other definitions of the same name, as in the branches of an `if`: the call runs the one that was run last. */
  rivals?: number[];
}

/** One replaced range, old offsets A and new offsets B, like ChangedRange of @lezer/common. */
export interface TextChange {
  fromA: number;
  toA: number;
  fromB: number;
  toB: number;
}

/** A generator with offsets instead of a line: what a grammar collects and what edits move. */
export interface Found extends Pick<GeneratorFunction, "name" | "kind" | "parameters" | "call" | "needsArguments"> {
  /** The offset of `line` and `column`; also where the header begins. */
  from: number;
  /** The end of the header, after the parameter list. */
  headerTo: number;
  /** The offsets of other definitions of the same name, any of which may be the one that is called. */
  rivals?: readonly number[];
}

/** What one walk over a tree gives. */
export interface Collected {
  found: Found[];
  /** Offsets of error nodes in valid code that the parser is known not to know. */
  tolerated: number[];
  /** Offsets where valid text is most likely half typed: taken as errors. */
  suspect: number[];
}

/** A language: its parser, and the walk that finds generators in its trees in the order of the text. */
export interface Grammar {
  /** Offsets in the tree are offsets in the text. */
  parse(text: string, reusable: readonly TreeFragment[]): Tree;
  /**
   * Whether reusing an earlier tree may have misled the parser, so that an error has to be confirmed by reading the whole
   * text afresh. So it is near valid code that the parser passes only by recovering from an error.
   */
  isFragile(text: string, collected: Collected): boolean;
  /** What, before a header on its line, says that it is no longer a generator of this kind. */
  revoked: RegExp;
  collect(tree: Tree, text: string): Collected;
}
