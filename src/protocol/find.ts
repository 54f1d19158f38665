/**
 * The panel's requests about a whole run: which steps match a query, and the statistics of each task. Both are computed only on request: a
 * reply reports the progress, and the panel may ask again for the rest.
 */
import * as v from "valibot";
import { cases } from "../core/analysis/textPattern";
import { stepEvents } from "../core/trace/trace";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const task = v.pipe(count, v.maxValue(0xffff));

/** The maximum number of rows in one reply, since each may be in a different part of the trace's file. */
export const maxMatchRows = 200;

/** The maximum number of characters copied at once. */
export const maxCopied = 4 * 1024 * 1024;

export const Query = v.object({
  tasks: v.optional(v.pipe(v.array(task), v.maxLength(0x10000))),
  events: v.optional(v.pipe(v.array(v.picklist(stepEvents)), v.maxLength(stepEvents.length))),
  text: v.pipe(v.string(), v.maxLength(1_000)),
  case: v.picklist(cases),
});

/** Relative to a step: the first match after it, the last one before it, or the first one at or after it. */
export const towards = ["next", "previous", "from"] as const;
export type Toward = (typeof towards)[number];

/** The panel numbers its searches. A request with another number starts another search, and ends the previous one. */
export const findRequests = [
  /** Starts or continues a search, for a short time. Reply: `found`. */
  v.object({ type: v.literal("find"), id: count, search: count, query: Query }),
  /** The rows of matches, by their positions among the matches, from 0. Reply: `rows`. */
  v.object({
    type: v.literal("matches"),
    id: count,
    search: count,
    from: count,
    count: v.pipe(count, v.maxValue(maxMatchRows)),
  }),
  /** Finds a match near a step. Reply: `match`. */
  v.object({ type: v.literal("match"), id: count, search: count, step: count, toward: v.picklist(towards) }),
  /** The matches are no longer shown. */
  v.object({ type: v.literal("endFind") }),
  /** Computes statistics for a short time, up to the step that the panel is about to show as the last one. Reply: `figures`. */
  v.object({ type: v.literal("figures"), id: count, upTo: count }),
  /** Copies a text to the clipboard. */
  v.object({ type: v.literal("copy"), text: v.pipe(v.string(), v.maxLength(maxCopied)) }),
] as const;

/** The progress of a search. It has finished when `done` is the head, or when it was cut because there are more matches than are kept. */
export const Found = v.object({ done: count, head: count, count, cut: v.boolean() });
export type Found = v.InferOutput<typeof Found>;

/** A match and its position among the matches, from 0. Once all matches are known, `next` wraps around from the last to the first. */
export const Match = v.object({ step: count, index: count });
export type Match = v.InferOutput<typeof Match>;

const number = v.pipe(v.number(), v.finite(), v.minValue(0));
const Wait = v.object({ step: count, steps: count, micros: number, open: v.boolean() });

const figures = {
  steps: count,
  micros: number,
  share: number,
  lastStep: count,
  longestSlice: v.optional(v.object({ step: count, micros: number })),
  longestWait: v.object({ bySteps: v.optional(Wait), byTime: v.optional(Wait) }),
  characters: count,
  lines: count,
  firstPrinted: count,
};
export const Figures = v.object(figures);
export type Figures = v.InferOutput<typeof Figures>;

export const TaskFigures = v.object({ task, name: v.string(), ...figures });
export type TaskFigures = v.InferOutput<typeof TaskFigures>;

/** Statistics of the steps up to `upTo`. Once all steps are counted, that is `head`, the last requested step. */
export const RunFigures = v.object({
  upTo: count,
  head: count,
  tasks: v.pipe(v.array(TaskFigures), v.maxLength(0x10000)),
  total: Figures,
  /** The first step whose output was not kept; output is not counted from there on. */
  outputLostFrom: v.optional(count),
});
export type RunFigures = v.InferOutput<typeof RunFigures>;

export const findReplies = [
  v.object({ type: v.literal("found"), id: count, found: Found }),
  /** `match` is absent if there is none, or none is known yet. */
  v.object({ type: v.literal("match"), id: count, match: v.optional(Match) }),
  v.object({ type: v.literal("figures"), id: count, figures: RunFigures }),
] as const;
