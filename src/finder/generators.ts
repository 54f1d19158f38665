// The results of the finder: generator functions that a user can run, and how to call each one.
// Also the interface that each language implements: a Grammar.

import type { Tree, TreeFragment } from "@lezer/common";

/**
 * How the generator is reached: "function" is a declaration or an expression bound to a name, "method" needs a new
 * instance, "static" is accessed through its class, "member" through an object, "default" is a module's unnamed export.
 */
export type GeneratorKind = "function" | "method" | "static" | "member" | "default";

/** A generator function that gets a lens. */
export interface GeneratorFunction {
  /** "bogosort", "Worker.run", "tasks.blink"; "default" for an unnamed default export. */
  name: string;
  kind: GeneratorKind;
  /**
   * 1-based. Where the statement or member that binds the generator begins (with `export`, `const`, modifiers). If that is on an earlier
   * line, where the generator itself begins (`function`, `*`), and in Python always `def`, since decorators have their own lines. So a
   * half-typed line above never moves it. Lines end as in an editor: at LF, CRLF or CR.
   */
  line: number;
  column: number;
  /**
   * As written, without types and defaults: `["unsorted", "...rest", "{ a, b }"]`. Does not include implicit parameters (`self`,
   * `cls`), nor the bare `*` and `/` of Python.
   */
  parameters: string[];
  /** An expression in the file's own scope, with the names of required parameters as arguments. A property has no `()`. */
  call: string;
  /** Whether the call has required parameters, including those of a constructor, so that the user must be asked. */
  needsArguments: boolean;
  /** Lines of other definitions with the same name, as in the branches of an `if`. The call runs the one that was executed last. */
  rivals?: number[];
}

/** A replaced range, with old offsets A and new offsets B, like ChangedRange of @lezer/common. */
export interface TextChange {
  fromA: number;
  toA: number;
  fromB: number;
  toB: number;
}

/** A generator with offsets instead of lines, as grammars collect it and edits move it. */
export interface Found extends Pick<GeneratorFunction, "name" | "kind" | "parameters" | "call" | "needsArguments"> {
  /** The offset of `line` and `column`, which is also where the header begins. */
  from: number;
  /** The end of the header, after the parameter list. */
  headerTo: number;
  /** The offsets of other definitions with the same name, any of which may be the one that is called. */
  rivals?: readonly number[];
}

/** The result of a walk over a tree. */
export interface Collected {
  found: Found[];
  /** Offsets of error nodes in valid code that the parser is known not to support. */
  tolerated: number[];
  /** Offsets where valid code is most likely half typed. They are treated as errors. */
  suspect: number[];
}

/** A language: its parser, and the walk that finds generators in a tree, in text order. */
export interface Grammar {
  /** Parses a text. Offsets in the tree are offsets in the text. */
  parse(text: string, reusable: readonly TreeFragment[]): Tree;
  /**
   * Whether reusing an earlier tree may have misled the parser, so that an error must be confirmed by parsing the whole text again. This
   * is the case near valid code that the parser handles only by recovering from an error.
   */
  isFragile(text: string, collected: Collected): boolean;
  /** Matches the text before a header, on the same line, if the header is no longer a generator of this kind. */
  revoked: RegExp;
  collect(tree: Tree, text: string): Collected;
}
