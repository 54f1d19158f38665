/**
 * What the panel asks about a whole run: which steps match a query, and the statistics of each task. Both are computed only
 * while somebody asks: an answer tells the progress, and the panel may ask again for the rest.
 */
import * as v from "valibot";
import { cases } from "../core/analysis/textPattern";
import { stepEvents } from "../core/trace/trace";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const task = v.pipe(count, v.maxValue(0xffff));

/** At most so many rows of matches in one answer: they may lie in as many parts of the trace's file. */
export const maxMatchRows = 200;

/** At most so many characters are copied at once. */
export const maxCopied = 4 * 1024 * 1024;

export const Query = v.object({
  tasks: v.optional(v.pipe(v.array(task), v.maxLength(0x10000))),
  events: v.optional(v.pipe(v.array(v.picklist(stepEvents)), v.maxLength(stepEvents.length))),
  text: v.pipe(v.string(), v.maxLength(1_000)),
  case: v.picklist(cases),
});

/** From a step: the first match after it, the last before it, the first that is not before it. */
export const towards = ["next", "previous", "from"] as const;
export type Toward = (typeof towards)[number];

/** Searches are numbered by the panel; another number is another search, and ends the one before. */
export const findRequests = [
  /** Begins a search or goes on with it, for a moment. Answered by `found`. */
  v.object({ type: v.literal("find"), id: count, search: count, query: Query }),
  /** The rows of matches, by their place among the matches from 0. Answered by `rows`. */
  v.object({
    type: v.literal("matches"),
    id: count,
    search: count,
    from: count,
    count: v.pipe(count, v.maxValue(maxMatchRows)),
  }),
  /** Answered by `match`. */
  v.object({ type: v.literal("match"), id: count, search: count, step: count, toward: v.picklist(towards) }),
  /** Nobody looks at the matches any more. */
  v.object({ type: v.literal("endFind") }),
  /** Counts for a moment, up to the step that the panel is about to show as the last one. Answered by `figures`. */
  v.object({ type: v.literal("figures"), id: count, upTo: count }),
  /** Puts a text on the clipboard. */
  v.object({ type: v.literal("copy"), text: v.pipe(v.string(), v.maxLength(maxCopied)) }),
] as const;

/** How far a search is. It is over when `done` is the head, or when it was cut: there are more matches than are kept. */
export const Found = v.object({ done: count, head: count, count, cut: v.boolean() });
export type Found = v.InferOutput<typeof Found>;

/** A match and its place among the matches, from 0. Past the last one comes the first again, once all are known. */
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

/** They are about the steps up to `upTo`, which is `head`, the last step that was asked for, once all are counted. */
export const RunFigures = v.object({
  upTo: count,
  head: count,
  tasks: v.pipe(v.array(TaskFigures), v.maxLength(0x10000)),
  total: Figures,
  /** The first step of which output was not kept: none is counted from there on. */
  outputLostFrom: v.optional(count),
});
export type RunFigures = v.InferOutput<typeof RunFigures>;

export const findReplies = [
  v.object({ type: v.literal("found"), id: count, found: Found }),
  /** `match` is absent where there is none, or none is known yet. */
  v.object({ type: v.literal("match"), id: count, match: v.optional(Match) }),
  v.object({ type: v.literal("figures"), id: count, figures: RunFigures }),
] as const;
