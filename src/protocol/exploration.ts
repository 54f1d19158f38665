/**
 * The part of the panel's wire about exploring: what is asked of every order, the progress of a search, the outcomes that it met, and their
 * graph of states.
 */
import * as v from "valibot";
import { Point } from "./thrown";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const text = v.string();
const Expression = v.pipe(v.string(), v.trim(), v.maxLength(10_000));

/** The maximum number of outcomes that are listed. */
export const maxOutcomes = 50;

/** One row of the table of outcomes. */
export const OutcomeRow = v.object({
  /** Identifies the outcome within its search. */
  id: count,
  /** How many orders led to it; classes of orders, if those are counted. */
  orders: count,
  /** Their share of all that were tried, from 0 to 1. */
  share: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  failing: v.boolean(),
  /** How the orders ended; of a failing one, what it fails by. */
  end: text,
  /** The watched expressions and the tasks, each with what it came to. */
  values: v.array(v.object({ name: text, value: text })),
  /** Of the witness. */
  steps: count,
  switches: count,
  /** How many ready tasks are passed over in the witness; absent until it was run again. */
  deviations: v.optional(count),
  explanation: v.optional(text),
});
export type OutcomeRow = v.InferOutput<typeof OutcomeRow>;

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

export const searchStatuses = ["searching", "paused", "explaining", "over", "cancelled", "failed"] as const;

/** A search, from its start until it is dismissed. */
export const SearchState = v.object({
  status: v.picklist(searchStatuses),
  /** How many orders were tried; classes of orders, if `countsClasses`. */
  tried: count,
  countsClasses: v.boolean(),
  /** Orders a second. */
  rate: v.number(),
  check: v.optional(text),
  invariant: v.optional(text),
  calls: v.array(text),
  /** The one that is used now; absent before the first order. */
  strategy: v.optional(text),
  /** What has changed since it began: the file, so that its witnesses cannot be opened, or the tasks of the session. */
  outdated: v.optional(v.picklist(["file", "tasks"])),
  /** Why it failed, or what it waits for. */
  problem: v.optional(text),
  /** The most frequent outcomes first. */
  outcomes: v.pipe(v.array(OutcomeRow), v.maxLength(maxOutcomes)),
  /** How many outcomes are not listed, and how many of all outcomes fail. */
  more: count,
  failing: count,
  /** What may be claimed, and what is said of each property. */
  says: v.array(text),
  verdicts: v.array(v.object({ state: v.picklist(["proved", "not found", "found"]), text })),
  /** Whether it was found before the window was reloaded, and cannot go on. */
  restored: v.optional(v.literal(true)),
  /** The graph of states; absent while the search goes on. */
  graph: v.optional(GraphState),
});
export type SearchState = v.InferOutput<typeof SearchState>;

/** The fields of a view about exploring. */
export const explorationView = {
  exploring: v.optional(
    v.object({
      /** What was asked last, for this file. */
      check: text,
      invariant: text,
      /** From which deviations are counted. */
      policy: text,
      /** How the orders were chosen last; empty if by their number. */
      strategy: text,
      search: v.optional(SearchState),
    }),
  ),
};

export const explorationRequests = [
  /** Searches the orders of the session's tasks, beside the session. An empty expression asks nothing; a missing one, what was asked last. */
  v.object({
    type: v.literal("exploreOrders"),
    check: v.optional(Expression),
    invariant: v.optional(Expression),
    strategy: v.optional(v.pipe(v.string(), v.maxLength(200))),
  }),
  v.object({
    type: v.literal("steerSearch"),
    act: v.picklist(["pause", "goOn", "cancel", "dismiss", "makeStates", "cancelStates"]),
  }),
  /** Shows the witness of an outcome as a branch. */
  v.object({ type: v.literal("openWitness"), outcome: count }),
  /** Opens a test that replays the witness of a failing outcome. */
  v.object({ type: v.literal("copyTest"), outcome: count }),
  /** The schedule of the witness of an outcome. Reply: `scheduleText`. */
  v.object({ type: v.literal("witnessText"), id: count, outcome: count }),
  /** The graph, once it is made. Reply: `states`. */
  v.object({ type: v.literal("states"), id: count }),
  /** Shows the steps that lead to a point of the graph as a branch. */
  v.object({ type: v.literal("openState"), point: count }),
] as const;

export const explorationReplies = [v.object({ type: v.literal("states"), id: count, graph: ShownStates })] as const;
