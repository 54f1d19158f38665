/**
 * Evaluates watches, and keeps the results.
 */
import type { TaskId } from "../../core/task";
import { parseWatch } from "../../core/watchText";
import type { Frame, Value } from "../../protocol/runner";
import { UserCodeError } from "../common/errors";
import type { Watched } from "../seen/watchEntry";
import type { Watches } from "../seen/watches";
import type { WatchLog } from "../seen/watchLog";

/** The step and scope in which a watch is evaluated. */
interface WatchedAt {
  readonly step: number;
  /** The task that ran last, and its stack, innermost last. */
  readonly task: TaskId | undefined;
  readonly frames: readonly Frame[];
}

/**
 * Evaluates the expressions whose values at a step are not known, one after the other. An expression that had to be interrupted has no
 * value, and is skipped from then on. The others are still evaluated.
 *
 * @param isAnew whether to evaluate all of them, since the data they depend on may have changed
 * @throws any error that was not caused by an expression
 */
export async function completeWatches(
  log: WatchLog,
  { step, task, frames }: WatchedAt,
  watches: Pick<Watches, "active" | "stop">,
  evaluate: (expression: string) => Promise<Value>,
  isAnew = false,
): Promise<void> {
  for (const expression of watches.active) {
    if (log.has(step, expression) && !isAnew) continue;
    const seen = await watchedValue(evaluate(expression));
    if (seen === "interrupted") {
      watches.stop(expression);
      continue;
    }
    const isLocal =
      task !== undefined && !parseWatch(expression).isOfScheduler && mentions(expression, frames.at(-1)?.locals ?? []);
    log.record({ step, expression, seen, ...(isLocal ? { task } : {}) });
  }
}

/** The value of an evaluation, or its error: an expression that throws at this step may have a value at another one. */
async function watchedValue(evaluation: Promise<Value>): Promise<Watched | "interrupted"> {
  try {
    return { text: (await evaluation).text };
  } catch (error) {
    if (!(error instanceof UserCodeError)) throw error;
    return error.failure.code === "interrupted" ? "interrupted" : { error: error.message };
  }
}

/** Quoted strings, which contain no names. Excludes f-strings of Python and template literals of JavaScript, which may contain some. */
const texts = /(?<![\p{ID_Continue}$])[rRbBuU]{0,2}(["'])(?:\\.|(?!\1).)*\1/gsu;

/** Variable names. An identifier after a dot is a property, except after the three dots of a spread. */
const names = /(?<![\p{ID_Continue}$])(?<!(?<!\.\.)\.\s*)[\p{ID_Start}$_][\p{ID_Continue}$]*/gu;

/** The names of variables in an expression. May also contain names of keys and of keyword arguments. */
export function namesIn(expression: string): ReadonlySet<string> {
  return new Set(expression.replace(texts, "''").match(names));
}

function mentions(expression: string, locals: readonly { readonly name: string }[]): boolean {
  const mentioned = namesIn(expression);
  return locals.some(({ name }) => mentioned.has(name));
}
