import assert from "node:assert/strict";
import { appendFile, copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import fc from "fast-check";
import type { Session } from "../../../src/session/session";
import { viewOf } from "../../../src/session/view/view";
import { sessionOn, stopAll, until } from "../sessions";

const script = resolve("test/fixtures/session/rebuilding.ts");

async function sessionWith(file: string, calls: readonly string[], watches: readonly string[]): Promise<Session> {
  const session = await sessionOn(file, { until: "all" });
  for (const watch of watches) session.watches.add(watch);
  await session.open();
  for (const call of calls) await session.add(call);
  return session;
}

/** Several segments of a trace, and several plans of a replay. The end-to-end tests replay millions of steps. */
const far = 200_000;

function shown(session: Session, watch: string) {
  const { expression: _, ...rest } = viewOf(session).watches?.find(({ expression }) => expression === watch) ?? {
    expression: "",
  };
  return { step: session.cursor, ...rest };
}

for (const [language, file] of [
  ["JavaScript", script],
  ["Python", script.replace(/ts$/, "py")],
] as const) {
  describe(`the changes of a watch in ${language} in steps made at full speed`, () => {
    afterEach(stopAll);

    it("are found by replaying where stepping by hand finds them", async () => {
      const inOneFile = fc.record({
        name: fc.constant(file),
        first: fc.constantFrom("rarely(4)", "hides(2)"),
        calls: fc.array(
          fc.oneof(
            fc.integer({ min: 2, max: 9 }).map((every) => `rarely(${every})`),
            fc.integer({ min: 2, max: 4 }).map((every) => `hides(${every})`),
            fc.constantFrom("counts(0)", "counts(1)", "delegates(4)", "fails(3)"),
          ),
          { minLength: 1, maxLength: 3 },
        ),
        watch: fc.constantFrom("rare", "own", "by", "total", "maybe.at.n", "[own, rare]", "list"),
      });
      const inTwoFiles = fc.record({
        name: fc.constant(file.replace("rebuilding", "modules")),
        first: fc.constant("theirs(3)"),
        calls: fc.array(
          fc
            .tuple(fc.constantFrom("mine", "theirs", "hiding"), fc.integer({ min: 2, max: 6 }))
            .map(([name, every]) => `${name}(${every})`),
          { minLength: 1, maxLength: 3 },
        ),
        watch: fc.constantFrom("hits", "total", "shared", "n"),
      });
      const scenario = fc.record({
        tasks: fc.oneof({ arbitrary: inOneFile, weight: 2 }, inTwoFiles),
        steps: fc.integer({ min: 1, max: 30 }),
        from: fc.nat(),
        isRebuilt: fc.boolean(),
        places: fc.array(fc.constantFrom("previousChange" as const, "nextChange" as const), { minLength: 1, maxLength: 3 }),
      });
      await fc.assert(
        fc.asyncProperty(scenario, async ({ tasks: { name, first, calls, watch }, steps, from, isRebuilt, places }) => {
          const fast = await sessionWith(name, [first, ...calls], [watch]);
          const slow = await sessionWith(name, [first, ...calls], [watch]);
          while (fast.head < steps) await fast.go(steps - fast.head);
          for (let step = 0; step < steps; step += 1) await slow.step();
          for (const session of [fast, slow]) session.select(from % (steps + 1));
          if (isRebuilt) await fast.rebuild();
          for (const place of places) {
            for (const session of [fast, slow]) await session.goTo(place, { watch });
            const { note } = shown(fast, watch);
            await fast.rebuild();
            assert.deepEqual({ ...shown(fast, watch), note }, { note: undefined, ...shown(slow, watch) });
          }
          stopAll();
        }),
        { numRuns: 5 },
      );
    });

    it("are found hundreds of thousands of steps away, with progress", async () => {
      const session = await sessionWith(file, ["rarely(1e9)", "counts(1)"], ["rare", "own", "total"]);
      await session.go(far);
      const going = session.goTo("previousChange", { watch: "rare" });
      await until(session, () => (shown(session, "rare").searched?.done ?? 0) > 0);
      assert.ok((shown(session, "rare").searched?.of ?? 0) >= far - 2);
      assert.equal(shown(session, "own").searched, undefined);
      await going;
      assert.deepEqual(shown(session, "rare"), { step: 1, text: "1", was: "0" });
      assert.equal(viewOf(session).rebuild, undefined);
      await session.goTo("nextChange", { watch: "rare" });
      assert.deepEqual(shown(session, "rare"), { step: 1, text: "1", was: "0", note: "It did not change after this step." });
      await session.goTo("nextChange", { watch: "total" });
      assert.equal(shown(session, "total").step, 2);
    });
  });
}

describe("searching for a change of a watch", () => {
  afterEach(stopAll);

  it("ends when it is cancelled, when the cursor moves, and when the watch is removed", async () => {
    const session = await sessionWith(script, ["rarely(1e9)"], ["rare"]);
    await session.go(1_000_000);
    for (const [end, cursor] of [
      [() => session.cancelRebuild(), 1_000_000],
      [() => session.select(7), 7],
      [() => session.step(), 1_000_001],
      [() => session.go(10), 1_000_011],
      [() => session.add("counts(1)"), 1_000_011],
      [() => session.watches.remove("rare"), 1_000_011],
    ] as const) {
      session.select(session.head);
      const going = session.goTo("previousChange", { watch: "rare" });
      await until(session, () => shown(session, "rare").searched !== undefined);
      await end();
      await going;
      assert.equal(session.cursor, cursor);
      const { note, searched } = shown(session, "rare");
      assert.deepEqual([note, searched], [undefined, undefined]);
      assert.notEqual(viewOf(session).rebuild?.state, "running");
    }
  });

  it("reports a watch that hangs in the replay", async () => {
    const hangs = "total > 30 && total < 40 ? (() => { for (;;); })() : 1";
    const session = await sessionWith(script, ["counts(1)"], []);
    await session.go(50);
    session.watches.add(hangs);
    await until(session, () => session.run.watched.has(50, hangs));
    await session.goTo("previousChange", { watch: hangs });
    assert.equal(session.cursor, 50);
    assert.match(
      shown(session, hangs).note ?? "",
      /^In the replay, the watched expression .* has been running for \d+ s without returning control\. Remove/,
    );
    session.select(35);
    // A rebuild does not need the watch: only the watch is stopped, and the locals of the step are rebuilt.
    await session.rebuild();
    assert.equal(shown(session, hangs).stopped, true);
    assert.equal(viewOf(session).rebuild, undefined);
    assert.ok((viewOf(session).detail?.frames.length ?? 0) > 0);
  });

  it("goes to the nearest known change if it cannot be done, with the reason and the gap", async () => {
    const folder = await mkdtemp(join(tmpdir(), "yieldpoint-"));
    try {
      const file = join(folder, "tasks.ts");
      await copyFile(script, file);
      const session = await sessionWith(file, ["counts(1)"], ["total"]);
      await session.step();
      await session.go(20);
      await appendFile(file, "\nexport let more = 0;\n");
      session.markStale();
      await session.goTo("previousChange", { watch: "total" });
      assert.equal(session.cursor, 1);
      assert.match(
        shown(session, "total").note ?? "",
        /^The file was changed .* It was not evaluated at every step from 2 to 20: it may have changed/,
      );
      await session.goTo("previousChange", { watch: "total" });
      assert.equal(shown(session, "total").note, "It did not change before this step.");
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("reports the first step that differs, and how far it can go before that", async () => {
    const session = await sessionWith(script, ["counts(1)", "clock()"], ["total", "by"]);
    await session.go(100);
    await session.goTo("previousChange", { watch: "total" });
    assert.match(shown(session, "total").note ?? "", /at step 2: clock yielded .* now\..* No change before this step is known\./);
    session.select(1);
    await session.goTo("previousChange", { watch: "by" });
    assert.match(shown(session, "by").note ?? "", /^It did not change in "counts" before this step/);
  });
});
