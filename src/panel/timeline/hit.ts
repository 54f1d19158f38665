/**
 * Hit testing: finds what is under the pointer.
 */
import { type Blocks, blockAt, extentOf, lengthOf, translated } from "../../core/timeline/blocks";
import type { Lane } from "./laneOrder";
import { laneHeight } from "./laneRows";
import { type Kept, laneId } from "./levels";
import type { TimelineModel } from "./model";

/** Pixels beside a narrow slice that still count as the slice. */
const reach = 3;

/** A slice, several slices drawn as one, or a task that waits for its turn or is blocked. */
export interface Hit {
  readonly lane: Lane;
  /** The first step of the block; `last` is included. */
  readonly first: number;
  readonly last: number;
  /** The steps between which the task is blocked. */
  readonly blocked?: { readonly from: number; readonly to: number };
  /** The lane's own steps in the block; absent where the task is waiting. */
  readonly own?: {
    readonly steps: number;
    readonly micros: number;
    readonly longest: number;
    readonly longestStep: number;
    readonly flags: number;
  };
}

/** The lane at a height, if there is one. */
export function laneAt(model: TimelineModel, y: number): Lane | undefined {
  const height = laneHeight(model.lanes.length);
  return model.seen.find((seen) => y >= seen.y && y < seen.y + height)?.lane;
}

/** What is drawn at a point of the lanes. */
export function hitAt(model: TimelineModel, x: number, y: number): Hit | undefined {
  const lane = laneAt(model, y);
  const kept = lane && [model.detail.fine.kept, model.detail.coarse.kept].find((kept) => kept && isThere(kept, lane, model, x));
  if (!lane || !kept) return undefined;
  const { axis } = model.finder;
  const { blocks } = kept.level;
  const key = kept.lanes.get(laneId(lane.tasks)) ?? -1;
  const position = model.positionAt(x);
  const middle = blockAt(blocks, axis, position);
  const near = model.positionAt(x + reach) - position;
  const isNear = ({ from, to }: { from: number; to: number }) => from <= position + near && to >= position - near;
  const candidates = axis === "time" && blocks.began ? everyBlock(blocks) : [middle, middle - 1, middle + 1];
  for (const block of candidates) {
    const at = entryOf(blocks, key, block);
    if (at !== undefined && isNear(extentOf(blocks, axis, at, block)))
      return { lane, ...stepsOf(kept, block), own: ownOf(kept, at) };
  }
  if (!waits(kept, key, position, model)) return undefined;
  const blocked = blockedAt(kept, key, translated(blocks, axis, "step", position));
  return { lane, ...stepsOf(kept, middle), ...(blocked ? { blocked } : {}) };
}

/** Whether a level covers a point of a lane. */
function isThere(kept: Kept, lane: Lane, model: TimelineModel, x: number): boolean {
  const position = translated(kept.level.blocks, model.finder.axis, kept.question.axis, model.positionAt(x));
  const { from, to } = kept.question;
  return position >= from && position <= to && kept.lanes.has(laneId(lane.tasks));
}

function stepsOf({ level: { blocks } }: Kept, block: number): { first: number; last: number } {
  return { first: blocks.first[block] ?? 1, last: (blocks.first[block + 1] ?? 2) - 1 };
}

/** Where tasks ran at the same time, a slice can be under a point that is in the block of another. */
function everyBlock(blocks: Blocks): number[] {
  return Array.from({ length: lengthOf(blocks) }, (_, block) => block);
}

function entryOf(blocks: Blocks, key: number, block: number): number | undefined {
  if (block < 0) return undefined;
  const [start = 0, end = 0] = blocks.entry.subarray(block, block + 2);
  const at = blocks.key.subarray(start, end).indexOf(key);
  return at < 0 ? undefined : start + at;
}

function ownOf({ level: { blocks } }: Kept, at: number): NonNullable<Hit["own"]> {
  return {
    steps: blocks.steps[at] ?? 0,
    micros: blocks.micros[at] ?? 0,
    longest: blocks.longest[at] ?? 0,
    longestStep: blocks.longestStep[at] ?? 0,
    flags: blocks.flags[at] ?? 0,
  };
}

function blockedAt({ level: { waits } }: Kept, key: number, position: number): Hit["blocked"] {
  const spans = waits[key] ?? new Float64Array();
  for (let at = 0; at < spans.length; at += 2) {
    const [from = 0, to = 0] = spans.subarray(at, at + 2);
    if (position >= from && position < to) return { from, to };
  }
  return undefined;
}

function waits({ level, question }: Kept, key: number, position: number, { finder }: TimelineModel): boolean {
  const life = level.lives[key];
  return question.axis === finder.axis && life !== null && life !== undefined && position >= life.from && position < life.to;
}
