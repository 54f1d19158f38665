// What a search covers: compared with brute force on programs that are drawn at random.
import assert from "node:assert/strict";
import fc from "fast-check";
import { ordersOfSlices } from "../../../../src/core/explore/estimate";
import type { Program } from "../../../../src/core/explore/program";
import { makeStrategy, parseStrategy, strategies } from "../../../../src/core/explore/registry";
import { Search } from "../../../../src/core/explore/search";
import { type Shard, type Strategy, whole } from "../../../../src/core/explore/strategy";
import { anyScripts, deposit, everyOrder, idle, read, Simulated, write } from "./simulated";

const limit = 40;

function strategyOf(text: string, shard: Shard = whole, position?: string): Strategy {
  return makeStrategy(parseStrategy(text), shard, position);
}

function searchOf(program: Program, text: string, shard: Shard = whole, position?: string): Search {
  return new Search(program, strategyOf(text, shard, position), limit, shard);
}

/** The schedules that count, in the order in which they are tried. */
function schedules(program: Program, strategy: Strategy, most = Number.POSITIVE_INFINITY): string[] {
  const tried: string[] = [];
  for (let isMore = true; isMore && tried.length < most; isMore = strategy.end()) {
    const picks: number[] = [];
    let isGivenUp = false;
    program.begin();
    strategy.begin();
    while (program.ready.length > 0 && picks.length < limit && !isGivenUp) {
      const { ready } = program;
      const position = ready.length > 1 || strategy.asksAlways ? strategy.pick(ready, picks.at(-1) ?? -1) : 0;
      isGivenUp = position < 0;
      if (isGivenUp) break;
      const task = ready[position] as number;
      const touched = program.resume(task);
      strategy.ran?.(task, touched);
      picks.push(task);
    }
    if (!isGivenUp && strategy.counts()) tried.push(picks.join(" "));
  }
  return tried;
}

/** The lowest number is first in line, as under first come, first served: so a task may be first again after its step. */
class Sorted extends Simulated {
  override get ready(): readonly number[] {
    return super.ready.toSorted((one, other) => one - other);
  }
}

function groupedBy<T>(all: readonly T[], keyOf: (each: T) => number): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const each of all) groups.set(keyOf(each), [...(groups.get(keyOf(each)) ?? []), each]);
  return groups;
}

describe("a search", () => {
  it("tries as many orders as the multinomial says", () => {
    // Slices that are independent of one another, so that every task stays ready until its last.
    for (const slices of [[3, 3], [1, 1, 1, 1], [2, 3, 4], [6, 7], [5]]) {
      const search = searchOf(new Simulated(slices.map(idle)), "exhaustive");
      search.run(Number.POSITIVE_INFINITY);
      assert.equal(BigInt(search.news().tried), ordersOfSlices(slices));
    }
  });

  it("finds the lost update in 12 of 20 orders", () => {
    const program = new Simulated([deposit, deposit]);
    const search = searchOf(program, "exhaustive");
    assert.equal(search.run(1000), false);
    const { tried, pruned, cut, outcomes } = search.news();
    assert.deepEqual({ tried, pruned, cut }, { tried: 20, pruned: 0, cut: 0 });
    const byValue = groupedBy(outcomes, ({ outcome }) => JSON.parse(program.outcomes[outcome] ?? "")[3][0] as number);
    const orders = [...byValue].map(([value, met]) => [value, met.reduce((sum, each) => sum + each.orders, 0)]);
    assert.deepEqual(
      new Map(orders as [number, number][]),
      new Map([
        [1, 12],
        [2, 8],
      ]),
    );
    // Round-robin itself loses the update, and it is the calmest order that does.
    assert.deepEqual(outcomes[0]?.witness, [0, 1, 0, 1, 0, 1]);
  });

  it("keeps the calmest order of each outcome", () => {
    const calm = (orders: readonly { picks: readonly number[]; deviations: number }[]) =>
      orders
        .map(({ picks, deviations }) => [
          deviations,
          picks.filter((task, at) => at > 0 && task !== picks[at - 1]).length,
          picks.length,
        ])
        .sort((one, other) => one.map((part, at) => part - (other[at] ?? 0)).find((difference) => difference !== 0) ?? 0)[0];
    fc.assert(
      fc.property(anyScripts, (scripts) => {
        const program = new Simulated(scripts);
        const all = groupedBy(everyOrder(program, limit), ({ outcome }) => outcome);
        const search = searchOf(program, "exhaustive");
        search.run(Number.POSITIVE_INFINITY);
        assert.deepEqual([...search.outcomes.keys()].sort(), [...all.keys()].sort());
        for (const [outcome, met] of search.outcomes) {
          assert.deepEqual([met.deviations, met.switches, met.steps], calm(all.get(outcome) ?? []));
          assert.equal(met.orders, all.get(outcome)?.length);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("meets the outcomes of all orders with reduction, in no more runs", () => {
    fc.assert(
      fc.property(anyScripts, fc.boolean(), (scripts, first) => {
        const program = new Simulated(scripts, { first });
        const all = everyOrder(program, limit);
        const search = searchOf(program, "exhaustive:reduce=1");
        search.run(Number.POSITIVE_INFINITY);
        assert.deepEqual([...search.outcomes.keys()].sort(), [...new Set(all.map(({ outcome }) => outcome))].sort());
        assert.ok(search.news().tried <= all.length);
      }),
      { numRuns: 1000 },
    );
  });

  it("tries one order where no slice touches what another does", () => {
    const one = [[read(0)], [write(0)], [write(0)]];
    const other = [[read(1)], [write(1)], [write(1)]];
    const search = searchOf(new Simulated([one, other]), "exhaustive:reduce=1");
    search.run(Number.POSITIVE_INFINITY);
    assert.equal(search.news().tried, 1);
  });

  it("tries all orders with reduction where nothing is known of what slices touch", () => {
    const search = searchOf(new Simulated([deposit, deposit], { isTracked: false }), "exhaustive:reduce=1");
    search.run(Number.POSITIVE_INFINITY);
    assert.equal(search.news().tried, 20);
  });

  it("tries exactly the orders with few deviations", () => {
    fc.assert(
      fc.property(anyScripts, fc.nat(4), (scripts, bound) => {
        const program = new Simulated(scripts);
        const few = everyOrder(program, limit).filter(({ deviations }) => deviations <= bound);
        const tried = schedules(program, strategyOf(`delays:d=${bound}`));
        assert.deepEqual(tried.sort(), few.map(({ picks }) => picks.join(" ")).sort());
      }),
      { numRuns: 150 },
    );
  });

  it("tries exactly the orders with few preemptions", () => {
    fc.assert(
      fc.property(anyScripts, fc.nat(4), fc.boolean(), (scripts, bound, isSorted) => {
        const program = isSorted ? new Sorted(scripts) : new Simulated(scripts);
        const few = everyOrder(program, limit).filter(({ preemptions }) => preemptions <= bound);
        const tried = schedules(program, strategyOf(`preemptions:n=${bound}`));
        assert.deepEqual(tried.sort(), few.map(({ picks }) => picks.join(" ")).sort());
      }),
      { numRuns: 150 },
    );
  });

  it("is divided by shards without overlap", () => {
    const wholes = fc.constantFrom("exhaustive", "exhaustive:reduce=1", "delays:d=3", "preemptions:n=2");
    fc.assert(
      fc.property(anyScripts, wholes, fc.integer({ min: 2, max: 5 }), (scripts, text, of) => {
        const program = new Simulated(scripts);
        const parts = Array.from({ length: of }, (_, index) => schedules(program, strategyOf(text, { index, of })));
        assert.deepEqual(parts.flat().sort(), schedules(program, strategyOf(text)).sort());
      }),
      { numRuns: 150 },
    );
    // Large enough for shares, which are about equal.
    const program = new Simulated([idle(7), idle(7)]);
    const parts = [0, 1].map((index) => schedules(program, strategyOf("exhaustive", { index, of: 2 })));
    assert.equal(new Set(parts.flat()).size, 3432);
    assert.equal(parts.flat().length, 3432);
    assert.ok(Math.min(...parts.map(({ length }) => length)) > 1200, `${parts.map(({ length }) => length)}`);
  });

  it("is another one in each shard of a random search", () => {
    const program = new Simulated([idle(9), idle(9)]);
    for (const text of ["random:seed=7", "pct:seed=7", "urw:seed=7", "pos:seed=7"]) {
      const [one, other] = [0, 1].map((index) => schedules(program, strategyOf(text, { index, of: 2 }), 20));
      assert.notDeepEqual(one, other);
    }
  });

  const texts = strategies.flatMap(({ name }) => (name === "exhaustive" ? [name, `${name}:reduce=1`] : [name]));
  for (const text of texts) {
    it(`goes on where it was: ${text}`, () => {
      fc.assert(
        fc.property(anyScripts, fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 2 }), (scripts, cutAt, of) => {
          const shard = { index: 0, of };
          const whole = schedules(new Simulated(scripts), strategyOf(text, shard), 40);
          const strategy = strategyOf(text, shard);
          const tried = schedules(new Simulated(scripts), strategy, cutAt);
          const later = schedules(new Simulated(scripts), strategyOf(text, shard, strategy.position()), 40 - cutAt);
          assert.deepEqual([...tried, ...later], whole);
        }),
        { numRuns: 60 },
      );
    });

    it(`is the same again: ${text}`, () => {
      const program = new Simulated([deposit, deposit, idle(3)]);
      assert.deepEqual(schedules(program, strategyOf(text), 100), schedules(program, strategyOf(text), 100));
    });
  }
});
