// Orders that come to the same state are merged: the numbers of orders and the witnesses are those of the search that tries them all.
import assert from "node:assert/strict";
import fc from "fast-check";
import { makeStrategy, parseStrategy } from "../../../../src/core/explore/registry";
import { Search } from "../../../../src/core/explore/search";
import type { Shard } from "../../../../src/core/explore/strategy";
import { anyScripts, deposit, everyOrder, loopingScripts, read, type Script, Simulated, write } from "./simulated";

/** Counts the steps that were made. */
class Counting extends Simulated {
  steps = 0;

  override resume(task: number) {
    this.steps += 1;
    return super.resume(task);
  }
}

interface Given {
  readonly shard?: Shard;
  readonly limit?: number;
  /** After so many runs the strategy is made anew, from its position. */
  readonly anew?: number;
  readonly options?: ConstructorParameters<typeof Simulated>[1];
}

function searched(scripts: readonly Script[], strategy: string, { shard, limit = 100, anew = Infinity, options }: Given = {}) {
  const program = new Counting(scripts, options);
  let current = makeStrategy(parseStrategy(strategy), shard);
  const met = new Map<string, { orders: number; witness: readonly number[] }>();
  const totals = { tried: 0, merged: 0, cut: 0, pruned: 0 };
  for (let search = new Search(program, current, limit, shard); ; search = new Search(program, current, limit, shard)) {
    const goesOn = search.run(anew);
    const { outcomes, ...news } = search.news();
    for (const key of Object.keys(totals) as (keyof typeof totals)[]) totals[key] += news[key];
    for (const { outcome, orders, witness = [] } of outcomes) {
      const key = program.outcomes[outcome] as string;
      const known = met.get(key);
      met.set(key, { orders: orders + (known?.orders ?? 0), witness: known?.witness ?? witness });
    }
    if (!goesOn) return { ...totals, differs: search.differs, longest: search.longest, met, steps: program.steps };
    current = makeStrategy(parseStrategy(strategy), shard, current.position());
  }
}

const counts = (met: ReadonlyMap<string, { readonly orders: number }>) =>
  new Map([...met].map(([key, { orders }]) => [key, orders]));

describe("merging orders that come to the same state", () => {
  it("counts as many orders of each outcome as brute force, with the same witnesses as the search that tries them all", () => {
    let merged = 0;
    const options = fc.record({ first: fc.boolean() });
    fc.assert(
      fc.property(fc.oneof(anyScripts, loopingScripts), options, fc.constantFrom(4, 7), (scripts, options, limit) => {
        const given = { limit, options };
        const [all, few] = [searched(scripts, "exhaustive", given), searched(scripts, "merging", given)];
        const program = new Simulated(scripts, options);
        const brute = new Map<string, { orders: number }>();
        for (const { outcome } of everyOrder(program, limit)) {
          const key = program.outcomes[outcome] as string;
          brute.set(key, { orders: (brute.get(key)?.orders ?? 0) + 1 });
        }
        assert.deepEqual(counts(few.met), counts(brute));
        assert.deepEqual(few.met, all.met);
        assert.deepEqual(
          [few.tried, few.cut, few.pruned, few.differs, few.longest],
          [all.tried, all.cut, 0, undefined, all.longest],
        );
        assert.ok(few.steps <= all.steps + 2 * limit, `${few.steps} steps in place of ${all.steps}`);
        merged += few.merged;
      }),
      { numRuns: 300 },
    );
    assert.ok(merged > 1000, `${merged} orders were merged`);
  });

  it("counts every order in one shard, and goes on from a position", () => {
    const shards = fc.integer({ min: 1, max: 3 });
    fc.assert(
      fc.property(anyScripts, shards, fc.constantFrom(1, 5, 50), (scripts, of, anew) => {
        const whole = counts(searched(scripts, "exhaustive").met);
        const sum = new Map<string, number>();
        for (let index = 0; index < of; index += 1) {
          const { met } = searched(scripts, "merging", { shard: { index, of }, anew });
          for (const [key, orders] of counts(met)) sum.set(key, orders + (sum.get(key) ?? 0));
        }
        assert.deepEqual(new Map([...sum].sort()), new Map([...whole].sort()));
      }),
      { numRuns: 150 },
    );
  });

  it("tries a fraction of three tasks of five steps that all change one variable", () => {
    const script: Script = [[read()], [write()], [read()], [write()], []];
    const { tried, merged, steps } = searched([script, script, script], "merging");
    assert.equal(tried, 756_756);
    assert.ok(tried - merged < 6000 && steps < 200_000, `${tried - merged} run to their ends, ${steps} steps`);
  });

  it("notices that a program is not deterministic", () => {
    const { differs } = searched([deposit, deposit, deposit], "merging", { options: { start: (run) => run % 3 } });
    assert.notEqual(differs, undefined);
  });

  it("merges nothing where the state is not seen", () => {
    class Hidden extends Simulated {
      override wholeState(): string {
        return undefined as unknown as string;
      }
    }
    const search = new Search(new Hidden([deposit, deposit]), makeStrategy(parseStrategy("merging")), 100);
    search.run(1000);
    const { tried, merged } = search.news();
    assert.deepEqual([tried, merged, search.isDone], [20, 0, true]);
  });
});
