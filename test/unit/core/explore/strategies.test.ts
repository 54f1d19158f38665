// What each strategy promises: its texts, its probabilities, and what it does with a program that is not deterministic.
import assert from "node:assert/strict";
import fc from "fast-check";
import { delays, preemptions } from "../../../../src/core/explore/allOrders";
import { Chance } from "../../../../src/core/explore/chance";
import type { Program } from "../../../../src/core/explore/program";
import { makeStrategy, parseStrategy, strategies, tracksSlices } from "../../../../src/core/explore/registry";
import { Search } from "../../../../src/core/explore/search";
import { ChoiceTextError } from "../../../../src/core/policies/choice";
import { Draws } from "../../../../src/core/policies/randomDraws";
import { deposit, idle, read, type Script, Simulated, write } from "./simulated";

function searchOf(program: Program, text: string, limit = 100): Search {
  return new Search(program, makeStrategy(parseStrategy(text)), limit);
}

/** How often each order of a program comes up. */
function frequencies(program: Simulated, text: string, runs: number): number[] {
  const counts = new Map<string, number>();
  const strategy = makeStrategy(parseStrategy(text));
  for (let counted = 0; counted < runs; ) {
    const picks: number[] = [];
    program.begin();
    strategy.begin();
    while (program.ready.length > 0) {
      const { ready } = program;
      const position = ready.length > 1 || strategy.asksAlways ? strategy.pick(ready, picks.at(-1) ?? -1) : 0;
      const task = ready[position] as number;
      const touched = program.resume(task);
      strategy.ran?.(task, touched);
      picks.push(task);
    }
    if (strategy.counts()) {
      counts.set(picks.join(""), (counts.get(picks.join("")) ?? 0) + 1);
      counted += 1;
    }
    strategy.end();
  }
  return [...counts.values()].sort((one, other) => one - other);
}

describe("the text of a strategy", () => {
  it("names a strategy with its parameters", () => {
    for (const text of [
      "exhaustive",
      "exhaustive:reduce=1",
      "delays:d=2",
      "preemptions:n=1",
      "random:seed=7",
      "pct:seed=7,depth=3",
      "urw:seed=7",
      "pos:seed=7",
      "portfolio:seed=7",
    ]) {
      assert.doesNotThrow(() => makeStrategy(parseStrategy(text)), text);
    }
    assert.deepEqual(
      strategies.filter(({ name }) => tracksSlices(parseStrategy(name))).map(({ name }) => name),
      ["pos"],
    );
    assert.ok(tracksSlices(parseStrategy("exhaustive:reduce=1")));
  });

  it("is refused with what there is", () => {
    const refused: [string, string, RegExp][] = [
      [
        "dfs",
        'There is no strategy "dfs".',
        /^Use one of exhaustive, merging, delays, preemptions, random, pct, urw, pos, portfolio\.$/,
      ],
      ["delays:depth=2", '"depth=2" is no parameter of delays.', /^It takes d=N \(ready tasks/],
      ["exhaustive:reduce=2", '"2" is no reduce of exhaustive.', /from 0 to 1/],
      ["pct:depth=3,depth=4", '"depth" is given twice to pct.', /Leave one/],
    ];
    for (const [text, message, remedy] of refused) {
      assert.throws(
        () => parseStrategy(text),
        (error) => error instanceof ChoiceTextError && error.message === message && remedy.test(error.remedy),
        text,
      );
    }
  });
});

describe("a bound on what orders cost", () => {
  it("has a choice for each ready task, the first of which costs nothing", () => {
    const queue = fc.uniqueArray(fc.nat(5), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(fc.constantFrom(delays(9), preemptions(9)), queue, fc.nat(5), (bound, ready, last) => {
        const choices = Array.from({ length: bound.choices(ready, last, 9) }, (_, choice) => choice);
        const positions = choices.map((choice) => bound.position(choice, ready, last));
        assert.deepEqual(positions.toSorted(), [...ready.keys()]);
        assert.equal(bound.cost(0, ready, last), 0);
      }),
    );
    assert.equal(preemptions(1).position(0, [3, 1], 3), 0);
    assert.equal(preemptions(1).position(0, [1, 3], 3), 1);
  });
});

describe("random numbers of a search", () => {
  it("are those of a policy with the same seed", () => {
    const [chance, draws] = [Chance.ofSeed(7, 0), new Draws(7)];
    const numbers = Array.from({ length: 100 }, () => draws.next());
    assert.deepEqual(
      Array.from({ length: 100 }, () => chance.draw()),
      numbers,
    );
  });

  it("go on from a state, and differ between streams", () => {
    const chance = Chance.ofSeed(7, 3);
    chance.draw();
    const later = Chance.ofState(chance.state());
    assert.equal(later.draw(), chance.draw());
    assert.notEqual(Chance.ofSeed(7, 0).draw(), Chance.ofSeed(7, 1).draw());
  });
});

describe("a random strategy", () => {
  it("makes all orders equally likely where every task has a fixed number of slices: urw", () => {
    // Each of 56 orders comes up 100 times, give or take 10: six standard deviations are never reached with this seed.
    const counts = frequencies(new Simulated([idle(3), idle(5)]), "urw:seed=7", 5600);
    assert.equal(counts.length, 56);
    assert.ok((counts[0] ?? 0) > 40 && (counts.at(-1) ?? 0) < 160, String(counts));
    // The random walk does not: where one task is over, the rest is fixed.
    const walk = frequencies(new Simulated([idle(3), idle(5)]), "random:seed=7", 5600);
    assert.ok((walk.at(-1) ?? 0) > 300, String(walk));
  });

  it("gives the slices of a spawned task to the one that spawns it: urw", () => {
    // The first slice of task 0 spawns a task of two slices: 4 slices to be placed beside the other task's 2.
    const spawner: Script = [[{ do: "spawn", of: 2, by: 0 }], []];
    const counts = frequencies(new Simulated([spawner, idle(2), idle(2)], { tasks: 2 }), "urw:seed=7", 6000);
    // Were they not, orders in which task 1 comes first would be far too frequent.
    assert.ok((counts.at(-1) ?? 0) < 2.5 * (counts[0] ?? 0), String(counts));
  });

  it("finds a bug of depth two as often as promised: pct", () => {
    // Task 0 must stop after exactly one of its ten slices, then task 1 runs: one in n·k is promised.
    const program = new Simulated([idle(10), idle(1)]);
    const strategy = makeStrategy(parseStrategy("pct:seed=7,depth=2"));
    const search = new Search(program, strategy, 100);
    search.run(4000);
    const met = [...search.outcomes.values()];
    assert.ok(met.length > 0);
    const counts = frequencies(program, "pct:seed=7,depth=2", 4000);
    assert.equal(counts.length, 11);
    assert.ok((counts[0] ?? 0) >= 4000 / (2 * 11) / 1.5, String(counts));
  });

  it("does not spend runs on the order of slices that touch nothing in common: pos", () => {
    // One conflict among many slices. Which of the two comes first is even, though 0's comes last and 1's first in their tasks.
    const one: Script = [...idle(8), [write(0, 1)]];
    const other: Script = [[read(0)], ...idle(8)];
    const readFirst = (text: string) => {
      const program = new Simulated([one, other]);
      const search = searchOf(program, text);
      search.run(1000);
      const met = [...search.outcomes].filter(([outcome]) => JSON.parse(program.outcomes[outcome] ?? "")[2][1] === "9/0!");
      return met.reduce((sum, [, { orders }]) => sum + orders, 0) / 1000;
    };
    assert.ok(readFirst("pos:seed=7") < readFirst("random:seed=7"), `${readFirst("pos:seed=7")} ${readFirst("random:seed=7")}`);
  });

  it("tries the orders with few deviations too: portfolio", () => {
    const search = searchOf(new Simulated([deposit, deposit]), "portfolio:seed=7");
    search.run(1);
    assert.deepEqual(search.news().outcomes[0]?.witness, [0, 1, 0, 1, 0, 1]);
    search.run(200);
    // A sample of 20 orders shows all outcomes.
    const all = searchOf(new Simulated([deposit, deposit]), "exhaustive");
    all.run(20);
    assert.equal(search.outcomes.size, all.outcomes.size);
  });
});

describe("a program that is not deterministic", () => {
  it("is noticed by the step at which the same order goes another way", () => {
    // A task's second slice reads what differs from run to run. In some orders that is step 2, in others step 3.
    const search = searchOf(new Simulated([[[], [read()]], idle(2)], { start: (run) => run % 5 }), "exhaustive");
    search.run(1);
    assert.equal(search.differs, 3);
    search.run(9);
    assert.equal(search.differs, 2);
  });

  it("is noticed when another number of tasks is ready after the same picks", () => {
    // From the fifth run on, a task ends with its first slice. All slices conflict, so that none is left out.
    const start = (run: number) => (run < 5 ? 0 : 1);
    const skipping: Script = [[{ do: "skipIfOdd", of: 0, by: 2 }, write(1)], [write(1)], [write(1)]];
    for (const text of ["exhaustive", "exhaustive:reduce=1"]) {
      const search = searchOf(new Simulated([skipping, [[write(1)], [write(1)]]], { start }), text);
      search.run(1000);
      assert.ok(search.differs !== undefined, text);
      assert.ok(search.isDone);
    }
  });

  it("is not claimed of one that is", () => {
    for (const { name } of strategies) {
      const search = searchOf(new Simulated([deposit, deposit, idle(2)]), name);
      search.run(500);
      assert.equal(search.differs, undefined, name);
    }
  });
});

describe("a long search", () => {
  it("cuts runs at the limit of steps, and counts them", () => {
    const search = searchOf(new Simulated([idle(3), idle(3)]), "exhaustive", 4);
    search.run(1000);
    // After four steps, at most three of each: 2^4 - 2 orders. None ends before.
    const { tried, cut } = search.news();
    assert.deepEqual({ tried, cut }, { tried: 14, cut: 14 });
    assert.ok(search.isDone);
    assert.equal(search.longest, 4);
    assert.equal(search.tasks, 2);
  });

  it("estimates how many orders there are", () => {
    const search = searchOf(new Simulated([idle(10), idle(10)]), "exhaustive");
    search.run(900);
    assert.equal(search.sizes.runs, 0);
    search.run(1200);
    assert.ok(search.sizes.runs >= 10);
    assert.ok(Math.abs(search.sizes.mean / 184_756 - 1) < 0.5, String(search.sizes.mean));
  });

  it("tells what is new only once", () => {
    const search = searchOf(new Simulated([deposit, deposit]), "exhaustive");
    let orders = 0;
    let witnesses = 0;
    while (!search.isDone) {
      search.run(3);
      const news = search.news();
      orders += news.outcomes.reduce((sum, each) => sum + each.orders, 0);
      witnesses += news.outcomes.filter(({ witness }) => witness).length;
      assert.equal(
        news.tried,
        news.outcomes.reduce((sum, each) => sum + each.orders, 0),
      );
    }
    assert.equal(orders, 20);
    assert.ok(witnesses >= search.outcomes.size);
    assert.deepEqual(search.news(), { tried: 0, merged: 0, pruned: 0, cut: 0, outcomes: [] });
  });
});
