/**
 * The visible part of each lane in numbers: the text equivalent of the drawing.
 */
import { type Axis, edge, flag, lengthOf } from "../../core/timeline/blocks";
import { blockedSteps } from "../../core/timeline/waitSpans";
import type { Lane } from "./laneOrder";
import { type Kept, laneId } from "./levels";
import type { Span } from "./viewport";

export interface LaneSum {
  readonly lane: Lane;
  readonly steps: number;
  readonly micros: number;
  readonly longest: number;
  readonly longestStep: number;
  /** The number of steps of the window in which the task was blocked. */
  readonly blocked: number;
  /** What happened, as text. */
  readonly events: readonly string[];
}

/** The sums over the visible blocks, and the steps that these cover. */
export interface SeenSums {
  readonly first: number;
  readonly last: number;
  readonly lanes: readonly LaneSum[];
}

/** Sums up the visible part of lanes in a level. Blocks at the borders count in full. Empty if the level covers no visible step. */
export function sumsOf(
  { level, order, lanes: keys }: Kept,
  axis: Axis,
  { from, to }: Span,
  lanes: readonly Lane[],
): SeenSums | undefined {
  const { blocks } = level;
  const isSeen = (block: number) => edge(blocks, axis, block + 1) > from && edge(blocks, axis, block) < to;
  const seen = Array.from({ length: lengthOf(blocks) }, (_, block) => block).filter(isSeen);
  const [first, last] = [seen[0], seen.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const sums = lanes.flatMap((lane) => {
    const key = keys.get(laneId(lane));
    if (key === undefined) return [];
    const entries = order.entry.subarray(order.start[key], order.start[key + 1]);
    return [
      {
        ...sumOf(
          blocks,
          lane,
          entries.filter((at) => isSeen(order.block[at] ?? 0)),
        ),
        blocked: blockedSteps(level.waits[key], edge(blocks, "step", first), edge(blocks, "step", last + 1)),
      },
    ];
  });
  return { first: blocks.first[first] ?? 1, last: (blocks.first[last + 1] ?? 1) - 1, lanes: sums };
}

function sumOf(blocks: Kept["level"]["blocks"], lane: Lane, entries: Uint32Array): Omit<LaneSum, "blocked"> {
  let [steps, micros, longest, longestStep, flags] = [0, 0, 0, 0, 0];
  for (const at of entries) {
    steps += blocks.steps[at] ?? 0;
    micros += blocks.micros[at] ?? 0;
    flags |= blocks.flags[at] ?? 0;
    if ((blocks.longest[at] ?? 0) <= longest) continue;
    longest = blocks.longest[at] ?? 0;
    longestStep = blocks.longestStep[at] ?? 0;
  }
  return { lane, steps, micros, longest, longestStep, events: wordsOf(flags) };
}

/** The flags as text, the rarest first. */
export function wordsOf(flags: number): string[] {
  const words = [
    [flag.threw, "threw"],
    [flag.returned, "returned"],
    [flag.closed, "was closed"],
    [flag.printed, "printed"],
  ] as const;
  return words.flatMap(([bit, word]) => (flags & bit ? [word] : []));
}
