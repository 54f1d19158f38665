/**
 * How evenly a quantity is shared: a single number for comparing policies.
 */

/**
 * Jain's fairness index: 1 if all shares are equal, 1/n if one participant has everything (Jain, Chiu and Hawe 1984). The index is
 * independent of the unit, so it applies to steps, run times and waits alike.
 *
 * @param shares the share of each participant, 0 or more
 * @returns 1 if there is nothing to share
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
  /** The step in which it ended, or the last step of the run if it has not ended. */
  readonly until: number;
  readonly steps: number;
}

/**
 * How many steps of other tasks a task waited for, in total and on average before each of its own steps. The longest single wait
 * is not computed here: `Statistics` finds it, because it reads every step.
 */
export function waitsOf({ added, until, steps }: Stay): { total: number; mean: number } {
  const total = until - added - steps;
  return { total, mean: steps === 0 ? total : total / steps };
}
