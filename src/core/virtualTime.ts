/** Virtual time: a program's clocks and timers move with its steps, and its random numbers come from a seed. */

export interface VirtualTime {
  /** By how many milliseconds a step moves the clock. */
  readonly virtual: number;
  readonly seed: number;
}

/** By how many milliseconds a step moves the clock where nothing else was chosen. */
export const usualStep = 1;

/** The smallest and the largest step: a microsecond and a day. */
export const leastStep = 0.001;
export const mostStep = 86_400_000;
