/** Virtual time: a program's clocks and timers move with its steps, and its random numbers come from a seed. */

export interface VirtualTime {
  /** By how many milliseconds a step moves the clock. */
  readonly virtual: number;
  readonly seed: number;
}

/** A move of the clock other than by steps: to which time, and after which step. */
export interface ClockMoved {
  readonly step: number;
  readonly millis: number;
}

/** What the clock shows after a step, in milliseconds. @param moved the last move before then; undefined if there was none */
export function timeAfter(step: number, { virtual }: VirtualTime, moved: ClockMoved | undefined): number {
  return moved ? moved.millis + (step - moved.step) * virtual : step * virtual;
}

/** The default. */
export const usualVirtualTime: VirtualTime = { virtual: 1, seed: 0 };

/** The smallest and the largest allowed value of `virtual`, in milliseconds: a microsecond and a day. */
export const leastStep = 0.001;
export const mostStep = 86_400_000;
/** The largest seed. */
export const mostSeed = 2 ** 32 - 1;
