// What may stand between a generator function and a call of it.

/**
 * What stands between: a program's main part, which does not run when a file is loaded; a function, whose locals nobody else
 * sees; a block; a class that keeps it private, or has no instances; that it has no name; that its part of the file never runs; or that its
 * name is deleted.
 */
export type Barrier = "main" | "function" | "block" | "private" | "abstract" | "unnamed" | "never" | "deleted";

/** What it is for one function. */
export interface Barred {
  readonly barrier: Barrier;
  /** The name of the function, or of the class, around it; or that of what is deleted. */
  readonly owner: string;
}
