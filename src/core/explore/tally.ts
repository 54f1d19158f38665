/**
 * How often each outcome was met, and the calmest run that leads to it: the one with the fewest deviations from the policy, then the
 * fewest switches, then the fewest steps.
 */
import type { TaskId } from "../task";
import type { KnownEnd } from "./strategy";

/** How far a run is from one that is easy to follow. */
export interface Calm {
  /** How many ready tasks were passed over, all steps together. */
  readonly deviations: number;
  /** How often another task ran than in the step before. */
  readonly switches: number;
  readonly steps: number;
}

/** Whether the first is the calmer one: negative; 0 if neither is. */
export function compareCalm(one: Calm, other: Calm): number {
  return one.deviations - other.deviations || one.switches - other.switches || one.steps - other.steps;
}

/** What is known of an outcome. */
export interface Met extends Calm {
  /** How many runs ended so. */
  orders: number;
  /** The tasks of the calmest run, in the order in which they ran. */
  readonly witness: readonly TaskId[];
}

/** What came of an outcome since it was last asked. */
export interface MetNews {
  readonly outcome: number;
  readonly orders: number;
  /** If a calmer one was found. */
  readonly witness?: readonly TaskId[];
  /** Its deviations, with it. */
  readonly deviations?: number;
}

/** An outcome as it is counted. */
interface Entry {
  orders: number;
  deviations: number;
  switches: number;
  steps: number;
  witness: readonly TaskId[];
  /** The orders that were told of. */
  told: number;
  isWitnessTold: boolean;
}

export class Tally {
  readonly #entries = new Map<number, Entry>();

  /** Counts a run. @param picks its tasks in order; only the first `steps` of them belong to the run */
  add(outcome: number, deviations: number, switches: number, steps: number, picks: readonly TaskId[]): void {
    const entry = this.#entries.get(outcome);
    if (!entry) {
      const witness = picks.slice(0, steps);
      this.#entries.set(outcome, { orders: 1, deviations, switches, steps, witness, told: 0, isWitnessTold: false });
      return;
    }
    entry.orders += 1;
    const calmer = deviations - entry.deviations || switches - entry.switches || steps - entry.steps;
    if (calmer >= 0) return;
    entry.deviations = deviations;
    entry.switches = switches;
    entry.steps = steps;
    entry.witness = picks.slice(0, steps);
    entry.isWitnessTold = false;
  }

  /**
   * Counts runs that begin alike and are known to go on to an outcome.
   *
   * @param begun how they begin @param picks its tasks in order; only the first `begun.steps` of them belong to it
   */
  addKnown(end: KnownEnd, begun: Calm, picks: readonly TaskId[]): void {
    const deviations = begun.deviations + end.deviations;
    const switches = begun.switches + end.switches;
    const steps = begun.steps + end.steps;
    const entry = this.#entries.get(end.outcome);
    if (entry) entry.orders += end.orders;
    if (entry && compareCalm({ deviations, switches, steps }, entry) >= 0) return;
    const witness = [...picks.slice(0, begun.steps), ...end.picks];
    const [orders, told] = [entry?.orders ?? end.orders, entry?.told ?? 0];
    this.#entries.set(end.outcome, { orders, deviations, switches, steps, witness, told, isWitnessTold: false });
  }

  /** The outcomes by their numbers, in the order in which they were met. */
  get outcomes(): ReadonlyMap<number, Met> {
    return this.#entries;
  }

  /** What changed since the last call. */
  news(): MetNews[] {
    const news: MetNews[] = [];
    for (const [outcome, entry] of this.#entries) {
      if (entry.orders === entry.told) continue;
      const orders = entry.orders - entry.told;
      const { witness, deviations } = entry;
      news.push({ outcome, orders, ...(entry.isWitnessTold ? {} : { witness, deviations }) });
      entry.told = entry.orders;
      entry.isWitnessTold = true;
    }
    return news;
  }
}
