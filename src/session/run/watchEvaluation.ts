/**
 * Evaluates watches, and keeps the results.
 */
import type { TaskId } from "../../core/task";
import type { Frame, Value } from "../../protocol/runner";
import { UserCodeError } from "../common/errors";
import type { Watched } from "../seen/watchEntry";
import type { Watches } from "../seen/watches";
import type { WatchLog } from "../seen/watchLog";

/** Where a watch is evaluated. */
interface WatchedAt {
  readonly step: number;
  /** The task that ran last, and its stack, innermost last. */
  readonly task: TaskId | undefined;
  readonly frames: readonly Frame[];
}

/**
 * Evaluates the expressions of which it is not known what they gave at a step, one after the other. One that had to be interrupted
 * gave nothing, and is passed over from then on; the others are evaluated all the same.
 *
 * @param isAnew all of them, since what they see may have changed
 * @throws whatever is no fault of an expression
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
    const isLocal = task !== undefined && mentions(expression, frames.at(-1)?.locals ?? []);
    log.record({ step, expression, seen, ...(isLocal ? { task } : {}) });
  }
}

/** An expression that throws has an error at this step, and may have a value at another. */
async function watchedValue(evaluation: Promise<Value>): Promise<Watched | "interrupted"> {
  try {
    return { text: (await evaluation).text };
  } catch (error) {
    if (!(error instanceof UserCodeError)) throw error;
    return error.failure.code === "interrupted" ? "interrupted" : { error: error.message };
  }
}

/** Texts between quotes. Names may be in those of Python with an f before, and in JavaScript's between backticks. */
const texts = /(?<![\p{ID_Continue}$])[rRbBuU]{0,2}(["'])(?:\\.|(?!\1).)*\1/gsu;

/** A name of a variable; what follows a dot is a property, but for what is spread. */
const names = /(?<![\p{ID_Continue}$])(?<!(?<!\.\.)\.\s*)[\p{ID_Start}$_][\p{ID_Continue}$]*/gu;

/** The names of variables in an expression. Those of keys and of arguments that are named are among them too. */
export function namesIn(expression: string): ReadonlySet<string> {
  return new Set(expression.replace(texts, "''").match(names));
}

function mentions(expression: string, locals: readonly { readonly name: string }[]): boolean {
  const mentioned = namesIn(expression);
  return locals.some(({ name }) => mentioned.has(name));
}
