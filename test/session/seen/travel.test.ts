import assert from "node:assert/strict";
import { resolve } from "node:path";
import fc from "fast-check";
import { places } from "../../../src/protocol/panel";
import type { Session } from "../../../src/session/session";
import { rowsOf, viewOf } from "../../../src/session/view/view";
import { sessionOn, stopAll, until } from "../sessions";

/** Everything shown about a step except reasons, which are computed in the meantime, and data that was rebuilt on the way. */
function shownAt(session: Session, step: number) {
  session.select(step);
  const { now: { why: _, ...now } = {}, tasks, detail, watches, rebuild } = viewOf(session);
  const [{ why: _why, ...row } = {}] = step > 0 ? rowsOf(session, step, 1) : [];
  return structuredClone({ now, tasks, detail, watches: watches?.map(({ note: _, ...watch }) => watch), rebuild, row });
}

const call = fc.constantFrom("counts(1)", "counts(2)", "delegates(3)", "fails(2)", "pushes()", "views()", "hides(2)");
const move = fc.oneof(
  fc.record({ kind: fc.constant("run" as const), steps: fc.integer({ min: 1, max: 6 }) }),
  fc.record({ kind: fc.constant("step" as const) }),
  fc.record({ kind: fc.constant("select" as const), at: fc.nat() }),
  fc.record({ kind: fc.constant("rebuild" as const) }),
  fc.record({ kind: fc.constant("go" as const), place: fc.constantFrom(...places), task: fc.nat(3) }),
);

for (const [language, file] of [
  ["JavaScript", "rebuilding.ts"],
  ["Python", "rebuilding.py"],
] as const) {
  describe(`the data shown for a step in ${language}`, () => {
    afterEach(stopAll);

    it("is not changed by going back and forth, by continuing, or by rebuilding other steps", async () => {
      const calls = fc.array(call, { minLength: 1, maxLength: 4 });
      await fc.assert(
        fc.asyncProperty(calls, fc.array(move, { minLength: 4, maxLength: 14 }), async (calls, moves) => {
          const session = await sessionOn(resolve("test/fixtures/session", file), { until: "all" });
          await session.open();
          for (const each of ["counts(1)", ...calls]) await session.add(each);
          const watches = ["total", "by", "list"];
          for (const watch of watches) session.watches.add(watch);
          await until(session, () => watches.every((watch) => session.run.watched.has(0, watch)));
          const shown = [shownAt(session, 0)];
          const isTheSame = (step: number) => {
            const [before, now] = [shown[step], shownAt(session, step)];
            assert.ok(before);
            if (!before.rebuild) assert.deepEqual(now, before);
            shown[step] = now; // missing data may have been rebuilt
          };
          session.select(0);
          for (const each of moves) {
            if (each.kind === "select") session.select(each.at % (session.head + 1));
            else if (each.kind === "go")
              await session.goTo(each.place, { task: each.task % session.run.tasks.length, watch: watches[each.task % 3] ?? "" });
            else if (each.kind === "rebuild") await session.rebuild();
            else if (each.kind === "run") await session.go(each.steps);
            else await session.step();
            const { cursor } = session;
            while (shown.length <= session.head) shown.push(shownAt(session, shown.length));
            isTheSame(cursor);
          }
          for (let step = session.head; step >= 0; step -= 1) isTheSame(step);
          stopAll();
        }),
        { numRuns: 8 },
      );
    });
  });
}
