/**
 * The wait log: the effects of requests on the tasks, as rows in columns. A runner records the rows. All other code reads from them
 * which task waits for what, without knowing what the requests mean.
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
  /** The task is blocked until a time; `object` is its index in `numbers`: in milliseconds, or in a simulation in its units. */
  blockSleep: 5,
  /** The task is blocked until a promise settles; `object` is a token that the runner chose. */
  blockPromise: 6,
  /** The task waits for one (`object` 1) or all (`object` 2) of its block rows that follow immediately. */
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
  /** The virtual clock was moved to the time that it shows after the step; `object` is the index of that time in `numbers`. */
  time: 13,
  /** Part `object`, from 0, of the `all` that the task waits for is served; if the part acquires a resource, the task now holds it. */
  part: 14,
  /** The semaphore `object` has an additional permit, which no task held. */
  permit: 15,
  /**
   * The following rows of this step happened after its slice. Recorded only if a task was woken then: such a task enters the ready queue
   * behind the task that ran, while a task woken during the slice enters before it.
   */
  outside: 16,
  /** The clock of the program's simulation shows the time `numbers[object]`, in units of the simulation. */
  simulated: 17,
} as const;

export type RowKind = (typeof rowKind)[keyof typeof rowKind];

/** Names for what a task waits for, indexed by the kind of the block row. */
export const waitKinds = ["acquire", "put", "take", "event", "join", "sleep", "promise"] as const;
export type WaitKind = (typeof waitKinds)[number];

/** What the task of a block row waits for. An unknown kind, which only a damaged file can have, counts as a promise. */
export function waitKindOf(kind: number): WaitKind {
  return waitKinds[kind] ?? "promise";
}

/** How many kinds there are. */
export const rowKinds = 18;

/** `object` of a `group` row. */
export const groupKind = { any: 1, all: 2 } as const;

/** Rows in the order in which they happened. All columns except `numbers` have the same length. */
export interface WaitRows {
  /** The step during or after which the first row happened. */
  readonly base: number;
  /** The step of each row minus `base`; never descending. */
  readonly offset: Uint32Array;
  readonly object: Uint32Array;
  readonly task: Uint16Array;
  readonly kind: Uint8Array;
  /** Times, which rows refer to by index. */
  readonly numbers: Float64Array;
}

/** A lock is held like a mutex, but any task may release it, as with the locks of threads. */
export const resourceKinds = ["mutex", "semaphore", "channel", "event", "lock"] as const;
export type ResourceKind = (typeof resourceKinds)[number];

/** The description of a resource, sent when it is created. Resources are numbered from 1 in the order of their creation. */
export interface ResourceInfo {
  readonly kind: ResourceKind;
  readonly name: string;
  /** The initial permits of a semaphore, or the capacity of a channel. Absent for an unbounded channel, and where it is not known. */
  readonly capacity?: number;
}

/** The index of the first of the ascending numbers that is at least `least`; their count if there is none. */
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
