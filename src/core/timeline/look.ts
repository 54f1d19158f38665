/**
 * How tasks are told apart: by one of twelve colours and, from the thirteenth task on, also by a pattern.
 */

/** The number of colours that the extension contributes. */
export const colours = 12;

export const patterns = ["solid", "rising", "falling", "level"] as const;
export type Pattern = (typeof patterns)[number];

export interface Look {
  /** The number of the colour, counted from 0. */
  readonly colour: number;
  readonly pattern: Pattern;
}

/** The look of a task, which never changes. It repeats after 48 tasks. */
export function lookOf(task: number): Look {
  return { colour: task % colours, pattern: patterns[Math.floor(task / colours) % patterns.length] ?? "solid" };
}
