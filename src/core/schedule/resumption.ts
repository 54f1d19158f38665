/**
 * What was given to a task that was resumed by hand or by a schedule. It is shown with the step.
 */
import type { NotedChange } from "./changes";

/** The expression that was sent or thrown, or the fact that the task was closed; empty for a plain step. */
export interface Resumed {
  readonly sent?: string;
  readonly thrown?: string;
  readonly closing?: true;
}

/** What was given to a task in a step. @param changes in the order in which they were made */
export function resumedIn(changes: readonly NotedChange[], step: number): Resumed | undefined {
  for (let index = firstAfter(changes, step - 1); changes[index]?.after === step - 1; index += 1) {
    const change = changes[index]?.change;
    if (change?.kind === "pick" && change.send !== undefined) return { sent: change.send };
    if (change?.kind === "throw") return { thrown: change.expression };
    if (change?.kind === "close") return { closing: true };
  }
  return undefined;
}

/** The first change that was made after that many steps, or later. */
function firstAfter(changes: readonly NotedChange[], after: number): number {
  let low = 0;
  let high = changes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((changes[middle]?.after ?? 0) < after) low = middle + 1;
    else high = middle;
  }
  return low;
}
