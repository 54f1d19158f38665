/**
 * A level of detail: the part of a trace that is visible in a window, with no more blocks than can be drawn. Each block has the exact
 * sums of its steps. A block of one step is that slice.
 */
import { type Axis, type Blocks, blockAt, edge, lengthOf, within } from "./blocks";
import { Gatherer } from "./gather";
import type { TimelineIndex } from "./index";
import type { Moment } from "./lives";
import type { Spans } from "./waitSpans";

/** The request for a level of detail. */
export interface Question {
  readonly axis: Axis;
  /** The window on the axis. Step `n` extends from n - 1 to n; time is in microseconds. */
  readonly from: number;
  readonly to: number;
  /** The approximate maximum number of blocks. */
  readonly buckets: number;
  /** The tasks of each lane. A lane with several tasks shows them as one. */
  readonly lanes: readonly (readonly number[])[];
}

/** The span of the axis in which a task existed. For a task that has not ended, `to` is the end of the trace. */
export interface LaneLife {
  readonly from: number;
  readonly to: number;
}

/** The answer to a `Question`. */
export interface Level {
  readonly axis: Axis;
  /** The end of the trace. */
  readonly end: Moment;
  /** The minimum duration in microseconds of a slice that stands out. */
  readonly long: number;
  /** For each lane; null if its task never ran, or if it has several tasks. */
  readonly lives: readonly (LaneLife | null)[];
  /** When the task of each lane was blocked, in steps on either axis; nothing for a lane of several. */
  readonly waits: readonly Spans[];
  /** The keys are lane numbers. Blocks at the borders may extend beyond the window. */
  readonly blocks: Blocks;
}

/** The minimum width of a block in microseconds, since clocks are not more precise. */
const finestTime = 1 / 1_024;

/** The width of the blocks: a power of two, so that the blocks of one zoom level are made of whole blocks of a finer one. */
export function unitOf({ axis, from, to, buckets }: Question): number {
  const least = axis === "step" ? 1 : finestTime;
  return 2 ** Math.ceil(Math.log2(Math.max(least, (to - from) / Math.max(1, buckets))));
}

/** Computes a level of detail. Yields after each segment, so that a long trace does not block the caller. */
export function* levelOf(index: TimelineIndex, question: Question): Generator<void, Level> {
  yield* index.grow();
  const { axis, from, to } = question;
  const unit = unitOf(question);
  const { end, long, segments } = index;
  const gatherer = new Gatherer({ axis, unit }, laneOf(question.lanes));
  const start = segments > 0 ? startOf(index, axis, from, unit) : 0;
  let last = { step: 1, micros: 0 };
  for (let number = index.segmentAt(axis, start); number < segments; number += 1) {
    const blocks = index.blocks(number);
    const [begins, ends] = [edge(blocks, axis, 0), edge(blocks, axis, lengthOf(blocks))];
    if (begins > to) break;
    if (begins >= start && ends <= to) index.feed(gatherer, number);
    else index.feedPart(gatherer, number, start, to);
    last = fenceAfter(blocks, axis, to);
    yield;
  }
  if (axis === "time") last = index.feedRunning(gatherer, last, to, question.lanes.flat()) ?? last;
  const lives = question.lanes.map((tasks) => lifeOf(index, axis, tasks));
  const all = gatherer.end(last.step, last.micros);
  // Slices that end behind the window may begin within it.
  const blocks = within(all, axis, from, all.began ? Number.POSITIVE_INFINITY : to);
  return { axis, end, long, lives, waits: waitsOf(index, blocks, question), blocks };
}

/** Where the first block of the window begins. Its first piece may start before the window. */
function startOf(index: TimelineIndex, axis: Axis, from: number, unit: number): number {
  const aligned = Math.floor(from / unit) * unit;
  return Math.floor(Math.min(aligned, index.blockStart(axis, aligned)) / unit) * unit;
}

/** The end of the pieces that `feedPart` gave for a range up to `to`. */
function fenceAfter(blocks: Blocks, axis: Axis, to: number): Moment {
  let index = blockAt(blocks, axis, to);
  while (index < lengthOf(blocks) - 1 && edge(blocks, axis, index + 1) <= to) index += 1;
  return { step: blocks.first[index + 1] ?? 1, micros: blocks.time[index + 1] ?? 0 };
}

function laneOf(lanes: Question["lanes"]): Int32Array {
  const most = lanes.reduce((most, tasks) => tasks.reduce((most, id) => Math.max(most, id), most), -1);
  const found = new Int32Array(most + 1).fill(-1);
  lanes.forEach((tasks, lane) => {
    for (const task of tasks) found[task] = lane;
  });
  return found;
}

function waitsOf({ waits }: TimelineIndex, blocks: Blocks, { buckets, lanes }: Question): Spans[] {
  const [from, to] = [edge(blocks, "step", 0), edge(blocks, "step", lengthOf(blocks))];
  return lanes.map(([task, ...others]) => {
    if (task === undefined || others.length > 0) return new Float64Array();
    return waits.within(task, from, to, (to - from) / Math.max(1, buckets));
  });
}

function lifeOf(index: TimelineIndex, axis: Axis, tasks: readonly number[]): LaneLife | null {
  const life = tasks.length === 1 ? index.lives.of(tasks[0] ?? 0) : undefined;
  if (!life) return null;
  const on = (moment: Moment) => (axis === "step" ? moment.step : moment.micros);
  return { from: on(life.from), to: on(life.to ?? index.end) };
}
