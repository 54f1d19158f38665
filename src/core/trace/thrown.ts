/**
 * An error as it was thrown: its whole message, the user's frames, and related errors.
 */
import type { YieldPoint } from "./trace";

/** An error as the runner captured it. The runner limits the size of all parts. */
export interface Thrown {
  /** The class and the complete message: `ValueError: no price`. */
  readonly message: string;
  /** Where the error was first thrown, if known. */
  readonly at?: YieldPoint | undefined;
  /** The user's own frames, innermost first. In JavaScript they are from where the error object was created. */
  readonly frames: readonly YieldPoint[];
  /** Related errors. */
  readonly related?: readonly Related[] | undefined;
  /** How many more related errors there are. */
  readonly omitted?: number | undefined;
}

/** A related error, with the expression by which it can be reached: `cause`, `errors[0]`, `__context__`. */
export interface Related extends Thrown {
  readonly name: string;
}
