/**
 * A level of detail: what is visible of a trace in a window, in no more blocks than can be drawn. Each block has the exact
 * sums of its steps; a block of one step is that slice.
 */
import { type Axis, type Blocks, blockAt, edge, lengthOf, within } from "./blocks";
import { Gatherer } from "./gather";
import type { TimelineIndex } from "./index";
import type { Moment } from "./lives";
import type { Spans } from "./waitSpans";

/** The request. */
export interface Question {
  readonly axis: Axis;
  /** The window on the axis: step `n` lies from n - 1 to n; time is in microseconds. */
  readonly from: number;
  readonly to: number;
  /** At most about so many blocks. */
  readonly buckets: number;
  /** The tasks of each lane. A lane of several shows them as one. */
  readonly lanes: readonly (readonly number[])[];
}

/** The span of the axis in which a task existed; `to` is the end of the trace for one that has not ended. */
export interface LaneLife {
  readonly from: number;
  readonly to: number;
}

/** The answer. */
export interface Level {
  readonly axis: Axis;
  /** Where the trace ended. */
  readonly end: Moment;
  /** The minimum duration in microseconds of a slice that stands out. */
  readonly long: number;
  /** Of every lane; null where no task of it ran, or where it shows several. */
  readonly lives: readonly (LaneLife | null)[];
  /** When the task of each lane was blocked, in steps on either axis; nothing for a lane of several. */
  readonly waits: readonly Spans[];
  /** The keys are the lanes. Blocks at the borders may reach over them. */
  readonly blocks: Blocks;
}

/** No finer than this, in microseconds: clocks are not. */
const finestTime = 1 / 1_024;

/** The width of the blocks: a power of two, so that every other zoom has blocks that fit into each other. */
export function unitOf({ axis, from, to, buckets }: Question): number {
  const least = axis === "step" ? 1 : finestTime;
  return 2 ** Math.ceil(Math.log2(Math.max(least, (to - from) / Math.max(1, buckets))));
}

/** Sums up a window. It yields after each segment, so that a long trace does not block its caller. */
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
  const lives = question.lanes.map((tasks) => lifeOf(index, axis, tasks));
  const blocks = within(gatherer.end(last.step, last.micros), axis, from, to);
  return { axis, end, long, lives, waits: waitsOf(index, blocks, question), blocks };
}

/** Where the first block of the window begins: its first piece may lie before the window. */
function startOf(index: TimelineIndex, axis: Axis, from: number, unit: number): number {
  const aligned = Math.floor(from / unit) * unit;
  return Math.floor(Math.min(aligned, index.blockStart(axis, aligned)) / unit) * unit;
}

/** Where the pieces end that `feedPart` gave up to a position. */
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
