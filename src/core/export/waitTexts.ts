/**
 * What exports and the command line say of tasks that wait, and of those that no longer do.
 */

import type { Blocked, WaitPart } from "../waiting/blockedColumns";
import { rowKind, waitKindOf } from "../waiting/rows";
import { type Named, namesIn, plainText, waitText } from "../waiting/sentences";
import { type EndedWait, StepWaits } from "../waiting/stepWaits";
import type { WaitState } from "../waiting/waitState";
import type { WaitLog } from "./source";

/** The tasks and the waits of a run. */
export interface Waited extends Named {
  readonly waits: WaitLog;
}

/** More holders of a semaphore than these are counted. */
const mostHolders = 3;

/** A reader of waits as JSON. @param first the first step that will be asked for */
export function waitsAsJson(source: Waited, first: number): StepWaits<string> {
  return new StepWaits(source.waits, first, (blocked, state) => waitJson(blocked, state, source));
}

/** A reader of waits as text, to follow the request of the step: `, held by bob`. @param first as above */
export function waitsAsText(source: Waited, first: number): StepWaits<string> {
  return new StepWaits(source.waits, first, (blocked, state) => holdersText(blocked, state, source));
}

/** The names of the tasks that were woken. */
export function wokenIn(ended: readonly EndedWait[], source: Named): string[] {
  return ended.filter(({ isWoken }) => isWoken).map(({ task }) => namesIn(source).task(task));
}

/** What a task waits for: `waits for fork 2`. */
export function waitName(blocked: Blocked, source: Waited): string {
  return plainText(waitText(blocked), namesIn(source));
}

/** The names of the tasks that hold what a task waits for. */
export function holderNames({ parts }: Blocked, state: WaitState, source: Named): string[] {
  const [part, ...others] = parts;
  return part && others.length === 0 ? holdersOf(part, state, source) : [];
}

function waitJson({ how, parts }: Blocked, state: WaitState, source: Waited): string {
  const all = parts.map((part) => partOf(part, state, source));
  return JSON.stringify(how === "one" ? all[0] : { [how]: all });
}

function partOf(part: WaitPart, state: WaitState, source: Waited): object {
  const { kind, object, due, isServed } = part;
  const heldBy = isServed ? [] : holdersOf(part, state, source);
  return {
    for: waitKindOf(kind),
    ...(kind <= rowKind.blockEvent ? { resource: namesIn(source).resource(object) } : {}),
    ...(kind === rowKind.blockJoin ? { task: namesIn(source).task(object) } : {}),
    ...(kind === rowKind.blockSleep ? { until: Math.round(due * 1_000) / 1_000 } : {}),
    ...(heldBy.length > 0 ? { heldBy } : {}),
    ...(isServed ? { served: true } : {}),
  };
}

function holdersText(blocked: Blocked, state: WaitState, source: Waited): string {
  const names = holderNames(blocked, state, source);
  if (names.length === 0) return "";
  const more = names.length - mostHolders;
  return `, held by ${names.slice(0, mostHolders).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

function holdersOf({ kind, object }: WaitPart, { holdings }: WaitState, source: Named): string[] {
  return kind === rowKind.blockAcquire ? holdings.of(object).map(({ task }) => namesIn(source).task(task)) : [];
}
