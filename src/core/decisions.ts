/**
 * What a user decides about the functions of an observed program: which of their generators are tasks.
 */

/** `never`: whatever resumes the generator. `always`: even where something iterates over it. */
export const decisions = ["never", "always"] as const;
export type Decision = (typeof decisions)[number];

/** By the name of a function, as its tasks have it without a number. What is not listed is a task when a call resumes it. */
export type Decisions = Readonly<Record<string, Decision>>;
