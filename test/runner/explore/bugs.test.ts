// Programs with a known kind of bug: exploring finds it, finds nothing in the corrected twin, and what it finds does not depend on
// whether orders that cannot differ are left out.

import assert from "node:assert/strict";
import { runners } from "../runners";
import { endAll } from "../starting";
import { programs } from "./programs";
import { executed, explored, outcomesOf, searchAll, startSearch } from "./searching";

for (const runner of runners) {
  describe(`${runner.name} runner, exploring programs with bugs`, () => {
    afterEach(endAll);

    for (const { name, calls, check, invariant, by, end, isLarge, findsLoops } of programs) {
      const asked = { ...(check ? { check } : {}), ...(invariant ? { invariant } : {}), ...(findsLoops ? { findsLoops } : {}) };

      it(`finds the bug of ${name}, and a witness that leads there again`, async () => {
        const client = await startSearch(runner, name, calls, asked);
        const { last, found, cut } = await searchAll(client);
        assert.deepEqual([last.differs, last.outside, cut], [undefined, undefined, 0]);
        const failing = found.filter(({ outcome }) => outcome.failing);
        assert.ok(failing.length > 0 && failing.length < found.length, "some orders fail, and some do not");
        for (const { id, outcome, witness } of failing) {
          assert.deepEqual([outcome.failing?.by, outcome.end], [by, end]);
          const again = await executed(client, ...witness);
          assert.deepEqual([again.id, again.outcome, again.picks], [id, outcome, witness]);
        }
      });

      it(`finds nothing in ${name}-fixed`, async () => {
        const { last, found, cut } = await explored(runner, `${name}-fixed`, calls, asked);
        assert.deepEqual([last.differs, last.outside, cut], [undefined, undefined, 0]);
        assert.deepEqual(
          found.map(({ outcome }) => outcome.failing),
          found.map(() => undefined),
        );
      });

      // Of the slower language, the others show it.
      if (isLarge && runner.language === "python") continue;
      // Where orders are left out, the way out of a loop may be, so nobody looks for loops.
      if (findsLoops) continue;
      for (const each of [name, `${name}-fixed`]) {
        it(`finds the same in ${each} when it leaves out orders that cannot differ`, async () => {
          const all = await explored(runner, each, calls, asked);
          endAll();
          const reduced = await explored(runner, each, calls, { ...asked, strategy: "exhaustive:reduce=1" });
          assert.deepEqual(outcomesOf(reduced), outcomesOf(all));
          assert.ok(reduced.tried <= all.tried, `${reduced.tried} of ${all.tried}`);
          assert.deepEqual(reduced.last.opaque, []);
        });
      }
    }
  });
}
