// What a runner tells of the states between the steps of each order.

import assert from "node:assert/strict";
import type { Explored, ExploredState } from "../../../src/protocol/explore";
import type { RunnerClient } from "../client";
import { type RunnerUnderTest, runners } from "../runners";
import { endAll } from "../starting";
import { type BuggyProgram, lineAt, programs } from "./programs";
import { explored, searchAll, startSearch } from "./searching";

type Told = NonNullable<Explored["told"]>;

/** Goes on to the end, a few orders at a time. */
async function toldBy(client: RunnerClient, orders = 3): Promise<Told & { readonly ends: ReadonlyMap<number, string> }> {
  const told: Told = { states: [], orders: [] };
  const ends = new Map<number, string>();
  for (;;) {
    const answer = await client.ask("exploreOn", { orders, millis: 60_000 });
    told.states.push(...(answer.told?.states ?? []));
    told.orders.push(...(answer.told?.orders ?? []));
    for (const { id, outcome } of answer.outcomes) if (outcome) ends.set(id, outcome.end);
    if (answer.done) return { ...told, ends };
  }
}

/** A state in one text, with the names of lines. */
function textOf(
  runner: RunnerUnderTest,
  program: string,
  names: readonly string[],
): (state: ExploredState | undefined) => string {
  const lines = new Map(names.map((name) => [lineAt(runner, program, name), name]));
  return (state) => (state ?? []).map(({ is, point }) => (point ? `${is} at ${lines.get(point.line)}` : is)).join(", ");
}

/** What is told of a program, in one text for each order: the same in every language. */
async function ordersOf(runner: RunnerUnderTest, { name, calls, check, invariant, findsLoops }: BuggyProgram): Promise<string[]> {
  const asked = {
    ...(check === undefined ? {} : { check }),
    ...(invariant === undefined ? {} : { invariant }),
    ...(findsLoops ? { findsLoops } : {}),
  };
  const { states, orders, ends } = await toldBy(await startSearch(runner, name, calls, { ...asked, tellsStates: true }), 100);
  const text = (state: number) => states[state]?.map(({ is }) => is).join();
  return orders.map(({ picks, outcome, states: all }) => `${picks.join("")} ${ends.get(outcome)}: ${all.map(text).join(" ")}`);
}

const [first, ...others] = runners;

describe("states between steps", () => {
  afterEach(endAll);

  for (const program of programs.filter(({ isLarge }) => !isLarge)) {
    it(`are the same in every language: ${program.name}`, async () => {
      const told = await ordersOf(first as RunnerUnderTest, program);
      assert.ok(told.length > 0);
      const other = others.find(({ language }) => language !== first?.language) as RunnerUnderTest;
      assert.deepEqual(await ordersOf(other, program), told);
    });
  }
});

for (const runner of runners) {
  describe(`${runner.name} runner, states between steps`, () => {
    afterEach(endAll);

    it("tells of each order where its tasks were before the first step and after each one", async () => {
      const client = await startSearch(runner, "lostUpdate", ["deposit()", "deposit()"], { tellsStates: true });
      const { states, orders, ends } = await toldBy(client);
      const text = textOf(runner, "lostUpdate", ["read", "write"]);
      // Each of them has not started, has read, has written, or is over: four times four states.
      const one = ["created", "ready at read", "ready at write", "over"];
      assert.deepEqual(states.map(text).sort(), one.flatMap((first) => one.map((second) => `${first}, ${second}`)).sort());
      assert.equal(orders.length, 20);
      assert.deepEqual(orders[0]?.picks, [0, 1, 0, 1, 0, 1]);
      assert.deepEqual(
        orders[0]?.states.map((state) => text(states[state])),
        [
          "created, created",
          "ready at read, created",
          "ready at read, ready at read",
          "ready at write, ready at read",
          "ready at write, ready at write",
          "over, ready at write",
          "over, over",
        ],
      );
      for (const { picks, outcome } of orders) assert.deepEqual([picks.length, ends.get(outcome)], [6, "all"]);
    });

    it("tells the same search whether states are told or not", async () => {
      const [told, untold] = [
        await explored(runner, "rare", ['types("a", 2)', 'types("b", 2)'], { watches: ["typed"], tellsStates: true }),
        await explored(runner, "rare", ['types("a", 2)', 'types("b", 2)'], { watches: ["typed"] }),
      ];
      assert.deepEqual(told.found, untold.found);
      assert.equal(untold.last.told, undefined);
    });

    it("tells who waits, to the deadlock", async () => {
      const client = await startSearch(runner, "twoLocks", ["rightwards()", "leftwards()"], { tellsStates: true });
      const { states, orders, ends } = await toldBy(client);
      const text = textOf(runner, "twoLocks", ["left", "both", "first", "second"]);
      const deadlock = orders.find(({ outcome }) => ends.get(outcome) === "deadlock");
      assert.deepEqual(
        deadlock?.states.map((state) => text(states[state])),
        [
          "created, created",
          "ready at left, created",
          "ready at left, ready at first",
          "blocked at both, ready at first",
          "blocked at both, blocked at second",
        ],
      );
    });

    it("takes a state down when those are awake who wake after the step", async () => {
      const client = await startSearch(runner, "kinds", ['sleeps("a", 1)', 'sleeps("b", 2)'], { tellsStates: true });
      const { states, orders } = await toldBy(client);
      const text = textOf(runner, "kinds", ["sleeps"]);
      const [order] = orders;
      // Nobody is ready after the second step, so the clock is moved until the first of them wakes.
      assert.deepEqual(
        order?.states.map((state) => text(states[state])),
        [
          "created, created",
          "blocked at sleeps, created",
          "ready at sleeps, blocked at sleeps",
          "over, ready at sleeps",
          "over, over",
        ],
      );
    });

    it("ends with the task that threw", async () => {
      const client = await startSearch(runner, "kinds", ["throws()", "counts(1)"], { tellsStates: true });
      const { states, orders } = await toldBy(client);
      const text = textOf(runner, "kinds", ["before", "counts"]);
      assert.deepEqual([...new Set(orders.map(({ states: all }) => text(states[all.at(-1) as number])))].sort(), [
        "over, created",
        "over, over",
        "over, ready at counts",
      ]);
    });

    it("tells of an order that is cut too", async () => {
      const client = await startSearch(runner, "kinds", ["counts(1)"], { tellsStates: true, steps: 1 });
      const { last } = await searchAll(client);
      // Cut after one step: the state before it and the one after it.
      assert.deepEqual(
        last.told?.orders.map(({ picks, states }) => [picks.length, states.length]),
        [[1, 2]],
      );
    });
  });
}
