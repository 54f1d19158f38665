/**
 * The panel's requests for drawing its timeline, and the replies. A reply is never larger than what can be drawn, however long the run is.
 * The columns are typed arrays, which VS Code passes on unchanged.
 */
import * as v from "valibot";
import { axes, type Blocks } from "../core/timeline/blocks";

/** The maximum number of blocks in a lane: about one per pixel. */
export const maxBuckets = 2_048;
/** The maximum number of lanes. */
export const maxLanes = 64;
/** The maximum number of blocks in total; with many lanes there are fewer, wider blocks. */
export const maxEntries = 49_152;
/** Extra blocks that may extend beyond the borders of the window. */
export const borderBlocks = 4;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const position = v.pipe(v.number(), v.finite(), v.minValue(0));
const task = v.pipe(count, v.maxValue(0xffff));

/** A window on the axis. Step `n` extends from n - 1 to n; time is the slices' run time in microseconds. */
export const TimelineQuestion = v.object({
  axis: v.picklist(axes),
  from: position,
  to: position,
  buckets: v.pipe(count, v.minValue(1), v.maxValue(maxBuckets)),
  /** The tasks of each lane; several tasks are shown as one lane. */
  lanes: v.pipe(v.array(v.pipe(v.array(task), v.maxLength(0x10000))), v.maxLength(maxLanes)),
});

const mostFences = maxBuckets + borderBlocks + 1;
const mostEntries = maxEntries + borderBlocks * maxLanes;
const Doubles = v.instance(Float64Array);
const Entries = v.pipe(v.instance(Uint32Array), v.maxLength(mostFences));
const fences = v.pipe(Doubles, v.maxLength(mostFences));
const values = v.pipe(Doubles, v.maxLength(mostEntries));

const Columns = v.pipe(
  v.object({
    first: fences,
    time: fences,
    entry: Entries,
    key: v.pipe(v.instance(Uint16Array), v.maxLength(mostEntries)),
    steps: v.pipe(v.instance(Uint32Array), v.maxLength(mostEntries)),
    micros: values,
    longest: v.pipe(v.instance(Float32Array), v.maxLength(mostEntries)),
    longestStep: values,
    flags: v.pipe(v.instance(Uint8Array), v.maxLength(mostEntries)),
    began: v.optional(values),
    ended: v.optional(values),
  }),
  v.check((blocks) => isWhole(blocks), "The columns of a timeline do not match each other."),
);

export const TimelineLevel = v.object({
  axis: v.picklist(axes),
  end: v.object({ step: count, micros: position }),
  long: position,
  lives: v.pipe(v.array(v.nullable(v.object({ from: position, to: position }))), v.maxLength(maxLanes)),
  waits: v.pipe(v.array(v.pipe(Doubles, v.maxLength(2 * mostFences))), v.maxLength(maxLanes)),
  blocks: Columns,
});
export type TimelineLevel = v.InferOutput<typeof TimelineLevel>;

/** The number of blocks that can be requested so that the entries of all lanes stay within the limit. */
export function bucketsFor(wanted: number, lanes: number): number {
  return Math.max(1, Math.min(Math.ceil(wanted), maxBuckets, Math.floor(maxEntries / Math.max(1, lanes))));
}

function isWhole(blocks: Blocks): boolean {
  const { first, time, entry, key, steps, micros, longest, longestStep, flags, began = micros, ended = began } = blocks;
  const entries = key.length;
  const isFenced = first.length >= 1 && time.length === first.length && entry.length === first.length;
  const isAscending = entry.every((at, index) => at <= (entry[index + 1] ?? at));
  const isEven = [steps, micros, longest, longestStep, flags, began, ended].every((column) => column.length === entries);
  return isFenced && isAscending && isEven && entry.at(-1) === entries;
}
