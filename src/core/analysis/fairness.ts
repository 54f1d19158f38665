/**
 * How evenly something is shared out: one number by which policies can be compared.
 */

/**
 * Jain's index of fairness: 1 when all have the same, 1/n when one has everything (Jain, Chiu and Hawe 1984). It says nothing
 * about the unit, so steps, run times and waits can all be judged by it.
 *
 * @param shares what each has, 0 or more
 * @returns 1 where there is nothing to share
 */
export function jainIndex(shares: readonly number[]): number {
  const sum = shares.reduce((total, share) => total + share, 0);
  const squares = shares.reduce((total, share) => total + share * share, 0);
  return squares === 0 ? 1 : (sum * sum) / (shares.length * squares);
}

/** The time span in which a task existed, and how often it ran. */
export interface Stay {
  /** The step after which it was added. */
  readonly added: number;
  /** The step in which it ended; of one that is not over, the last step of the run. */
  readonly until: number;
  readonly steps: number;
}

/**
 * How many steps of others a task let pass: all in all, and on average before each of its own. The worst wait is known to
 * `Statistics`, which follows every step.
 */
export function waitsOf({ added, until, steps }: Stay): { total: number; mean: number } {
  const total = until - added - steps;
  return { total, mean: steps === 0 ? total : total / steps };
}
