/**
 * The part of the panel's wire about the graph of states of the last search.
 */
import * as v from "valibot";
import { Point } from "./thrown";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const text = v.string();

/** How far the graph is. It is made when it is asked for. */
export const GraphState = v.object({
  status: v.picklist(["refused", "offered", "making", "made", "cancelled"]),
  /** Why there is none. */
  why: v.optional(text),
  /** How many orders were run for it, and of how many. */
  done: count,
  of: count,
});
export type GraphState = v.InferOutput<typeof GraphState>;

/** Where a task is between two steps. */
export const PlacedTask = v.object({
  name: text,
  is: v.picklist(["created", "ready", "blocked", "over"]),
  point: v.optional(Point),
});
export type PlacedTask = v.InferOutput<typeof PlacedTask>;

/** See `core/explore/graph`. */
export const ShownStates = v.object({
  /** The first one is where all orders begin. */
  points: v.array(
    v.object({
      fate: v.picklist(["good", "open", "failing"]),
      isLastChance: v.boolean(),
      steps: count,
      tasks: v.array(PlacedTask),
      /** Where orders end: how, and how many of them. */
      end: v.optional(v.object({ text, orders: count })),
    }),
  ),
  /** Points by their positions in the list. */
  edges: v.array(v.object({ from: count, task: count, to: count })),
});
export type ShownStates = v.InferOutput<typeof ShownStates>;

export const stateGraphRequests = [
  /** The graph, once it is made. Reply: `states`. */
  v.object({ type: v.literal("states"), id: count }),
  /** Shows the steps that lead to a point of the graph as a branch. */
  v.object({ type: v.literal("openState"), point: count }),
] as const;

export const stateGraphReplies = [v.object({ type: v.literal("states"), id: count, graph: ShownStates })] as const;
