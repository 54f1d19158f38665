/**
 * The text of a watch: an expression that is evaluated where the task of the step is suspended or, with `scheduler:` before it, in the frame
 * of an observed program that has resumed the task. No expression of either language begins like that.
 */

export interface WatchText {
  readonly expression: string;
  /** Whether it is about the program's own scheduler. */
  readonly isOfScheduler: boolean;
}

const pattern = /^\s*scheduler:\s*(\S.*)$/s;

export function parseWatch(text: string): WatchText {
  const [, expression] = pattern.exec(text) ?? [];
  return { expression: (expression ?? text).trim(), isOfScheduler: expression !== undefined };
}

/** The text that parses to this watch. There is one text for each, by which watches are known. */
export function formatWatch({ expression, isOfScheduler }: WatchText): string {
  return isOfScheduler ? `scheduler: ${expression}` : expression;
}
