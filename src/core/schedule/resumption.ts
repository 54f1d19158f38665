/**
 * What a task received when it was resumed by hand or by a schedule. It is shown with the step.
 */
import type { NotedChange } from "./changes";

/** The expression that was sent or thrown, or that the task was closed; no property is set for a plain step. */
export interface Resumed {
  readonly sent?: string;
  readonly thrown?: string;
  readonly closing?: true;
}

/** What a task received in a step. @param changes in the order in which they were made */
export function resumedIn(changes: readonly NotedChange[], step: number): Resumed | undefined {
  for (let index = firstAfter(changes, step - 1); changes[index]?.after === step - 1; index += 1) {
    const change = changes[index]?.change;
    if (change?.kind === "pick" && change.send !== undefined) return { sent: change.send };
    if (change?.kind === "throw") return { thrown: change.expression };
    if (change?.kind === "close") return { closing: true };
  }
  return undefined;
}

/** The index of the first change that was made after step `after` or later. */
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
