/**
 * Steps summed up in blocks: what a timeline is drawn from at any zoom level, down to blocks of a single step. Blocks follow
 * each other without gaps; each has one entry for every key (a task, or a lane of tasks) that ran in it.
 */

/** What a timeline's x axis counts: steps, or the run time of all slices laid end to end, in microseconds. */
export const axes = ["step", "time"] as const;
export type Axis = (typeof axes)[number];

/** What may have happened in an entry, as bits: however many steps it sums up, none of these is lost. */
export const flag = { returned: 1, threw: 2, closed: 4, printed: 8 } as const;

/** The flags by the code of a step's event. */
export const eventFlags: readonly number[] = [0, flag.returned, flag.threw, flag.closed];

/** The columns of n blocks; the first three have n + 1 numbers, the last of which is where the last block ends. */
export interface Blocks {
  /** The step with which each begins. */
  readonly first: Float64Array<ArrayBuffer>;
  /** The run time before each, in microseconds since the beginning of the run. */
  readonly time: Float64Array<ArrayBuffer>;
  /** Where the entries of each begin. */
  readonly entry: Uint32Array<ArrayBuffer>;
  readonly key: Uint16Array<ArrayBuffer>;
  readonly steps: Uint32Array<ArrayBuffer>;
  readonly micros: Float64Array<ArrayBuffer>;
  /** The longest slice in microseconds, and its step: the first of several as long. */
  readonly longest: Float32Array<ArrayBuffer>;
  readonly longestStep: Float64Array<ArrayBuffer>;
  /** Bits of `flag`. */
  readonly flags: Uint8Array<ArrayBuffer>;
}

/** How many blocks there are. */
export function lengthOf(blocks: Blocks): number {
  return blocks.first.length - 1;
}

/** Their approximate memory size, in bytes. */
export function bytesOf(blocks: Blocks): number {
  return blocks.first.length * 20 + blocks.key.length * 27;
}

/** Where block `index` begins on an axis; the index after the last block gives the end. */
export function edge(blocks: Blocks, axis: Axis, index: number): number {
  return axis === "step" ? (blocks.first[index] ?? 1) - 1 : (blocks.time[index] ?? 0);
}

/** Where the last block ends on an axis. */
export function endOf(blocks: Blocks, axis: Axis): number {
  return edge(blocks, axis, lengthOf(blocks));
}

/** The first block that does not end before a position on an axis, or the last one. Blocks without width count. */
export function blockFrom(blocks: Blocks, axis: Axis, position: number): number {
  return firstWhere(lengthOf(blocks), (index) => edge(blocks, axis, index + 1) >= position);
}

/** The block that holds a position on an axis, or the nearest one. */
export function blockAt(blocks: Blocks, axis: Axis, position: number): number {
  return firstWhere(lengthOf(blocks), (index) => edge(blocks, axis, index + 1) > position);
}

/** The first index for which a test holds that holds for all after it; the last index where it never does. */
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

/** The same blocks without those that end before `from` or begin after `to`; nothing is copied but the fences. */
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
  };
}

/** The position on the other axis: what happened then. Within a block of several steps it is about right. */
export function translated(blocks: Blocks, from: Axis, to: Axis, position: number): number {
  if (from === to || lengthOf(blocks) === 0) return position;
  const index = blockAt(blocks, from, position);
  const [begins, ends] = [edge(blocks, from, index), edge(blocks, from, index + 1)];
  const share = ends > begins ? Math.min(1, Math.max(0, (position - begins) / (ends - begins))) : 1;
  const [low, high] = [edge(blocks, to, index), edge(blocks, to, index + 1)];
  return low + share * (high - low);
}
