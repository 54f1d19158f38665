/**
 * Draws the slices of a level of detail and their marks on any surface that can draw rectangles and marks. Used both for the panel's
 * canvas and for exported pictures.
 */
import { type Axis, type Blocks, extentOf, flag, lengthOf, translated } from "./blocks";
import type { Level } from "./level";

/** The mark of a task's end. A number as an ink is the look of that task; the other inks are colours of the theme. */
export type Mark = "returned" | "threw" | "closed";
export type Ink = number | "rest" | "line" | "printed" | "long" | Mark;

/** A drawing surface. Lengths are in pixels. */
export interface Brush {
  /** Sets the fill of the following rectangles. Strength 1 is full colour. */
  ink(ink: Ink, strength: number): void;
  rect(x: number, y: number, width: number, height: number): void;
  /** A rectangle with rounded corners, for slices that are wide enough. */
  slice(x: number, y: number, width: number, height: number): void;
  /** Draws a mark. `x` is its left edge, `y` its vertical centre. */
  mark(mark: Mark, x: number, y: number, size: number): void;
}

/** The position of the axis window on the surface. */
export interface Scale {
  readonly from: number;
  readonly to: number;
  readonly width: number;
}

/** The position of one lane on the surface. */
export interface LaneRow {
  /** The key of the lane's entries. */
  readonly lane: number;
  readonly ink: Ink;
  readonly y: number;
  readonly height: number;
}

/** An index of a level's entries by lane. */
export interface Order {
  /** For each lane, the index of its first element in `entry`, with one more element for the end. */
  readonly start: Uint32Array;
  readonly entry: Uint32Array;
  /** The block that each entry belongs to. */
  readonly block: Uint32Array;
}

/** The minimum width in pixels of a block that is drawn with a gap after it. */
const gapFrom = 4;
/** The minimum height of a bar, relative to the height of the lane, if the lane shares the block with others. */
const leastBar = 0.45;
/** The dashes of a blocked task's line and the gaps between them, in pixels. */
const dash = 4;
const dashGap = 3;
/** The minimum height of a lane in pixels for marks. In lower lanes, events are lines instead. */
const leastMarked = 12;

/** Groups the entries of a level by lane. The result can be reused for many pictures. */
export function orderOf(blocks: Blocks, lanes: number): Order {
  const start = new Uint32Array(lanes + 1);
  const block = new Uint32Array(blocks.key.length);
  for (let index = 0; index < lengthOf(blocks); index += 1) {
    block.fill(index, blocks.entry[index], blocks.entry[index + 1]);
  }
  for (const key of blocks.key) (start[key + 1] as number) += 1;
  for (let lane = 0; lane < lanes; lane += 1) (start[lane + 1] as number) += start[lane] as number;
  const next = start.slice();
  const entry = new Uint32Array(blocks.key.length);
  blocks.key.forEach((key, at) => {
    entry[next[key] as number] = at;
    (next[key] as number) += 1;
  });
  return { start, entry, block };
}

/** Converts a position on the axis to pixels. */
export function xOf(scale: Scale, position: number): number {
  return ((position - scale.from) / (scale.to - scale.from)) * scale.width;
}

/** Draws lanes. Entries outside of the window are skipped. */
export function paintLanes(brush: Brush, level: Level, order: Order, scale: Scale, rows: readonly LaneRow[]): void {
  for (const row of rows) {
    paintWait(brush, level, scale, row);
    paintSlices(brush, level, order, scale, row);
  }
  for (const row of rows) paintMarks(brush, level, order, scale, row);
}

/**
 * A thin line from a task's beginning to its end. Where no slice covers it, the task is waiting for its turn. Where the task is blocked,
 * the line is dashed and thicker.
 */
function paintWait(brush: Brush, level: Level, scale: Scale, row: LaneRow): void {
  const blocked = blockedPixels(level, scale, row.lane);
  const middle = Math.round(row.y + row.height / 2);
  const life = level.lives[row.lane];
  if (life) {
    brush.ink(row.ink, 0.45);
    let free = Math.max(0, xOf(scale, life.from));
    for (const { from, to } of [...blocked, { from: Math.min(scale.width, xOf(scale, life.to)), to: 0 }]) {
      if (from > free) brush.rect(free, middle, from - free, 1);
      free = Math.max(free, to);
    }
  }
  const thick = row.height < leastMarked ? 1 : 3;
  brush.ink(row.ink, 0.8);
  for (const { from, to, start } of blocked) {
    for (let x = from - ((from - start) % (dash + dashGap)); x < to; x += dash + dashGap) {
      const [left, right] = [Math.max(from, x), Math.min(to, x + dash)];
      if (right > left) brush.rect(left, middle - Math.floor(thick / 2), right - left, thick);
    }
  }
}

/** Where a lane's task is blocked in the window; `start` is where that begins, which may lie before. */
function blockedPixels(
  { waits, blocks, axis }: Level,
  scale: Scale,
  lane: number,
): { from: number; to: number; start: number }[] {
  const spans = waits[lane] ?? [];
  const x = (step: number) => xOf(scale, translated(blocks, "step", axis, step));
  return Array.from({ length: spans.length / 2 }, (_, index) => {
    const [start, end] = [x(spans[2 * index] ?? 0), x(spans[2 * index + 1] ?? 0)];
    return { from: Math.max(0, start), to: Math.min(scale.width, end), start };
  }).filter(({ from, to }) => to > from);
}

function paintSlices(brush: Brush, level: Level, order: Order, scale: Scale, row: LaneRow): void {
  brush.ink(row.ink, 0.88);
  each(level, order, scale, row, (at, block, x, width) => {
    const { y, height } = barOf(row, shareOf(level, at, block));
    if (width >= gapFrom && isSlice(level.blocks, block, at)) brush.slice(x, y, width - Math.min(1.5, width / 4), height);
    else brush.rect(x, y, Math.max(1, width), height);
  });
}

/** Whether a block is a single step. Slices have gaps between them; aggregated blocks have none. */
function isSlice({ first, began, steps }: Blocks, block: number, at: number): boolean {
  if (began) return steps[at] === 1;
  return (first[block + 1] ?? 0) - (first[block] ?? 0) === 1;
}

/** The vertical extent of a slice, or of a lane's bar in a block that it shares. */
function barOf(row: LaneRow, share: number): { y: number; height: number } {
  const inset = row.height < leastMarked ? 0.5 : Math.round(row.height * 0.16);
  const room = row.height - 2 * inset;
  const height = share >= 1 ? room : Math.max(1.5, Math.round(room * (leastBar + (1 - leastBar) * share)));
  return { y: row.y + inset + (room - height) / 2, height };
}

/** A lane's share of a block, from 0 to 1, in steps or in time depending on the axis. */
function shareOf({ axis, blocks }: Level, at: number, block: number): number {
  const { from, to } = extentOf(blocks, axis, at, block);
  const all = to - from;
  const own = axis === "step" ? (blocks.steps[at] ?? 0) : (blocks.micros[at] ?? 0);
  return all > 0 ? own / all : 1;
}

function paintMarks(brush: Brush, level: Level, order: Order, scale: Scale, row: LaneRow): void {
  const { blocks, long } = level;
  const isLow = row.height < leastMarked;
  const size = Math.min(14, row.height - 4);
  const middle = row.y + row.height / 2;
  brush.ink("printed", 1);
  each(level, order, scale, row, (at, block, x, width) => {
    if (isLow || !((blocks.flags[at] ?? 0) & flag.printed)) return;
    const { y, height } = barOf(row, shareOf(level, at, block));
    brush.rect(x, y + height + 1, Math.max(2, width - 1), 2);
  });
  brush.ink("long", 1);
  each(level, order, scale, row, (at, block, x, width) => {
    if ((blocks.longest[at] ?? 0) < long || isLow) return;
    const { y } = barOf(row, shareOf(level, at, block));
    brush.rect(x - 0.5, row.y + 1, Math.max(5, width - 0.5), 3);
    brush.rect(x - 0.5, row.y + 1, 2, y - row.y);
  });
  each(level, order, scale, row, (at, _, x, width) => {
    const flags = blocks.flags[at] ?? 0;
    for (const mark of ["returned", "closed", "threw"] as const) {
      if (!(flags & flag[mark])) continue;
      if (!isLow) brush.mark(mark, x + width, middle, size);
      else {
        brush.ink(mark, 1);
        brush.rect(x + width - 1, row.y, 2, row.height);
      }
    }
  });
}

type Visit = (at: number, block: number, x: number, width: number) => void;

/** Visits every entry of a lane within the window, from left to right. */
function each({ axis, blocks }: Level, order: Order, scale: Scale, row: LaneRow, visit: Visit): void {
  const end = order.start[row.lane + 1] ?? 0;
  for (let at = firstSeen(blocks, axis, order, scale.from, row.lane); at < end; at += 1) {
    const entry = order.entry[at] as number;
    const block = order.block[entry] as number;
    const { from, to } = extentOf(blocks, axis, entry, block);
    if (from > scale.to) return;
    const x = snapped(Math.max(-8, xOf(scale, from)), scale);
    const right = snapped(Math.min(scale.width + 8, xOf(scale, to)), scale);
    visit(entry, block, x, right - x);
  }
}

/** Aligns narrow blocks to whole pixels, to avoid seams between neighbours. */
function snapped(x: number, scale: Scale): number {
  return scale.to - scale.from > scale.width / gapFrom ? Math.round(x) : x;
}

/** The index in the order of the first entry of a lane that extends into the window. */
function firstSeen(blocks: Blocks, axis: Axis, order: Order, from: number, lane: number): number {
  let low = order.start[lane] ?? 0;
  let high = order.start[lane + 1] ?? 0;
  while (low < high) {
    const middle = (low + high) >> 1;
    const entry = order.entry[middle] as number;
    if (extentOf(blocks, axis, entry, order.block[entry] as number).to < from) low = middle + 1;
    else high = middle;
  }
  return low;
}
