/**
 * How many schedules there are, and how much of them a search has seen.
 */

/** Mean and variance of numbers that come one by one (Welford 1962), and of several such series together (Chan, Golub, LeVeque 1979). */
export interface Sizes {
  readonly runs: number;
  readonly mean: number;
  /** Of the numbers, not of the mean. */
  readonly variance: number;
}

export const noSizes: Sizes = { runs: 0, mean: 0, variance: 0 };

/** One number more. */
export function withSize({ runs, mean, variance }: Sizes, size: number): Sizes {
  return bothSizes({ runs, mean, variance }, { runs: 1, mean: size, variance: 0 });
}

/** Two series as one. */
export function bothSizes(one: Sizes, other: Sizes): Sizes {
  const runs = one.runs + other.runs;
  if (runs === 0) return noSizes;
  const apart = other.mean - one.mean;
  const squares = one.variance * one.runs + other.variance * other.runs + (apart * apart * one.runs * other.runs) / runs;
  return { runs, mean: one.mean + (apart * other.runs) / runs, variance: squares / runs };
}

/** The products of the numbers of choices are bounded, so that their squares stay finite. */
export const largestSize = 1e150;

/** How many schedules there are, about. */
export interface Estimate {
  readonly orders: number;
  /** The standard deviation of the mean; undefined where there are more schedules than are counted. */
  readonly deviation: number | undefined;
  /** Whether the deviation is small enough to say the number aloud. */
  readonly isSettled: boolean;
}

const fewestProbes = 10;
/** Probes in a search, at most. */
export const mostProbes = 1000;
/** The deviation may be this part of the number. */
const accuracy = 1 / 10;

/**
 * Knuth's estimate: a random walk that had c1, c2 … choices stands for c1 · c2 … schedules, and the mean over several walks is
 * right on average, whatever the shape of the tree (Knuth: Estimating the Efficiency of Backtrack Programs, Mathematics of Computation
 * 1975). It has settled when the standard deviation of the mean is at most a tenth of it.
 */
export function estimated({ runs, mean, variance }: Sizes): Estimate {
  const deviation = runs < 2 ? mean : Math.sqrt(variance / (runs - 1));
  const isSettled = runs >= fewestProbes && deviation <= mean * accuracy;
  return { orders: mean, deviation: mean < largestSize ? deviation : undefined, isSettled };
}

/** Whether more probes are worthwhile: until the estimate has settled, and within a limit. */
export function needsProbes(sizes: Sizes): boolean {
  return sizes.runs < mostProbes && !estimated(sizes).isSettled;
}

/**
 * How many schedules there are if every task has a fixed number of slices and is ready until its last: (n1 + n2 + …)! / (n1! n2! …).
 *
 * @param slices the number of slices of each task
 */
export function ordersOfSlices(slices: readonly number[]): bigint {
  let orders = 1n;
  let before = 0n;
  for (const count of slices) {
    // The binomial coefficient of all slices up to here over this task's. Every division leaves no remainder.
    for (let slice = 1n; slice <= BigInt(count); slice += 1n) {
      before += 1n;
      orders = (orders * before) / slice;
    }
  }
  return orders;
}

/**
 * How likely the next run of a random search shows an outcome that was never met: the outcomes that were met once, by the number of runs
 * (Good: The Population Frequencies of Species and the Estimation of Population Parameters, Biometrika 1953; the idea is Turing's).
 *
 * @param orders how often each outcome was met
 */
export function missingMass(orders: readonly number[]): number {
  const runs = orders.reduce((sum, count) => sum + count, 0);
  return runs === 0 ? 1 : orders.filter((count) => count === 1).length / runs;
}

/** What was never met in so many runs of a random search is met, with a confidence of 95 %, in fewer than this part of such runs. */
export function rarerThan(runs: number): number {
  return runs === 0 ? 1 : Math.min(1, 3 / runs);
}

/**
 * How likely one run of PCT finds a bug of a depth, at least (Burckhardt, Kothari, Musuvathi, Nagarakatte, ASPLOS 2010).
 *
 * @param tasks how many tasks there are
 * @param steps how many steps the longest run has
 */
export function pctChance(tasks: number, steps: number, depth: number): number {
  return 1 / (Math.max(tasks, 1) * Math.max(steps, 1) ** (depth - 1));
}
