/**
 * The outcomes that the processes of a search met, together. Each process numbers them by itself, so equal outcomes are recognized by what
 * they say.
 */
import type { TaskId } from "../../core/task";
import type { Explored, ExploredOutcome } from "../../protocol/explore";

/** An outcome, and an order that leads to it. */
export interface MetOutcome {
  readonly key: string;
  readonly outcome: ExploredOutcome;
  readonly orders: number;
  /** The calmest order that was met: its tasks in the order in which they ran. */
  readonly witness: readonly TaskId[];
}

/** What equal outcomes have in common. @param countsValues whether outcomes differ if tasks return different values */
export function keyOf({ thrown, tasks, failing, ...outcome }: ExploredOutcome, countsValues: boolean): string {
  const ends = tasks.map(({ name, state, value, point }) => [
    name,
    state,
    state === "threw" || countsValues ? value : "",
    point ? `${point.file}:${point.line}` : "",
  ]);
  return JSON.stringify([outcome.end, ends, outcome.watches, outcome.output, outcome.cycle, failing?.by, failing?.message]);
}

export class MetOutcomes {
  readonly #met = new Map<string, { key: string; outcome: ExploredOutcome; orders: number; witness: readonly TaskId[] }>();
  /** For each process, the keys of its outcomes by their numbers. */
  readonly #keys = new Map<number, Map<number, string>>();

  constructor(readonly countsValues: boolean) {}

  /** Takes what a process tells. @param process tells processes apart */
  take(process: number, outcomes: Explored["outcomes"]): void {
    const keys = this.#keys.get(process) ?? new Map<number, string>();
    this.#keys.set(process, keys);
    for (const { id, orders, outcome, witness = [] } of outcomes) {
      const key = outcome ? keyOf(outcome, this.countsValues) : keys.get(id);
      if (key === undefined) throw new Error(`outcome ${id} was never described.`);
      keys.set(id, key);
      const known = this.#met.get(key);
      if (known) {
        known.orders += orders;
        if (witness.length > 0 && isCalmer(witness, known.witness)) known.witness = witness;
      } else if (outcome) this.#met.set(key, { key, outcome, orders, witness });
    }
  }

  /** The most frequent first. */
  get all(): MetOutcome[] {
    return [...this.#met.values()].sort((one, other) => other.orders - one.orders);
  }

  has(key: string): boolean {
    return this.#met.has(key);
  }
}

/** Both together. Of outcomes that both have, the orders are added. */
export function together(one: readonly MetOutcome[], other: readonly MetOutcome[]): MetOutcome[] {
  const all = new Map(one.map((met) => [met.key, met]));
  for (const met of other) {
    const known = all.get(met.key);
    const witness = known && !isCalmer(met.witness, known.witness) ? known.witness : met.witness;
    all.set(met.key, known ? { ...known, orders: known.orders + met.orders, witness } : met);
  }
  return [...all.values()].sort((first, second) => second.orders - first.orders);
}

/** Fewer switches, then fewer steps. Deviations are not known here; within one process, they have been compared. */
function isCalmer(one: readonly TaskId[], other: readonly TaskId[]): boolean {
  return (switchesOf(one) - switchesOf(other) || one.length - other.length) < 0;
}

/** How often another task runs than in the step before. */
export function switchesOf(picks: readonly TaskId[]): number {
  return picks.filter((task, at) => at > 0 && task !== picks[at - 1]).length;
}
