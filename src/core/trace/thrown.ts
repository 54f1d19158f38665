/**
 * An error as it was thrown: its whole message, the user's frames, and related errors.
 */
import type { YieldPoint } from "./trace";

/** What was thrown. The runner bounds all of it. */
export interface Thrown {
  /** Its class and its whole message: `ValueError: no price`. */
  readonly message: string;
  /** Where it was thrown first, as far as that is known. */
  readonly at?: YieldPoint | undefined;
  /** The user's own frames, innermost first. In JavaScript they are those of where the error was made. */
  readonly frames: readonly YieldPoint[];
  /** Related errors. */
  readonly related?: readonly Related[] | undefined;
  /** How many more of these there are. */
  readonly omitted?: number | undefined;
}

/** A related error, with the name by which the language reaches it: `cause`, `errors[0]`, `__context__`. */
export interface Related extends Thrown {
  readonly name: string;
}
