/**
 * What the panel shows about waiting tasks: what each of them waits for, and the wait-for graph, all for the step at the cursor. Names come
 * from the user, so sentences consist of segments that refer to tasks and resources by number.
 */
import * as v from "valibot";
import { resourceKinds, waitKinds } from "../core/waiting/rows";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** A piece of a sentence. Every resource that it refers to is among those of `Waiting`. */
export const Segment = v.union([v.object({ text: v.string() }), v.object({ task: count }), v.object({ resource: count })]);
export const Sentence = v.array(Segment);
export type Sentence = v.InferOutput<typeof Sentence>;

/** One thing that a task waits for. */
export const AwaitedPart = v.object({
  kind: v.picklist(waitKinds),
  /** For the first four kinds. */
  resource: v.optional(count),
  /** For a join. */
  task: v.optional(count),
  /** For a sleep: when it ends, in milliseconds of the run's clock, or by the clock of a simulation. */
  due: v.optional(v.number()),
  /** For a part of `all`: the task already has it. */
  served: v.optional(v.literal(true)),
  /** The position in the queue for the same resource, from 1. */
  place: v.optional(count),
});
export type AwaitedPart = v.InferOutput<typeof AwaitedPart>;

/** What a task waits for: one part, any of several, or all of them. */
export const Awaited = v.object({
  how: v.picklist(["one", "any", "all"]),
  parts: v.array(AwaitedPart),
  /** The step in which it was blocked. */
  since: count,
  /** The time of a virtual clock at that moment, in milliseconds. */
  from: v.optional(v.number()),
  /** `waits for fork 2, which bob holds`; follows the task's name. */
  sentence: Sentence,
});
export type Awaited = v.InferOutput<typeof Awaited>;

const Holder = v.object({
  task: count,
  units: count,
  /** The step in or after which it got the first of them. */
  since: count,
});

/** A resource that a task holds or waits for. */
export const ShownResource = v.object({
  id: count,
  kind: v.picklist(resourceKinds),
  name: v.string(),
  /** The initial permits of a semaphore, or the capacity of a channel. Absent for an unbounded channel, and where it is not known. */
  capacity: v.optional(count),
  /** The free permits of a semaphore, if its permits are known. */
  free: v.optional(count),
  /** The holders, in the order in which they acquired it. */
  holders: v.array(Holder),
});
export type ShownResource = v.InferOutput<typeof ShownResource>;

export const WaitEdge = v.variant("kind", [
  v.object({ kind: v.literal("held"), resource: count, ...Holder.entries }),
  /** `as` says which of the two queues of a channel it is. */
  v.object({ kind: v.literal("wanted"), task: count, resource: count, as: v.picklist(waitKinds), place: count, since: count }),
  v.object({ kind: v.literal("joined"), task: count, of: count, since: count }),
]);
export type WaitEdge = v.InferOutput<typeof WaitEdge>;

/** Each link waits for the next one, the last for the first: for the mutex that the next task holds or, without a resource, for its end. */
export const Cycle = v.object({
  links: v.array(v.object({ task: count, resource: v.optional(count), since: count })),
  /** The step that closed the cycle. */
  closedAt: count,
  sentence: Sentence,
});
export type Cycle = v.InferOutput<typeof Cycle>;

/** The wait-for graph of the step at the cursor, and what is certain about it. */
export const Waiting = v.object({
  /** Tasks that hold, want, join or are joined, sleep or wait for a promise; in ascending order. */
  tasks: v.array(count),
  resources: v.array(ShownResource),
  edges: v.array(WaitEdge),
  /** Certain deadlocks. */
  cycles: v.array(Cycle),
  /** The other tasks that can never be woken. */
  stuck: v.array(v.object({ task: count, sentence: Sentence })),
  /** How many edges are not shown. */
  leftOut: v.optional(count),
});
export type Waiting = v.InferOutput<typeof Waiting>;

/** Whether a task is in a deadlock, or can never be woken for another reason. */
export function isLost(waiting: Waiting | undefined, task: number): boolean {
  if (!waiting) return false;
  const { cycles, stuck } = waiting;
  return cycles.some(({ links }) => links.some((link) => link.task === task)) || stuck.some((each) => each.task === task);
}

/** The maximum number of edges shown. */
export const mostEdges = 400;
