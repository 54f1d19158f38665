/** How a test explores a program in a real runner. */
import type { Executed, Explored, ExploredOutcome, ExploreFields } from "../../../src/protocol/explore";
import type { RunnerClient } from "../client";
import type { RunnerUnderTest } from "../runners";
import { take } from "../starting";
import { exploredFile } from "./programs";

type Given = Partial<Omit<ExploreFields, "calls" | "counts">> & {
  readonly counts?: Partial<ExploreFields["counts"]>;
  readonly file?: string;
};

const explorers = new Map<RunnerUnderTest, RunnerUnderTest>();

/** The same runner, started to explore. */
export function exploring(runner: RunnerUnderTest): RunnerUnderTest {
  const known = explorers.get(runner);
  if (known) return known;
  const toExplore = runner.language === "python" ? ["explore"] : [];
  const explorer = { ...runner, command: [...runner.command, ...toExplore] };
  explorers.set(runner, explorer);
  return explorer;
}

/** A runner with a search set up. */
export async function startSearch(
  runner: RunnerUnderTest,
  program: string,
  calls: readonly string[],
  { counts, file, ...given }: Given = {},
): Promise<RunnerClient> {
  const client = await take(exploring(runner));
  const time = given.time ?? { step: 1, seed: 0 };
  await client.ask("load", { file: file ?? exploredFile(runner, program), time: { virtual: time.step, seed: time.seed } });
  await client.ask("explore", {
    calls: calls.map((call) => ({ call })),
    strategy: "exhaustive",
    shard: { index: 0, of: 1 },
    until: "all",
    watches: [],
    steps: 1000,
    ...given,
    time,
    counts: { values: true, output: false, ...counts },
  });
  return client;
}

/** An outcome as it was met in a whole search. */
export interface Found {
  readonly id: number;
  readonly outcome: ExploredOutcome;
  orders: number;
  witness: readonly number[];
}

/** A search that has come to its end. */
export interface Searched {
  readonly last: Explored;
  readonly tried: number;
  readonly merged: number;
  readonly pruned: number;
  readonly cut: number;
  readonly found: readonly Found[];
}

/** Goes on until nothing is left to try. */
export async function searchAll(client: RunnerClient, orders = 1000): Promise<Searched> {
  const found = new Map<number, Found>();
  const total = { tried: 0, merged: 0, pruned: 0, cut: 0 };
  for (;;) {
    const last = await client.ask("exploreOn", { orders, millis: 60_000 });
    for (const { id, orders, outcome, witness } of last.outcomes) {
      const known = found.get(id) ?? { id, outcome: outcome as ExploredOutcome, orders: 0, witness: [] };
      known.orders += orders;
      known.witness = witness ?? known.witness;
      found.set(id, known);
    }
    total.tried += last.tried;
    total.merged += last.merged ?? 0;
    total.pruned += last.pruned;
    total.cut += last.cut;
    if (last.done) return { last, ...total, found: [...found.values()] };
  }
}

/** The same, where user code does not end in some orders, or an expression about them: it is interrupted each time. */
export async function searchInterrupting(client: RunnerClient): Promise<Searched> {
  const seen = new Set<number>();
  const isNew = () => client.events.find((each) => each.event === "hung" && !seen.has(each.step));
  const searching = searchAll(client);
  const ended = searching.then(() => undefined);
  for (;;) {
    // What hangs is told again and again: by its step it is interrupted only once.
    const hung = await Promise.race([client.until(isNew), ended]);
    if (hung?.event !== "hung") return searching;
    seen.add(hung.step);
    client.interrupt();
  }
}

/** Explores a program and ends the runner. */
export async function explored(...given: Parameters<typeof startSearch>): Promise<Searched> {
  return searchAll(await startSearch(...given));
}

/** One schedule of a search that was set up. */
export async function executed(client: RunnerClient, ...schedule: number[]): Promise<Executed> {
  const { executed } = await client.ask("execute", { schedules: [schedule] });
  return executed[0] as Executed;
}

/** The ends of a search, each with its number of orders, the most frequent first. */
export function endsOf({ found }: Searched): [end: string, orders: number][] {
  const counts = new Map<string, number>();
  for (const { outcome, orders } of found) counts.set(outcome.end, (counts.get(outcome.end) ?? 0) + orders);
  return [...counts].sort(([, one], [, other]) => other - one);
}

/** The outcomes in one text each, in a fixed order: what two searches of the same program have in common. */
export function outcomesOf({ found }: Searched): string[] {
  return found.map(({ outcome }) => JSON.stringify(outcome)).sort();
}
