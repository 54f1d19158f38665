// Orders that go round in a loop of states: which of them are livelocks, and where nobody can tell.

import assert from "node:assert/strict";
import { resolve } from "node:path";
import { everyRunner } from "../runners";
import { endAll } from "../starting";
import { endsOf, executed, explored, searchAll, startSearch } from "./searching";

const polite = ["passes(0)", "passes(1)"];

// What a suspended generator keeps is stored in another way by each version of Python.
for (const runner of everyRunner) {
  describe(`${runner.name} runner, orders that go round in a loop`, () => {
    afterEach(endAll);

    const looking = (program: string, calls: readonly string[], strategy = "exhaustive") =>
      startSearch(runner, program, calls, { findsLoops: true, strategy, steps: 50 });

    it("ends them where everybody has had a turn: two tasks that step aside for each other", async () => {
      const client = await looking("polite", polite);
      const searched = await searchAll(client);
      assert.deepEqual(endsOf(searched), [
        ["all", 314],
        ["livelock", 24],
      ]);
      assert.deepEqual([searched.cut, searched.last.returned, searched.last.hidden], [0, true, undefined]);
      // However they have come into the loop, and wherever in it they are, it is one outcome.
      const livelocks = searched.found.filter(({ outcome }) => outcome.end === "livelock");
      assert.deepEqual(
        livelocks.map(({ outcome: { failing, tasks } }) => [failing, tasks.map(({ state, point }) => [state, point])]),
        [
          [
            { by: "livelock", message: "passes, passes #2" },
            [
              ["ready", undefined],
              ["ready", undefined],
            ],
          ],
        ],
      );
      const [{ id, witness }] = livelocks as [(typeof livelocks)[0]];
      const again = await executed(client, ...witness);
      assert.deepEqual([again.id, again.picks], [id, witness]);
      // Each of them makes both steps of the loop.
      assert.deepEqual([again.loopFrom, witness.slice(again.loopFrom).sort()], [witness.length - 4, [0, 0, 1, 1]]);
    });

    it("tries all orders of tasks that look again and again, each loop as long as it makes a difference", async () => {
      const searched = await explored(runner, "spinning", ["spins()", "sets()"], { findsLoops: true });
      assert.deepEqual([endsOf(searched), searched.last.returned, searched.last.longest], [[["all", 13]], true, 8]);
    });

    it("finds that somebody looks for ever, and that what somebody else does for ever changes nothing", async () => {
      const alone = await explored(runner, "spinning", ["spins()"], { findsLoops: true });
      assert.deepEqual(endsOf(alone), [["livelock", 1]]);
      const blinking = await explored(runner, "spinning", ["spins()", "blinks()"], { findsLoops: true });
      assert.deepEqual(
        new Set(blinking.found.map(({ outcome }) => outcome.failing?.message)),
        new Set(["blinks", "spins, blinks"]),
      );
    });

    it("ends nothing if that is not asked for", async () => {
      const searched = await explored(runner, "spinning", ["spins()"], { steps: 20 });
      assert.deepEqual([endsOf(searched), searched.last.returned], [[["cut", 1]], undefined]);
    });

    it("ends nothing where something is printed, or a state does not come back", async () => {
      for (const call of ["counts()", "prints()"]) {
        const searched = await searchAll(await looking("spinning", [call]));
        assert.deepEqual([endsOf(searched), searched.last.hidden], [[["cut", 1]], undefined]);
        endAll();
      }
    });

    it("says which task a policy starves", async () => {
      const policy = { name: "lifo" as const, priorities: [] };
      const given = { findsLoops: true, policy, strategy: "delays:d=0" };
      const client = await startSearch(runner, "spinning", ["sets()", "spins()"], given);
      const { found } = await searchAll(client);
      assert.deepEqual(
        found.map(({ outcome: { end, failing } }) => [end, failing]),
        [["starvation", { by: "starvation", message: "sets" }]],
      );
      assert.equal((await executed(client, ...(found[0]?.witness ?? []))).loopFrom, 1);
    });

    it("starves nobody with a policy that lets everybody run", async () => {
      const searched = await explored(runner, "spinning", ["spins()", "sets()"], { findsLoops: true, strategy: "delays:d=2" });
      assert.deepEqual([endsOf(searched).map(([end]) => end), searched.cut], [["all"], 0]);
    });

    it("draws the states of the loops", async () => {
      const client = await startSearch(runner, "spinning", ["spins()", "sets()"], { findsLoops: true, tellsStates: true });
      const { last } = await searchAll(client);
      assert.equal(last.told?.orders.length, 13);
      for (const { picks, states } of last.told?.orders ?? []) assert.equal(states.length, picks.length + 1);
    });

    const underscored = runner.language === "python" ? "locals_()" : "locals()";
    const changing = "variables() parameters() blocks() properties() items() entries() members() fields() statics() errors()";
    for (const call of [...changing.split(" "), underscored, "identities()", "delegates()"]) {
      it(`sees what ${call} changes`, async () => {
        const { found, last } = await searchAll(await looking("kept", [call]));
        assert.deepEqual([found.map(({ outcome }) => outcome.end), last.hidden, last.returned], [["cut"], undefined, undefined]);
      });
    }

    for (const [call, loop] of [
      ["splits()", 2],
      ["renews()", 1],
      ["repeats()", 2],
    ] as const) {
      it(`sees that ${call} comes back to where it was`, async () => {
        const client = await looking("kept", [call]);
        const [livelock] = (await searchAll(client)).found;
        assert.equal(livelock?.outcome.end, "livelock");
        const { picks, loopFrom } = await executed(client, ...livelock.witness);
        assert.equal(picks.length - (loopFrom ?? 0), loop);
      });
    }

    for (const call of ["fills()", "permits_()", "makes()"]) {
      it(`sees what ${call} asks for`, async () => {
        const { found, last } = await searchAll(await looking("waits", [call]));
        assert.deepEqual([found.map(({ outcome }) => outcome.end), last.hidden, last.returned], [["cut"], undefined, undefined]);
      });
    }

    for (const [calls, loop] of [
      [["locks()"], 1],
      [["asks()"], 1],
      [["holds()"], 2],
      [["sleeps()"], 1],
      [["stores()"], 2],
      [["flags()"], 2],
      [["fails()"], 1],
      [["gives()", "takes()"], 2],
      [["joins()"], 1],
    ] as const) {
      it(`sees that tasks that wait come back to where they were: ${calls}`, async () => {
        const client = await looking("waits", calls);
        const { found } = await searchAll(client);
        assert.ok(found.every(({ outcome }) => outcome.end === "livelock"));
        const { picks, loopFrom } = await executed(client, ...(found[0]?.witness ?? []));
        assert.equal(picks.length - (loopFrom ?? 0), loop);
      });
    }

    it("claims nothing about tasks that look at the time", async () => {
      const { found, last } = await searchAll(await looking("clocked", ["looks()"]));
      assert.deepEqual([found.map(({ outcome }) => outcome.end), last.returned], [["cut"], undefined]);
      assert.match(last.hidden ?? "", /^the time( in line 2)?$/);
    });

    if (runner.language === "python") {
      const own = (name: string, call: string) => {
        const file = resolve(`test/fixtures/explore/python/${name}.py`);
        return startSearch(runner, name, [call], { findsLoops: true, steps: 50, file });
      };

      for (const call of ["iterations()", "closures()", "generators()", "middle()"]) {
        it(`sees what ${call} changes in a frame`, async () => {
          const { found, last } = await searchAll(await own("seen", call));
          assert.deepEqual(
            [found.map(({ outcome }) => outcome.end), last.hidden, last.returned],
            [["cut"], undefined, undefined],
          );
        });
      }

      it("sees how far an iteration is, also where slices are tracked", async () => {
        const client = await own("seen", "rounds()");
        const [livelock] = (await searchAll(client)).found;
        const again = await executed(client, ...(livelock?.witness ?? []));
        assert.deepEqual([livelock?.outcome.end, again.id, again.picks], ["livelock", livelock?.id, livelock?.witness]);
      });

      it("claims nothing where not all of the state is seen: a module of the library", async () => {
        const { found, last } = await searchAll(await own("unseen", "draws()"));
        assert.deepEqual([found[0]?.outcome.end, last.hidden], ["cut", "the module random"]);
      });
      return;
    }

    it("claims nothing until a spawned task has begun", async () => {
      const file = resolve("test/fixtures/explore/javascript/unseen.ts");
      const { found, last } = await searchAll(
        await startSearch(runner, "unseen", ["spawns()"], { findsLoops: true, steps: 20, file }),
      );
      assert.equal(last.hidden, "what a spawned task begins with");
      const livelocks = found.filter(({ outcome }) => outcome.end === "livelock");
      for (const { outcome } of livelocks)
        assert.deepEqual(
          outcome.tasks.map(({ state }) => state),
          ["ready", "returned"],
        );
      assert.ok(livelocks.length > 0);
    });

    for (const [name, call, hidden] of [
      ["unseen", "middle()", /^a value that a yield stands beside in line 7$/],
      ["unseen", "iterations()", /^the iteration around a yield in line 11$/],
      ["unseen", "closures()", /^a function with variables of its own/],
      ["unseen", "generators()", /^a generator that is no task$/],
      ["unseen", "settles()", /^what a finally block goes on with in line 42$/],
      ["unseen", "delegates()", /^an iteration that yield\* goes through/],
      ["unseen", "iterates()", /^an iteration that yield\* goes through/],
      ["unseen", "holds()", /^which lock a generator holds$/],
      ["draws", "draws()", /^the name Math in line 3$/],
    ] as const) {
      it(`claims nothing where not all of the state is seen: ${call}`, async () => {
        const file = resolve(`test/fixtures/explore/javascript/${name}.ts`);
        const client = await startSearch(runner, name, [call], { findsLoops: true, steps: 20, file });
        const { found, last } = await searchAll(client);
        assert.ok(found.every(({ outcome }) => outcome.end !== "livelock"));
        assert.match(last.hidden ?? "", hidden);
      });
    }
  });
}
