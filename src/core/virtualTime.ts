/** Virtual time: a program's clocks and timers move with its steps, and its random numbers come from a seed. */

export interface VirtualTime {
  /** By how many milliseconds a step moves the clock. */
  readonly virtual: number;
  readonly seed: number;
}

/** The last time to which a clock was moved, and after which step. */
export interface ClockMoved {
  readonly step: number;
  readonly millis: number;
}

/** What the clock shows after a step, in milliseconds. @param moved how it was moved last by then, other than by steps */
export function timeAfter(step: number, { virtual }: VirtualTime, moved: ClockMoved | undefined): number {
  return moved ? moved.millis + (step - moved.step) * virtual : step * virtual;
}

/** Where nothing else was chosen. */
export const usualVirtualTime: VirtualTime = { virtual: 1, seed: 0 };

/** The smallest and the largest step: a microsecond and a day. */
export const leastStep = 0.001;
export const mostStep = 86_400_000;
