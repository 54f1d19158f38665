/**
 * Sentences about tasks that wait, as segments: a page can colour the names in them, and a terminal prints them as one text. The names of
 * tasks and resources come from the user, so they are never part of a text segment.
 */
import type { TaskId } from "../task";
import type { Blocked, WaitPart } from "./blockedColumns";
import { rowKind } from "./rows";
import type { CycleLink, Surroundings } from "./verdict";
import type { WaitState } from "./waitState";

/** A piece of a sentence: text, or a task or a resource by its number. */
export type Segment = { readonly text: string } | { readonly task: TaskId } | { readonly resource: number };

/** Looks up the names of tasks and resources by number. */
export interface Names {
  task(task: TaskId): string;
  resource(resource: number): string;
}

/** The part of a run that holds the names. */
export interface Named {
  readonly tasks: readonly { readonly name: string }[];
  readonly waits: { readonly resources: readonly { readonly name: string }[] };
}

/** The names of a run's tasks and resources. */
export function namesIn({ tasks, waits }: Named): Names {
  return {
    task: (task) => tasks[task]?.name ?? `task ${task + 1}`,
    resource: (resource) => waits.resources[resource - 1]?.name ?? `resource ${resource}`,
  };
}

/** A sentence as one text. */
export function plainText(segments: readonly Segment[], names: Names): string {
  return segments
    .map((segment) => {
      if ("text" in segment) return segment.text;
      return "task" in segment ? names.task(segment.task) : names.resource(segment.resource);
    })
    .join("");
}

/** Why the tasks of a cycle wait forever: `ann holds fork 1 and waits for fork 2, which bob holds, who waits for fork 1.` */
export function deadlockSentence(cycle: readonly CycleLink[]): Segment[] {
  const [first, ...others] = cycle;
  const last = cycle.at(-1);
  if (!first || !last) return [];
  const heldByFirst = last.resource;
  const begin: Segment[] = [{ task: first.task }];
  if (others.length === 0) return [...begin, ...waitsForItself(first), { text: "." }];
  if (heldByFirst !== undefined) begin.push({ text: " holds " }, { resource: heldByFirst }, { text: " and" });
  const links = others.flatMap(({ task }, index) => [...linkTo(cycle[index] as CycleLink, task), { text: ", who" }]);
  return [...begin, ...links, ...closing(last, first.task), { text: "." }];
}

/** Why a task that is in no cycle will never be woken: `cat waits for fork 1, which ann still held when it ended.` */
export function stuckSentence(blocked: Blocked, state: WaitState, around: Surroundings): Segment[] {
  const waits = [{ task: blocked.task }, { text: " " }, ...waitText(blocked)];
  const [part, ...others] = blocked.parts.filter(({ isServed }) => !isServed);
  if (!part || others.length > 0) return [...waits, { text: ", and nobody is left who could wake it." }];
  return [...waits, ...obstacle(part, state, around), { text: "." }];
}

/** What a task waits for: `waits for fork 2`, `waits for the first of these: to take from jobs, for a time`. */
export function waitText({ how, parts }: Blocked): Segment[] {
  const [only] = parts;
  if (how === "one" && only) return only.kind === rowKind.blockSleep ? [{ text: "sleeps" }] : [{ text: "waits " }, ...aim(only)];
  const list = parts.flatMap((part, index) => [
    ...(index > 0 ? [{ text: ", " }] : []),
    ...aim(part),
    ...(part.isServed ? [{ text: " (done)" }] : []),
  ]);
  return [{ text: how === "any" ? "waits for the first of these: " : "waits for all of these: " }, ...list];
}

function aim({ kind, object }: WaitPart): Segment[] {
  switch (kind) {
    case rowKind.blockPut:
      return [{ text: "to put into " }, { resource: object }];
    case rowKind.blockTake:
      return [{ text: "to take from " }, { resource: object }];
    case rowKind.blockJoin:
      return [{ text: "for the end of " }, { task: object }];
    case rowKind.blockSleep:
      return [{ text: "for a time" }];
    case rowKind.blockPromise:
      return [{ text: "for a promise" }];
    default:
      return [{ text: "for " }, { resource: object }];
  }
}

/** Why a part can no longer be served, as a relative clause. */
function obstacle({ kind, object }: WaitPart, { holdings }: WaitState, around: Surroundings): Segment[] {
  const nobody = (could: string): Segment[] => [{ text: `, and nobody is left who could ${could}` }];
  switch (kind) {
    case rowKind.blockAcquire: {
      const [holder] = holdings.of(object);
      if (!around.isMutex(object) || !holder) return nobody("release it");
      if (around.isOver(holder.task)) return [{ text: ", which " }, { task: holder.task }, { text: " still held when it ended" }];
      return [{ text: ", which " }, { task: holder.task }, { text: " holds, who will never be woken" }];
    }
    case rowKind.blockPut:
      return nobody("take from it");
    case rowKind.blockTake:
      return nobody("put into it");
    case rowKind.blockEvent:
      return nobody("set it");
    case rowKind.blockJoin:
      return [{ text: ", who will never be woken" }];
    default:
      return nobody("settle it");
  }
}

function waitsForItself({ task, resource }: CycleLink): Segment[] {
  if (resource === undefined) return [{ text: " waits for its own end" }];
  return [{ text: " waits for " }, { resource }, { text: ", which " }, { task }, { text: " itself holds" }];
}

function linkTo({ resource }: CycleLink, next: TaskId): Segment[] {
  if (resource === undefined) return [{ text: " waits for the end of " }, { task: next }];
  return [{ text: " waits for " }, { resource }, { text: ", which " }, { task: next }, { text: " holds" }];
}

function closing({ resource }: CycleLink, first: TaskId): Segment[] {
  if (resource === undefined) return [{ text: " waits for the end of " }, { task: first }];
  return [{ text: " waits for " }, { resource }];
}
