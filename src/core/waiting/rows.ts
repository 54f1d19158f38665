/**
 * The wait log: what requests have done to the tasks, as rows in columns. A runner records the rows; everybody else learns from
 * them who waits for what, without knowing what the requests mean.
 */

/** The kinds of rows, with the meaning of their columns `task` and `object`. */
export const rowKind = {
  /** The task is blocked until it gets a unit of the resource `object`. */
  blockAcquire: 0,
  blockPut: 1,
  blockTake: 2,
  blockEvent: 3,
  /** The task is blocked until the task `object` ends. */
  blockJoin: 4,
  /** The task is blocked until a time, in milliseconds; `object` is its index in `numbers`. */
  blockSleep: 5,
  /** The task is blocked until something outside settles; `object` is a token of the runner's. */
  blockPromise: 6,
  /** The task waits for one (`object` 1) or all (`object` 2) of what the block rows of the same task say that follow at once. */
  group: 7,
  /** The task holds a unit of the resource `object`; if it was blocked, it is ready now. */
  grant: 8,
  /** The task gives back a unit of the resource `object`. */
  free: 9,
  /** The task was blocked and is ready now. */
  wake: 10,
  /** The task no longer waits for anything: it was closed, or ended. */
  withdraw: 11,
  /** The task `object` is to run next. */
  handOver: 12,
  /** The virtual clock was moved, to a time that it shows after the step; `object` is its index in `numbers`. */
  time: 13,
  /** Part number `object`, from 0, of what the task waits for in `all` is served; a part that acquires is held from now on. */
  part: 14,
  /** The semaphore `object` has a permit more that nobody held. */
  permit: 15,
  /**
   * What follows of this step happened after its slice. It is there where somebody was woken then, who enters the ready queue behind the
   * task that ran; who was woken in the slice enters before it.
   */
  outside: 16,
} as const;

export type RowKind = (typeof rowKind)[keyof typeof rowKind];

/** What a task waits for, in words; a block row's kind is the index. */
export const waitKinds = ["acquire", "put", "take", "event", "join", "sleep", "promise"] as const;
export type WaitKind = (typeof waitKinds)[number];

/** What a block row says that its task waits for. A kind that a damaged file made up counts as a promise. */
export function waitKindOf(kind: number): WaitKind {
  return waitKinds[kind] ?? "promise";
}

/** How many kinds there are. */
export const rowKinds = 17;

/** `object` of a `group` row. */
export const groupKind = { any: 1, all: 2 } as const;

/** Rows in the order in which they happened. The columns have the same length. */
export interface WaitRows {
  /** The step during or after which the first row happened. */
  readonly base: number;
  /** The step of each row, less `base`; never descending. */
  readonly offset: Uint32Array;
  readonly object: Uint32Array;
  readonly task: Uint16Array;
  readonly kind: Uint8Array;
  /** Times in milliseconds, which rows refer to by index. */
  readonly numbers: Float64Array;
}

export const resourceKinds = ["mutex", "semaphore", "channel", "event"] as const;
export type ResourceKind = (typeof resourceKinds)[number];

/** The description of a resource, sent when it is created. Resources are numbered from 1 in the order of their creation. */
export interface ResourceInfo {
  readonly kind: ResourceKind;
  readonly name: string;
  /** The permits of a semaphore; the places of a channel, absent when it is unbounded. */
  readonly capacity?: number;
}

/** The index of the first of ascending numbers that is not less than `least`; their count if there is none. */
export function firstAtLeast(ascending: Uint32Array, least: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] as number) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
