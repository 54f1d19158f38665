// How runs end, and what counts as part of their outcome.

import assert from "node:assert/strict";
import { refusal } from "../refusal";
import { runners } from "../runners";
import { endAll, startBare } from "../starting";
import { exploredFile, lineAt } from "./programs";
import { endsOf, explored, exploring, searchAll, searchInterrupting, startSearch } from "./searching";

for (const runner of runners) {
  const { nothing, quoted } = runner.words;

  describe(`${runner.name} runner, outcomes of exploring`, () => {
    afterEach(endAll);

    it("tries all 20 orders of two deposits of three slices, of which 8 keep both", async () => {
      // 6! / (3! 3!) orders. Both deposits are kept where one task writes before the other reads: that fixes the first two slices of the
      // one before the first of the other, which 4 orders do, for either task.
      const searched = await explored(runner, "lostUpdate", ["deposit()", "deposit()"], { watches: ["account"] });
      const counts = searched.found.map(({ outcome, orders }) => [outcome.watches, orders]);
      assert.deepEqual(counts, [
        [["1"], 12],
        [["2"], 8],
      ]);
      assert.deepEqual([searched.tried, searched.pruned, searched.last.longest, searched.last.tasks], [20, 0, 6, 2]);
      assert.deepEqual(searched.found[0]?.outcome.tasks, [
        { name: "deposit", state: "returned", value: nothing },
        { name: "deposit #2", state: "returned", value: nothing },
      ]);
    });

    it("takes each call by itself: a comment at the end of one does not hide the next", async () => {
      const comment = runner.language === "python" ? "# the first" : "// the first";
      const searched = await explored(runner, "lostUpdate", [`deposit() ${comment}`, "deposit()"]);
      assert.deepEqual([searched.tried, searched.last.tasks], [20, 2]);
    });

    it("divides a search among processes, which together do all of it once", async () => {
      const parts = await Promise.all(
        [0, 1].map((index) => explored(runner, "lostUpdate", ["deposit()", "deposit()"], { shard: { index, of: 2 } })),
      );
      assert.equal((parts[0]?.tried ?? 0) + (parts[1]?.tried ?? 0), 20);
    });

    it("goes on from a position in a new process", async () => {
      const first = await startSearch(runner, "lostUpdate", ["deposit()", "deposit()"]);
      const { position, tried } = await first.ask("exploreOn", { orders: 7, millis: 60_000 });
      const rest = await explored(runner, "lostUpdate", ["deposit()", "deposit()"], { position });
      assert.deepEqual([tried, rest.tried], [7, 13]);
    });

    it("ends a run at the first return, or when all tasks are over", async () => {
      const first = await explored(runner, "kinds", ["counts(1)", "counts(2)"], { until: "first", watches: ["total"] });
      assert.deepEqual(
        endsOf(first).map(([end]) => end),
        ["first"],
      );
      assert.ok(first.found.some(({ outcome }) => outcome.tasks[1]?.state === "created"));
      const all = await explored(runner, "kinds", ["counts(1)", "counts(2)"], { watches: ["total"] });
      assert.deepEqual(endsOf(all), [["all", 10]]); // 5! / (2! 3!)
    });

    it("tells apart what tasks return only if that counts", async () => {
      const values = await explored(runner, "kinds", ["counts(1)", "hangs()"], {});
      assert.deepEqual(
        values.found.map(({ outcome }) => outcome.tasks.map(({ value }) => value)),
        [["1", quoted("went on")]],
      );
      const booked = await explored(runner, "doubleBooking-fixed", ["book()", "book()"], {});
      const alike = await explored(runner, "doubleBooking-fixed", ["book()", "book()"], { counts: { values: false } });
      assert.deepEqual([booked.found.length, alike.found.length], [2, 1]);
    });

    it("tells apart what is printed only if that counts", async () => {
      const calls = ['prints("a")', 'prints("b")'];
      const printed = await explored(runner, "kinds", calls, { counts: { output: true } });
      // Four lines, two of each kind: 4! / (2! 2!).
      assert.deepEqual(printed.found.map(({ outcome }) => outcome.output?.replaceAll("\n", "")).sort(), [
        "aabb",
        "abab",
        "abba",
        "baab",
        "baba",
        "bbaa",
      ]);
      const client = await startSearch(runner, "kinds", calls);
      const alike = await searchAll(client);
      assert.deepEqual([alike.found.length, alike.found[0]?.outcome.output], [1, undefined]);
      assert.equal(client.printed("stdout"), "", "nothing of it reaches the session");
    });

    it("keeps what reduction may leave out if output counts", async () => {
      const calls = ['prints("a")', 'prints("b")'];
      const strategy = "exhaustive:reduce=1";
      const printed = await explored(runner, "kinds", calls, { counts: { output: true }, strategy });
      const alike = await explored(runner, "kinds", calls, { strategy });
      assert.deepEqual([printed.found.length, alike.found.length, alike.tried], [6, 1, 1]);
    });

    it("cuts a run at the limit of steps", async () => {
      const searched = await explored(runner, "kinds", ["spins()", "sets(1)"], { steps: 6 });
      assert.deepEqual(
        endsOf(searched)
          .map(([end]) => end)
          .sort(),
        ["all", "cut"],
      );
      assert.equal(
        searched.cut,
        searched.found.filter(({ outcome }) => outcome.end === "cut").reduce((sum, { orders }) => sum + orders, 0),
      );
      assert.equal(searched.last.longest, 6);
    });

    it("ends a run at the first throw, and says where it was", async () => {
      const { found } = await explored(runner, "kinds", ["throws()", "counts(1)"]);
      assert.deepEqual(new Set(found.map(({ outcome }) => outcome.end)), new Set(["threw"]));
      const [{ outcome }] = found as [(typeof found)[0]];
      const [thrower] = outcome.tasks;
      assert.equal(thrower?.state, "threw");
      assert.equal(thrower?.point?.line, lineAt(runner, "kinds", "throw"));
      assert.equal(outcome.thrown?.at?.line, thrower?.point?.line);
      assert.deepEqual(outcome.failing, { by: "threw", message: `throws: ${thrower?.value}` });
    });

    it("says who waits for whom where nobody can go on", async () => {
      const circle = await explored(runner, "twoLocks", ["rightwards()", "leftwards()"]);
      const deadlock = circle.found.find(({ outcome }) => outcome.end === "deadlock")?.outcome;
      assert.deepEqual(deadlock?.cycle, [0, 1]);
      assert.deepEqual(deadlock?.failing, { by: "deadlock", message: "rightwards, leftwards" });
      assert.deepEqual(
        deadlock?.tasks.map(({ state, point }) => [state, point?.line]),
        [
          ["blocked", lineAt(runner, "twoLocks", "both")],
          ["blocked", lineAt(runner, "twoLocks", "second")],
        ],
      );
      const blocked = await explored(runner, "kinds", ["waits()", "counts(1)"]);
      assert.deepEqual(endsOf(blocked), [["blocked", 3]]);
      assert.deepEqual(blocked.found[0]?.outcome.failing, { by: "deadlock", message: "waits" });
    });

    it("lets sleepers wake by virtual time, whatever the order", async () => {
      const searched = await explored(runner, "kinds", ['sleeps("a", 2)', 'sleeps("b", 1)'], { watches: ["sleeper"] });
      assert.deepEqual(
        searched.found.map(({ outcome }) => [outcome.end, outcome.watches]),
        [["all", [quoted("ba")]]],
      );
      assert.equal(searched.last.differs, undefined);
    });

    it("draws the same random numbers in each run of an order", async () => {
      const searched = await explored(runner, "kinds", ["draws()", "draws()"]);
      assert.deepEqual([searched.last.differs, searched.tried], [undefined, 6]);
    });

    it("notes what came from outside of the program", async () => {
      const outside = async (call: string) => (await explored(runner, "outside", [call])).last.outside;
      assert.ok(await outside("waits()"));
      if (runner.language === "python") assert.equal(await outside("starts()"), "os.system()");
      assert.equal((await explored(runner, "kinds", ["counts(1)"])).last.outside, undefined);
    });

    it("says when a check or an invariant throws", async () => {
      for (const by of ["check", "invariant"] as const) {
        const { found } = await explored(runner, "kinds", ["counts(1)"], { [by]: "missing > 1" });
        assert.equal(found[0]?.outcome.failing?.by, by);
        assert.match(found[0]?.outcome.failing?.message ?? "", /^missing > 1: \w*Error.*missing/);
      }
    });

    it("counts a run whose slice does not end, once it was interrupted, and goes on", async () => {
      // The task hangs where the flag is set between its two slices: it is begun, and the setter is over its first slice, which is so in
      // one way or another in 3 of the 6 orders.
      const searched = await searchInterrupting(await startSearch(runner, "kinds", ["hangs()", "sets(1)"]));
      const hung = searched.found.filter(({ outcome }) => outcome.end === "hung");
      assert.equal(searched.tried, 6);
      assert.deepEqual(
        hung.map(({ outcome }) => outcome.failing),
        hung.map(() => ({ by: "hung", message: "hangs" })),
      );
      assert.equal(
        hung.reduce((sum, { orders }) => sum + orders, 0),
        3,
      );
    });

    it("counts an order once whose check, invariant or watched expression does not end", async () => {
      const calls = ["counts(0)", "counts(0)"];
      const searched = async (asked: Parameters<typeof startSearch>[3]) =>
        searchInterrupting(await startSearch(runner, "kinds", calls, asked));
      for (const [by, orders] of [
        ["check", 2],
        ["invariant", 2],
      ] as const) {
        const { tried, found } = await searched({ [by]: "endless()" });
        assert.equal(tried, orders);
        for (const { outcome } of found) assert.deepEqual(outcome.failing, { by, message: "endless(): Interrupted" });
        assert.equal(
          found.reduce((sum, { orders }) => sum + orders, 0),
          orders,
        );
      }
      const { tried, found } = await searched({ watches: ["total", "endless()"] });
      assert.deepEqual(
        [tried, found.map(({ outcome, orders }) => [outcome.end, outcome.watches, orders])],
        [2, [["all", ["0", "Interrupted"], 2]]],
      );
    });

    it("takes no promise, coroutine or generator for a check or an invariant that holds", async () => {
      for (const by of ["check", "invariant"] as const)
        for (const expression of ["later()", "counts(1)"]) {
          const { found, tried, last } = await explored(runner, "kinds", ["counts(0)", "counts(0)"], { [by]: expression });
          assert.deepEqual([tried, last.done], [2, true]);
          for (const { outcome } of found) {
            assert.equal(outcome.failing?.by, by);
            assert.match(outcome.failing?.message ?? "", /TypeError.*is no result: nothing waits for it/);
          }
        }
    });

    it("refuses a call that fails, and an expression that is none", async () => {
      assert.equal((await refusal(startSearch(runner, "kinds", ["absent()"]))).code, "call");
      assert.equal((await refusal(startSearch(runner, "kinds", ["1"]))).code, "not-a-generator");
      assert.equal((await refusal(startSearch(runner, "kinds", ["counts(1)"], { check: "total ==" }))).code, "evaluate");
      assert.equal((await refusal(startSearch(runner, "kinds", ["counts(1)"], { strategy: "everything" }))).code, "bad-request");
      const client = startBare(exploring(runner));
      await client.hello();
      await client.ask("load", { file: exploredFile(runner, "kinds") });
      assert.equal((await refusal(client.ask("exploreOn", { orders: 1, millis: 1 }))).code, "bad-request");
    });
  });
}
