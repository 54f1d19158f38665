/**
 * The outcomes that the processes of a search met, together. Each process numbers them by itself, so equal outcomes are recognized by what
 * they say.
 */
import { type Calm, compareCalm } from "../../core/explore/tally";
import type { TaskId } from "../../core/task";
import type { Explored, ExploredOutcome } from "../../protocol/explore";

/** An outcome, and an order that leads to it. */
export interface MetOutcome {
  readonly key: string;
  readonly outcome: ExploredOutcome;
  readonly orders: number;
  /** The calmest order that was met: its tasks in the order in which they ran. */
  readonly witness: readonly TaskId[];
  /** Of the witness. */
  readonly deviations: number;
}

type Witnessed = Pick<MetOutcome, "witness" | "deviations">;

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
  readonly #met = new Map<string, MetOutcome>();
  /** For each process, the keys of its outcomes by their numbers. */
  readonly #keys = new Map<number, Map<number, string>>();

  constructor(readonly countsValues: boolean) {}

  /** Takes what a process tells. @param process tells processes apart */
  take(process: number, outcomes: Explored["outcomes"]): void {
    const keys = this.#keys.get(process) ?? new Map<number, string>();
    this.#keys.set(process, keys);
    for (const { id, orders, outcome, witness = [], deviations = 0 } of outcomes) {
      const key = outcome ? keyOf(outcome, this.countsValues) : keys.get(id);
      if (key === undefined) throw new Error(`outcome ${id} was never described.`);
      keys.set(id, key);
      const known = this.#met.get(key);
      const own = { witness, deviations };
      if (known)
        this.#met.set(key, { ...known, orders: known.orders + orders, ...(witness.length > 0 ? calmer(own, known) : {}) });
      else if (outcome) this.#met.set(key, { key, outcome, orders, ...own });
    }
  }

  /** The most frequent first. */
  get all(): MetOutcome[] {
    return [...this.#met.values()].sort(byFrequency);
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
    all.set(met.key, known ? { ...known, orders: known.orders + met.orders, ...calmer(met, known) } : met);
  }
  return [...all.values()].sort(byFrequency);
}

/** The most frequent first. Processes tell in any order, so outcomes that are equally frequent have an order of their own. */
function byFrequency(one: MetOutcome, other: MetOutcome): number {
  return other.orders - one.orders || (one.key < other.key ? -1 : 1);
}

/** The calmer one. Of two that are equally calm, it is always the same one, whichever was told first. */
function calmer(one: Witnessed, other: Witnessed): Witnessed {
  const { witness, deviations } =
    (compareCalm(calmOf(one), calmOf(other)) || comparePicks(one.witness, other.witness)) < 0 ? one : other;
  return { witness, deviations };
}

function calmOf({ witness, deviations }: Witnessed): Calm {
  return { deviations, switches: switchesOf(witness), steps: witness.length };
}

function comparePicks(one: readonly TaskId[], other: readonly TaskId[]): number {
  const at = one.findIndex((task, step) => task !== other[step]);
  return at < 0 ? 0 : (one[at] as TaskId) - (other[at] ?? 0);
}

/** How often another task runs than in the step before. */
export function switchesOf(picks: readonly TaskId[]): number {
  return picks.filter((task, at) => at > 0 && task !== picks[at - 1]).length;
}
