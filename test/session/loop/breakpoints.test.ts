import assert from "node:assert/strict";
import * as v from "valibot";
import { View } from "../../../src/protocol/panel";
import type { Session } from "../../../src/session/session";
import { viewOf } from "../../../src/session/view/view";
import { sessionOn, sessionWith, stopAll, tasksFile, until } from "../sessions";

/** Where the run rests, and at which breakpoint. */
function rest(session: Session) {
  const { head, hit, status } = v.parse(View, structuredClone(viewOf(session)));
  return { head, hit, status };
}

describe("a run rests", () => {
  afterEach(stopAll);

  it("before a task is resumed, each time, and continues from there", async () => {
    const session = await sessionWith(["forever()", "upTo(9)", "forever()"]);
    const id = session.breakpoints.add({ kind: "resumed", task: "upTo" });
    // Round-robin: upTo makes the steps 2, 5, 8.
    for (const head of [1, 4, 7]) {
      assert.equal(await session.go(), "breakpoint");
      assert.deepEqual(rest(session), { head, hit: id, status: "paused" });
    }
    session.breakpoints.set(id, false);
    assert.equal(await session.go(90_000), "first-return");
    assert.equal(session.hit, undefined);
  });

  it("before the only task is resumed again", async () => {
    const session = await sessionWith(["forever()"]);
    session.breakpoints.add({ kind: "resumed", task: "forever" });
    await session.go();
    await session.go();
    assert.equal(session.head, 2);
  });

  it("after a task yields, but not when it returns", async () => {
    const session = await sessionWith(["upTo(3)", "forever()"], { until: "all" });
    const id = session.breakpoints.add({ kind: "yielded", task: "upTo" });
    for (const head of [1, 3]) {
      assert.equal(await session.go(), "breakpoint");
      assert.deepEqual(rest(session), { head, hit: id, status: "paused" });
    }
    assert.equal(await session.go(1_000), "step-limit");
    assert.equal(session.result?.step, 5);
  });

  it("after a task returns or throws, for every task if none is named", async () => {
    const session = await sessionWith(["upTo(3)", "thrower()", "upTo(6)", "forever()"], { until: "all" });
    const returned = session.breakpoints.add({ kind: "returned" });
    const threw = session.breakpoints.add({ kind: "threw", task: "thrower" });
    const hits: unknown[] = [];
    for (let end = await session.go(); end === "breakpoint"; end = await session.go(1_000))
      hits.push([session.hit, session.head]);
    // Four tasks take turns: thrower's second step is the 6th, upTo(3)'s third the 9th; then two are left, and upTo(6) has the even steps.
    assert.deepEqual(hits, [
      [threw, 6],
      [returned, 9],
      [returned, 16],
    ]);
  });

  it("at one that is added while it runs", async () => {
    const session = await sessionWith(["forever()", "forever()"]);
    const run = session.go();
    await until(session, () => session.head > 100_000);
    session.breakpoints.add({ kind: "yielded", task: "forever #2" });
    assert.equal(await run, "breakpoint");
    assert.equal(session.head % 2, 0);
  });

  it("at one for a task that is added later", async () => {
    const session = await sessionWith(["forever()"]);
    session.breakpoints.add({ kind: "yielded", task: "upTo" });
    assert.equal(await session.go(10), "step-limit");
    await session.add("upTo(9)");
    assert.equal(await session.go(10), "breakpoint");
    assert.equal(session.run.trace.at(session.head).task, 1);
  });

  it("at none at full speed if the breakpoint is disabled", async () => {
    const session = await sessionWith(["forever()", "forever()"]);
    const id = session.breakpoints.add({ kind: "resumed" });
    session.breakpoints.set(id, false);
    assert.equal(await session.go(300_000), "step-limit");
    session.breakpoints.remove(id);
    assert.deepEqual(session.breakpoints.list, []);
  });

  it("after a step by hand, with the breakpoint that was hit", async () => {
    const session = await sessionWith(["forever()", "upTo(9)"]);
    const id = session.breakpoints.add({ kind: "resumed", task: "upTo" });
    await session.step();
    assert.equal(session.hit, id);
    await session.step();
    assert.equal(session.hit, undefined);
  });

  it("again after a restart", async () => {
    const session = await sessionWith(["forever()", "upTo(9)"]);
    session.breakpoints.add({ kind: "yielded", task: "upTo" });
    await session.go();
    await session.restart();
    assert.deepEqual(rest(session), { head: 0, hit: undefined, status: "paused" });
    assert.equal(await session.go(), "breakpoint");
    assert.equal(session.head, 2);
  });
});

for (const [language, file, upTo, line, wrong, nothing, text, endsWith] of [
  ["JavaScript", tasksFile, "upTo", 10, "missing.length", "null", "String", "endsWith"],
  ["Python", tasksFile.replace(/ts$/, "py"), "up_to", 16, "missing.length", "None", "str", "endswith"],
] as const) {
  describe(`a run in ${language} rests`, () => {
    afterEach(stopAll);

    async function session(): Promise<Session> {
      const opened = await sessionOn(file, { until: "all" });
      await opened.open();
      for (const call of ["forever()", `${upTo}(9)`]) await opened.add(call);
      return opened;
    }

    it("when a task is suspended at a line", async () => {
      const opened = await session();
      opened.breakpoints.replaceEditorLines([{ file, line, enabled: true }]);
      assert.equal(await opened.go(), "breakpoint");
      assert.equal(opened.head, 2);
      assert.equal(opened.hit, opened.breakpoints.list[0]?.id);
      opened.breakpoints.replaceEditorLines([{ file, line, enabled: false }]);
      assert.equal(await opened.go(6), "step-limit");
    });

    it("when a value or a local meets a condition", async () => {
      const opened = await session();
      const byValue = opened.breakpoints.add({ kind: "condition", task: upTo, expression: "value == 3" });
      const byLocal = opened.breakpoints.add({ kind: "condition", task: upTo, expression: "n == 5" });
      assert.equal(await opened.go(), "breakpoint");
      assert.deepEqual([opened.head, opened.hit], [6, byValue]);
      assert.equal(await opened.go(), "breakpoint");
      assert.deepEqual([opened.head, opened.hit], [10, byLocal]);
    });

    it("at a condition that is not an expression, with the error", async () => {
      const opened = await session();
      opened.breakpoints.replaceEditorLines([{ file: "/elsewhere/not loaded.ts", line: 1, enabled: true, expression: "n >" }]);
      const id = opened.breakpoints.add({ kind: "condition", expression: "value ==" });
      assert.equal(await opened.go(), "breakpoint");
      assert.deepEqual([opened.status, opened.head, opened.hit], ["paused", 1, id]);
      assert.match(opened.breakpoints.list.find((each) => each.id === id)?.problem ?? "", /^SyntaxError/);
      opened.breakpoints.set(id, false);
      assert.equal(await opened.go(10), "step-limit");
    });

    it("when the last step of a task meets a condition, and the return counts as the first one", async () => {
      const opened = await session();
      const id = opened.breakpoints.add({ kind: "condition", expression: "value == 9" });
      assert.equal(await opened.go(), "breakpoint");
      assert.deepEqual(rest(opened), { head: 18, hit: id, status: "paused" });
      assert.equal(opened.result?.step, 18);
      assert.equal(await opened.go(3), "step-limit", "The task that is over is not picked again.");
    });

    it("when a throw ends the last task", async () => {
      const opened = await sessionOn(file, { until: "all" });
      await opened.open();
      await opened.add("thrower()");
      const id = opened.breakpoints.add({ kind: "condition", expression: `${text}(value).${endsWith}("on purpose")` });
      assert.equal(await opened.go(), "breakpoint");
      assert.deepEqual([opened.head, opened.hit], [2, id]);
    });

    it("when a step by hand of a replayed schedule meets a condition", async () => {
      const opened = await session();
      const sent = opened.breakpoints.add({ kind: "condition", expression: "value == 2" });
      const closed = opened.breakpoints.add({ kind: "condition", expression: `value == ${nothing}` });
      await opened.order.follow(`round-robin; "${upTo}(9)" "forever()"; 0 !0="5" 1 close:0 1`);
      for (const [head, hit] of [
        [2, sent],
        [4, closed],
      ]) {
        assert.equal(await opened.go(), "breakpoint");
        assert.deepEqual([opened.head, opened.hit], [head, hit]);
      }
      assert.equal(await opened.go(), "schedule-over");
    });

    it("when a condition throws, with the reason", async () => {
      const opened = await session();
      const id = opened.breakpoints.add({ kind: "condition", task: upTo, expression: wrong });
      assert.equal(await opened.go(), "breakpoint");
      assert.equal(opened.hit, id);
      assert.match(viewOf(opened).breakpoints?.[0]?.problem ?? "", /missing/);
      opened.breakpoints.set(id, false);
      assert.equal(opened.breakpoints.list[0]?.problem, undefined);
    });
  });
}

describe("breakpoints", () => {
  afterEach(stopAll);

  it("are saved as plain data, without those that the editor keeps", async () => {
    const session = await sessionWith([]);
    const { breakpoints } = session;
    breakpoints.add({ kind: "threw" });
    const off = breakpoints.add({ kind: "condition", task: "upTo", expression: "value === 3" });
    breakpoints.set(off, false);
    breakpoints.replaceEditorLines([{ file: "/a.ts", line: 3, enabled: true }]);
    const saved = JSON.parse(JSON.stringify(breakpoints.saved()));
    const other = (await sessionWith([])).breakpoints;
    other.restore(saved);
    assert.deepEqual(
      other.list.map(({ id: _, ...rest }) => rest),
      [
        { kind: "threw", enabled: true },
        { kind: "condition", task: "upTo", expression: "value === 3", enabled: false },
      ],
    );
    for (const nonsense of [undefined, "x", [{ kind: "whenever", enabled: true }]]) other.restore(nonsense);
    assert.equal(other.list.length, 2);
  });

  it("of the editor keep their numbers while their lines stay", async () => {
    const { breakpoints } = await sessionWith([]);
    breakpoints.replaceEditorLines([3, 5].map((line) => ({ file: "/a.ts", line, enabled: true })));
    const [, five] = breakpoints.list;
    breakpoints.replaceEditorLines([5, 8].map((line) => ({ file: "/a.ts", line, enabled: line === 8 })));
    assert.deepEqual(
      breakpoints.list.map(({ line, enabled }) => [line, enabled]),
      [
        [5, false],
        [8, true],
      ],
    );
    assert.equal(breakpoints.list[0]?.id, five?.id);
  });
});
