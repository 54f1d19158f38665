// Orders that come to the same state are merged: each outcome has as many orders as if all were run, and the same witness.
import assert from "node:assert/strict";
import { resolve } from "node:path";
import { runners } from "../runners";
import { endAll } from "../starting";
import { programs } from "./programs";
import { explored, type Searched } from "./searching";

/** What two searches of the same program have in common. */
function metIn({ found, tried, cut, last }: Searched) {
  const met = found.map(({ outcome, orders, witness }) => [JSON.stringify(outcome), orders, witness.join()]);
  return { met: met.sort(), tried, cut, longest: last.longest };
}

for (const runner of runners) {
  describe(`${runner.name} runner, merging orders`, () => {
    afterEach(endAll);

    const both = async (...[program, calls, given]: [program: string, calls: readonly string[], given: object]) => {
      const all = await explored(runner, program, calls, given);
      endAll();
      const few = await explored(runner, program, calls, { ...given, strategy: "merging" });
      assert.deepEqual(metIn(few), metIn(all));
      assert.deepEqual([all.last.merged, few.last.differs], [undefined, undefined]);
      return few;
    };

    for (const { name, calls, check, invariant, isLarge, findsLoops } of programs) {
      if (isLarge) continue;
      const asked = { ...(check ? { check } : {}), ...(invariant ? { invariant } : {}), ...(findsLoops ? { steps: 9 } : {}) };
      for (const each of [name, `${name}-fixed`]) {
        it(`counts all orders of ${each}`, async () => {
          const { last } = await both(each, calls, asked);
          const isHidden = runner.language === "javascript" && name === "orderViolation";
          assert.equal(last.hidden, isHidden ? "what a spawned task begins with" : undefined);
        });
      }
    }

    it("merges orders of tasks that wait, and of those that read and write", async () => {
      const deposits = await both("lostUpdate", ["deposit()", "deposit()", "deposit()"], { watches: ["account"] });
      const waiting = await both("threeLocks", ["dine(0)", "dine(1)", "dine(2)"], {});
      for (const { merged, tried } of [deposits, waiting]) assert.ok(merged > tried / 2, `${merged} of ${tried}`);
    });

    it("tells orders apart by what was printed, if that counts", async () => {
      const given = { counts: { output: true }, steps: 6 };
      const { merged } = await both("spinning", ["prints()", "prints()", "sets()"], given);
      assert.ok(merged > 0);
    });

    it("counts deviations from another policy", async () => {
      const policy = { name: "lifo" as const, priorities: [] };
      const { merged } = await both("lostUpdate", ["deposit()", "deposit()", "deposit()"], { policy });
      assert.ok(merged > 0);
    });

    it("merges nothing where the state is not seen, and says what is not", async () => {
      const file = resolve(`test/fixtures/explore/${runner.language === "python" ? "python/unseen.py" : "javascript/draws.ts"}`);
      const given = { steps: 4, file, strategy: "merging" };
      const { merged, last } = await explored(runner, "unseen", ["draws()", "draws()"], given);
      assert.equal(merged, 0);
      assert.match(last.hidden ?? "", /^the (module random|name Math in line 3)$/);
    });

    it("looks for loops instead, if that is asked for", async () => {
      const given = { findsLoops: true, steps: 50 };
      const { merged, found } = await both("spinning", ["spins()", "sets()"], given);
      assert.deepEqual([merged, found.length > 0], [0, true]);
    });
  });
}
