/**
 * Steps aggregated into blocks, from which a timeline is drawn at any zoom level. A block may be as small as a single step. Blocks
 * follow each other without gaps. Each has one entry for every key (a task, or a lane of tasks) that ran in it.
 */

/**
 * What a timeline's x axis counts: steps, or time in microseconds: the run time of all slices laid end to end or, where tasks ran at the same
 * time, the time that passed while they ran.
 */
export const axes = ["step", "time"] as const;
export type Axis = (typeof axes)[number];

/** Events that occurred in an entry, as bits. They are preserved by aggregation, however many steps an entry covers. */
export const flag = { returned: 1, threw: 2, closed: 4, printed: 8 } as const;

/** The flag for each event code. */
export const eventFlags: readonly number[] = [0, flag.returned, flag.threw, flag.closed];

/** The columns of n blocks. The first three have n + 1 elements; the last element is the end of the last block. */
export interface Blocks {
  /** The first step of each block. */
  readonly first: Float64Array<ArrayBuffer>;
  /** The run time before each block, in microseconds since the beginning of the run; where tasks ran at the same time, when a step before it ended last. */
  readonly time: Float64Array<ArrayBuffer>;
  /** The index of the first entry of each block. */
  readonly entry: Uint32Array<ArrayBuffer>;
  readonly key: Uint16Array<ArrayBuffer>;
  readonly steps: Uint32Array<ArrayBuffer>;
  readonly micros: Float64Array<ArrayBuffer>;
  /** The longest slice in microseconds, and its step; the first step if several are equally long. */
  readonly longest: Float32Array<ArrayBuffer>;
  readonly longestStep: Float64Array<ArrayBuffer>;
  /** Bits of `flag`. */
  readonly flags: Uint8Array<ArrayBuffer>;
  /** Where tasks ran at the same time: when the first slice of each entry began, and when the last one ended, in microseconds. */
  readonly began?: Float64Array<ArrayBuffer> | undefined;
  readonly ended?: Float64Array<ArrayBuffer> | undefined;
}

/** The number of blocks. */
export function lengthOf(blocks: Blocks): number {
  return blocks.first.length - 1;
}

/** Their approximate memory size, in bytes. */
export function bytesOf(blocks: Blocks): number {
  return blocks.first.length * 20 + blocks.key.length * (blocks.began ? 43 : 27);
}

/** Where a block begins on an axis. The index after the last block gives the end of the last block. */
export function edge(blocks: Blocks, axis: Axis, index: number): number {
  return axis === "step" ? (blocks.first[index] ?? 1) - 1 : (blocks.time[index] ?? 0);
}

/** Where an entry begins and ends on an axis: with its block or, where tasks ran at the same time, with its own slices. */
export function extentOf(blocks: Blocks, axis: Axis, at: number, block: number): { readonly from: number; readonly to: number } {
  const isOwn = axis === "time" && blocks.began && blocks.ended;
  if (isOwn) return { from: blocks.began[at] ?? 0, to: blocks.ended[at] ?? 0 };
  return { from: edge(blocks, axis, block), to: edge(blocks, axis, block + 1) };
}

/** Where the last block ends on an axis. */
export function endOf(blocks: Blocks, axis: Axis): number {
  return edge(blocks, axis, lengthOf(blocks));
}

/** The index of the first block that ends at or after a position on an axis, or of the last block. Blocks of zero width count. */
export function blockFrom(blocks: Blocks, axis: Axis, position: number): number {
  return firstWhere(lengthOf(blocks), (index) => edge(blocks, axis, index + 1) >= position);
}

/** The index of the block that contains a position on an axis, or of the nearest one. */
export function blockAt(blocks: Blocks, axis: Axis, position: number): number {
  return firstWhere(lengthOf(blocks), (index) => edge(blocks, axis, index + 1) > position);
}

/** Binary search: the first index for which a monotonic test is true, or the last index if there is none. */
export function firstWhere(length: number, test: (index: number) => boolean): number {
  let low = 0;
  let high = Math.max(0, length - 1);
  while (low < high) {
    const middle = (low + high) >> 1;
    if (test(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The blocks that overlap the range from `from` to `to`. The columns of the entries are shared, not copied. */
export function within(blocks: Blocks, axis: Axis, from: number, to: number): Blocks {
  let start = 0;
  let end = lengthOf(blocks);
  while (start < end && edge(blocks, axis, start + 1) <= from && edge(blocks, axis, start) < from) start += 1;
  while (end > start && edge(blocks, axis, end - 1) >= to && edge(blocks, axis, end) > to) end -= 1;
  const low = blocks.entry[start] ?? 0;
  const high = blocks.entry[end] ?? 0;
  return {
    first: blocks.first.slice(start, end + 1),
    time: blocks.time.slice(start, end + 1),
    entry: blocks.entry.slice(start, end + 1).map((at) => at - low),
    key: blocks.key.slice(low, high),
    steps: blocks.steps.slice(low, high),
    micros: blocks.micros.slice(low, high),
    longest: blocks.longest.slice(low, high),
    longestStep: blocks.longestStep.slice(low, high),
    flags: blocks.flags.slice(low, high),
    ...(blocks.began && blocks.ended ? { began: blocks.began.slice(low, high), ended: blocks.ended.slice(low, high) } : {}),
  };
}

/** Converts a position from one axis to the other. Within a block of several steps the result is interpolated. */
export function translated(blocks: Blocks, from: Axis, to: Axis, position: number): number {
  if (from === to || lengthOf(blocks) === 0) return position;
  const index = blockAt(blocks, from, position);
  const [begins, ends] = [edge(blocks, from, index), edge(blocks, from, index + 1)];
  const share = ends > begins ? Math.min(1, Math.max(0, (position - begins) / (ends - begins))) : 1;
  const [low, high] = [edge(blocks, to, index), edge(blocks, to, index + 1)];
  return low + share * (high - low);
}
