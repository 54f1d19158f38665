/**
 * The index of a timeline in which the tasks of some functions are divided by what they delegate to.
 */
import type { Task } from "../../core/task";
import { Delegates, mostWithDelegates } from "../../core/timeline/delegates";
import type { Keys, Steps, TimelineIndex } from "../../core/timeline/index";
import type { Delegate, Question } from "../../core/timeline/level";
import type { YieldPoint } from "../../core/trace/trace";

/** The part of a trace that is needed. */
export type DividedSteps = Steps & { readonly points: readonly YieldPoint[] };

/** An index and, if its tasks are divided, what it counts the steps of a question's lanes under. */
export interface Divided {
  readonly index: TimelineIndex;
  readonly found?: readonly Delegate[];
  readonly keysOf?: () => number[][];
}

/** For each trace, the index that was asked for last. */
const indexes = new WeakMap<Steps, { readonly index: TimelineIndex; readonly delegates: Delegates }>();

/**
 * The index for a question.
 *
 * @param make makes an index which counts the steps under these keys
 * @returns undefined if there are too many tasks
 */
export function dividedFor(
  { trace, tasks }: { readonly trace: DividedSteps; readonly tasks: readonly Task[] },
  { lanes, within = [], below = [] }: Question,
  make: (keys: Keys) => TimelineIndex,
): Divided | undefined {
  if (tasks.length > mostWithDelegates) return undefined;
  const wanted = new Set(below);
  let known = indexes.get(trace);
  if (!known || !isSame(known.delegates.wanted, wanted)) {
    const delegates = new Delegates(trace, tasks, wanted);
    known = { index: make(delegates), delegates };
    indexes.set(trace, known);
  }
  const { index, delegates } = known;
  const keysOf = () => {
    return lanes.map((tasks, lane) => {
      const name = within[lane] ?? undefined;
      return tasks.flatMap((task) => (name === undefined ? delegates.ofTask(task) : delegates.ofDelegate(task, name)));
    });
  };
  return { index, found: delegates.found, keysOf };
}

function isSame(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((each) => other.has(each));
}
