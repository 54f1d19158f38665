import assert from "node:assert/strict";
import { appendFile, copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import fc from "fast-check";
import type { Session } from "../../../src/session/session";
import { viewOf } from "../../../src/session/view/view";
import { sessionOn, stopAll, until } from "../sessions";

const script = resolve("test/fixtures/session/rebuilding.ts");

async function sessionWith(file: string, calls: readonly string[]): Promise<Session> {
  const session = await sessionOn(file, { until: "all" });
  await session.open();
  for (const call of calls) await session.add(call);
  return session;
}

/** Everything that the view shows about a step except the handles of its values. */
function seenAt(session: Session, step: number) {
  session.select(step);
  const { now, tasks, detail, watches } = viewOf(session);
  const frames = detail?.frames.map(({ locals, ...frame }) => ({
    ...frame,
    locals: locals.filter(({ change }) => change !== "removed").map(({ name, value }) => `${name} ${value.text}`),
  }));
  const stacks = tasks.map(({ stack, state }) => ({ stack, state }));
  return {
    value: now?.value,
    stacks,
    frames,
    changed: [detail?.value, ...(detail?.frames.flatMap(({ locals }) => locals) ?? [])].map((marked) => [
      marked?.change,
      marked?.was,
    ]),
    watches: watches?.map(({ text, error }) => text ?? error),
  };
}

for (const [language, file, numRuns] of [
  ["JavaScript", script, 6],
  ["Python", script.replace(/ts$/, "py"), 6],
] as const) {
  describe(`a rebuilt step in ${language}`, () => {
    afterEach(stopAll);

    it("shows the same as when the schedule is stepped by hand", async () => {
      const call = fc.oneof(
        fc.integer({ min: 1, max: 3 }).map((by) => `counts(${by})`),
        fc.integer({ min: 1, max: 4 }).map((rounds) => `delegates(${rounds})`),
        fc.integer({ min: 0, max: 3 }).map((after) => `fails(${after})`),
        fc.constantFrom("pushes()", "views()"),
      );
      const calls = fc.array(call, { minLength: 1, maxLength: 4 });
      const scenario = fc.record({ calls, later: call, before: fc.nat(5), after: fc.integer({ min: 1, max: 8 }), at: fc.nat() });
      await fc.assert(
        fc.asyncProperty(scenario, async ({ calls, later, before, after, at }) => {
          const fast = await sessionWith(file, ["counts(1)", ...calls]);
          const slow = await sessionWith(file, ["counts(1)", ...calls]);
          for (const session of [fast, slow]) session.watches.add("total");
          if (before > 0) await fast.go(before);
          for (let step = 0; step < before; step += 1) await slow.step();
          for (const session of [fast, slow]) await session.add(later);
          while (fast.head < before + after) await fast.go(before + after - fast.head);
          for (let step = 0; step < after; step += 1) await slow.step();
          const step = 1 + (at % fast.head);
          fast.select(step);
          await fast.rebuild();
          assert.equal(viewOf(fast).rebuild, undefined);
          assert.deepEqual(seenAt(fast, step), seenAt(slow, step));
          stopAll();
        }),
        { numRuns },
      );
    });

    it("marks no change compared with a capture made after other tasks had run", async () => {
      const session = await sessionWith(file, ["views()", "pushes()"]);
      await session.go(2);
      await session.step();
      const marks = () => viewOf(session).detail?.frames[0]?.locals.map(({ name, change, was }) => [name, change, was]);
      assert.deepEqual(marks(), [["list", undefined, undefined]]);
      assert.deepEqual(viewOf(session).rebuild, { state: "possible", missing: "changes" });
      await session.rebuild();
      assert.deepEqual(marks(), [["list", "changed", "[]"]]);
      assert.equal(viewOf(session).rebuild, undefined);
    });

    it("reports the first step that differs, with both values and the unrepeatable call", async () => {
      const session = await sessionWith(file, ["counts(1)", "clock()"]);
      await session.go(100);
      session.select(50);
      await session.rebuild();
      const { state, message } = viewOf(session).rebuild ?? {};
      assert.equal(state, "refused");
      assert.match(
        message ?? "",
        /at step 2: clock yielded \d+\.\d+ at rebuilding\.(ts|py):\d+:\d+ when .* yielded \d+\.\d+ at .* now\. Before, clock called (performance\.now|time\.perf_counter)\(\) in step 2/,
      );
      session.select(1);
      assert.equal(viewOf(session).rebuild?.state, "possible");
      await session.rebuild();
      assert.equal(viewOf(session).rebuild, undefined);
    });

    it("expands its values by one level, although its process has ended", async () => {
      const session = await sessionWith(file, ["counts(1)"]);
      await session.go(1_000);
      session.select(500);
      await session.rebuild();
      const { handle = -1 } = viewOf(session).detail?.value ?? {};
      const { properties } = await session.run.inspections.expand(handle, 0);
      assert.deepEqual(
        properties.slice(0, 2).map(({ value }) => value.text),
        ["499", "499"],
      );
    });
  });
}

describe("rebuilding", () => {
  afterEach(stopAll);

  it("is possible if locals were not recorded, has progress, and can be cancelled", async () => {
    const session = await sessionWith(script, ["counts(1)", "counts(2)"]);
    assert.equal(viewOf(session).rebuild, undefined);
    await session.go(1_000_000);
    assert.deepEqual(viewOf(session).rebuild, { state: "possible", missing: "changes" });
    session.select(900_001);
    assert.deepEqual(viewOf(session).rebuild, { state: "possible", missing: "step" });
    const rebuilding = session.rebuild();
    await until(session, () => (viewOf(session).rebuild?.done ?? 0) > 0);
    assert.equal(viewOf(session).rebuild?.state, "running");
    session.cancelRebuild();
    await rebuilding;
    assert.deepEqual(viewOf(session).rebuild, { state: "possible", missing: "step" });
    await session.rebuild();
    assert.equal(viewOf(session).rebuild, undefined);
    assert.match(
      viewOf(session)
        .detail?.frames[0]?.locals.map(({ value }) => value.text)
        .join() ?? "",
      /450000/,
    );
  });

  it("is abandoned if a step does not end in the replay", async () => {
    const folder = await mkdtemp(join(tmpdir(), "yieldpoint-"));
    try {
      const input = join(folder, "input");
      await writeFile(input, "go");
      const session = await sessionWith(script, [`waits(${JSON.stringify(input)})`, "counts(1)"]);
      await session.go(6);
      await writeFile(input, "wait");
      session.select(5);
      await session.rebuild();
      assert.match(viewOf(session).rebuild?.message ?? "", /^The replay is stuck in step 3: waits has been running for/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("is rejected if the file was changed, whether known before or not", async () => {
    const folder = await mkdtemp(join(tmpdir(), "yieldpoint-"));
    try {
      const file = join(folder, "tasks.ts");
      await copyFile(script, file);
      const session = await sessionWith(file, ["counts(1)"]);
      await session.go(20);
      session.select(10);
      await appendFile(file, "\nexport function* {");
      await session.rebuild();
      assert.equal(viewOf(session).rebuild?.state, "refused");
      session.markStale();
      await session.rebuild();
      assert.match(viewOf(session).rebuild?.message ?? "", /^The file was changed after it was loaded/);
      session.stop();
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("works on the trace of a process that has ended", async () => {
    const session = await sessionWith(script, ["counts(1)"]);
    await session.go(20);
    session.stop();
    session.select(10);
    await session.rebuild();
    assert.equal(viewOf(session).detail?.frames[0]?.function, "counts");
  });

  it("ends with the session", async () => {
    const session = await sessionWith(script, ["counts(1)", "counts(2)"]);
    await session.go(1_000_000);
    session.select(999_000);
    const rebuilding = session.rebuild();
    await until(session, () => (viewOf(session).rebuild?.done ?? 0) > 0);
    session.dispose();
    await rebuilding;
    assert.notEqual(viewOf(session).rebuild?.state, "running");
  });
});
