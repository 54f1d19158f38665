import assert from "node:assert/strict";
import * as v from "valibot";
import { View } from "../../src/protocol/panel";
import { SessionStateError, UserCodeError } from "../../src/session/common/errors";
import type { Session } from "../../src/session/session";
import { rowsOf, viewOf } from "../../src/session/view/view";
import { sessionWith, stopAll, until } from "./sessions";

/** The tasks that ran, in order. */
function order(session: Session): number[] {
  return session.run.trace.window(1, session.head).map(({ task }) => task);
}

function values(session: Session): string[] {
  return session.run.trace.window(1, session.head).map(({ value }) => value);
}

/** The view, which must match the panel's schema. */
function seen(session: Session): View {
  return v.parse(View, structuredClone(viewOf(session)));
}

describe("a session", () => {
  afterEach(stopAll);

  it("waits before step 1 with its tasks in order", async () => {
    const session = await sessionWith(["forever()", "upTo(2)", "forever()"]);
    const { status, head, next, tasks } = seen(session);
    assert.deepEqual({ status, head, next }, { status: "paused", head: 0, next: 0 });
    assert.deepEqual(
      tasks.map(({ name, state }) => `${name} ${state}`),
      ["forever created", "upTo created", "forever #2 created"],
    );
  });

  it("steps its tasks in turn", async () => {
    const session = await sessionWith(["forever()", "upTo(9)"]);
    for (let step = 0; step < 4; step += 1) await session.step();
    assert.deepEqual(order(session), [0, 1, 0, 1]);
    assert.deepEqual(values(session), ["{turn: 0}", "1", "{turn: 1}", "2"]);
    assert.equal(seen(session).detail?.value?.text, "2");
  });

  it("counts every click, however fast they come", async () => {
    const session = await sessionWith(["forever()"]);
    await Promise.all(Array.from({ length: 25 }, () => session.step()));
    assert.equal(session.head, 25);
    assert.equal(session.status, "paused");
  });

  it("pauses at the first return, and continues with the other tasks", async () => {
    const session = await sessionWith(["upTo(3)", "upTo(5)"]);
    assert.equal(await session.go(), "first-return");
    assert.deepEqual(seen(session).result, { task: 0, step: 5, value: "3" });
    assert.equal(session.status, "paused");
    assert.equal(await session.go(), "all-finished");
    assert.equal(session.status, "finished");
    assert.equal(session.result?.value, "3");
    assert.equal(await session.go(), "all-finished");
  });

  it("is finished when the only task returns", async () => {
    const session = await sessionWith(["upTo(2)"]);
    assert.equal(await session.go(), "first-return");
    assert.equal(session.status, "finished");
  });

  it("runs until all tasks have ended, errors included, if requested", async () => {
    const session = await sessionWith(["upTo(3)", "thrower()", "upTo(4)"], { until: "all" });
    assert.equal(await session.go(), "all-finished");
    assert.deepEqual(
      seen(session).tasks.map(({ state, value }) => `${state} ${value}`),
      ["returned 3", "threw TypeError: on purpose", "returned 4"],
    );
  });

  it("pauses when a task throws, and the others can continue", async () => {
    const session = await sessionWith(["thrower()", "upTo(9)"]);
    assert.equal(await session.go(), "threw");
    assert.equal(session.run.trace.at(session.head).event, "threw");
    assert.equal(await session.go(2), "step-limit");
    assert.deepEqual(order(session).slice(-2), [1, 1]);
  });

  it("runs a given number of steps", async () => {
    const session = await sessionWith(["forever()", "forever()", "forever()"]);
    assert.equal(await session.go(100_000), "step-limit");
    assert.equal(session.head, 100_000);
  });

  it("pauses a run, adds a task, and continues", async () => {
    const session = await sessionWith(["forever()"]);
    const run = session.go();
    await until(session, () => session.head > 0);
    await session.add("forever()");
    assert.equal(await run, "paused");
    const before = session.head;
    await session.go(4);
    // The old task has waited longest when the new one is added, so it is next.
    assert.deepEqual(order(session).slice(before), [0, 1, 0, 1]);
    assert.equal(session.run.added[1]?.step, before);
  });

  it("gives the same result to two callers that start a run", async () => {
    const session = await sessionWith(["upTo(3)", "upTo(5)"]);
    assert.deepEqual(await Promise.all([session.go(), session.go()]), ["first-return", "first-return"]);
    assert.equal(session.head, 5);
  });

  it("continues after a call that does not return a generator", async () => {
    const session = await sessionWith(["upTo(3)"]);
    for (const call of ["noGenerator()", "missing()", "upTo("]) await assert.rejects(session.add(call), UserCodeError);
    assert.deepEqual(session.calls, ["upTo(3)"]);
    assert.equal(await session.go(), "first-return");
  });

  it("pauses when its trace is too large, and says so", async () => {
    const session = await sessionWith(["forever()"], { maxTraceBytes: 3_000_000 });
    assert.equal(await session.go(), "trace-full");
    assert.equal(session.status, "paused");
    assert.match(seen(session).notice?.message ?? "", /3 MB/);
    assert.equal(session.run.trace.at(1).value, "{turn: 0}");
    const full = session.head;
    assert.equal(await session.order.throwInto(0, "1"), "trace-full");
    assert.equal(await session.order.close(0), "trace-full");
    assert.equal(session.head, full);
    Object.assign(session.options, { maxTraceBytes: 6_000_000 });
    assert.equal(await session.go(1_000), "step-limit");
  });

  it("pauses once when no more output can be kept, says so, and continues", async () => {
    // 64 thousand characters per step: 32 MB are full after some 500 steps.
    const session = await sessionWith(["chatters(60000)"]);
    assert.equal(await session.go(), "output-full");
    assert.equal(session.status, "paused");
    const { lostFrom = 0 } = session.run.output;
    assert.ok(lostFrom > 500 && lostFrom <= session.head, `${lostFrom}`);
    session.markStale();
    const notice = seen(session).notice;
    assert.match(notice?.message ?? "", new RegExp(`paused.*32 MB.* from step ${lostFrom} on is not kept`));
    assert.deepEqual(notice?.actions, ["restart"]);
    session.select(lostFrom - 1);
    assert.match(seen(session).detail?.output[0]?.text ?? "", new RegExp(`^${lostFrom - 1}\\.`));
    assert.equal(seen(session).detail?.outputLostFrom, undefined);
    assert.deepEqual(
      rowsOf(session, lostFrom - 1, 2).map(({ outputLost = false }) => outputLost),
      [false, true],
    );
    session.select(lostFrom);
    const { detail } = seen(session);
    assert.deepEqual([detail?.output, detail?.outputLostFrom], [[], lostFrom]);
    const full = session.head;
    assert.equal(await session.go(200), "step-limit");
    assert.equal(session.head, full + 200);
    assert.equal(session.run.trace.at(full + 200).value, `${full + 200}`);
    await session.restart();
    assert.equal(seen(session).notice, undefined);
    assert.equal(await session.go(), "output-full");
  });

  it("assigns output to the step that printed it", async () => {
    const session = await sessionWith(['prints("a\\nb")', "upTo(3)"], { until: "all" });
    await session.go();
    assert.deepEqual(session.run.output.of(1), [{ stream: "stdout", text: "a\nb\n" }]);
    assert.deepEqual(session.run.output.of(2), []);
    assert.deepEqual(session.run.output.of(3), [{ stream: "stderr", text: "a\nb\n" }]);
    assert.equal(rowsOf(session, 1, 1)[0]?.output, "a\nb");
    const printed = { task: 0, text: "a\nb\n" };
    const first = { ...printed, step: 1, stream: "stdout" };
    assert.deepEqual(seen(session).detail?.soFar?.pieces, [first, { ...printed, step: 3, stream: "stderr" }]);
    session.select(2);
    assert.deepEqual(seen(session).detail?.soFar, { pieces: [first] });
  });
});

describe("the past", () => {
  afterEach(stopAll);

  it("is shown as it was", async () => {
    const session = await sessionWith(["upTo(3)", "thrower()"], { until: "all" });
    for (let step = 0; step < 4; step += 1) await session.step();
    const live = seen(session);
    session.select(2);
    const past = seen(session);
    assert.deepEqual({ head: past.head, cursor: past.cursor, next: past.next }, { head: 4, cursor: 2, next: 0 });
    assert.deepEqual(
      past.tasks.map(({ state, value, steps }) => `${state} ${value} ${steps}`),
      ["ready 1 1", 'ready "soon" 1'],
    );
    assert.ok(past.tasks[1]?.stack[0]?.line);
    session.select(0);
    assert.deepEqual(
      seen(session).tasks.map(({ state }) => state),
      ["created", "created"],
    );
    session.select(99);
    assert.deepEqual(seen(session), live);
  });

  it("does not show a task before it was added", async () => {
    const session = await sessionWith(["forever()"]);
    await session.step();
    await session.add("upTo(3)");
    await session.step();
    session.select(1);
    assert.equal(seen(session).tasks.length, 2);
    session.select(0);
    assert.equal(seen(session).tasks.length, 1);
  });

  it("keeps the values captured then, although the objects have changed", async () => {
    const session = await sessionWith(["forever()"]);
    await session.step();
    await session.step();
    session.select(1);
    const { detail } = seen(session);
    assert.equal(detail?.value?.text, "{turn: 0}");
    const { properties } = await session.run.inspections.expand(detail.value.handle ?? -1, 0);
    assert.deepEqual(
      properties.map(({ name, value }) => `${name} ${value.text}`),
      ["turn 0", "[[Prototype]] Object"],
    );
  });

  it("is left when a task is added", async () => {
    const session = await sessionWith(["forever()"]);
    await session.go(5);
    session.select(2);
    await session.add("upTo(3)");
    assert.deepEqual([session.cursor, seen(session).tasks.length], [5, 2]);
  });

  it("can be stepped through up to the head, and beyond", async () => {
    const session = await sessionWith(["forever()"]);
    await session.go(5);
    session.select(3);
    await session.step();
    assert.deepEqual([session.cursor, session.head], [4, 5]);
    await Promise.all([session.step(), session.step()]);
    assert.deepEqual([session.cursor, session.head], [6, 6]);
  });

  it("is left when the run continues", async () => {
    const session = await sessionWith(["forever()"]);
    await session.go(5);
    session.select(2);
    await session.go(2);
    assert.deepEqual([session.cursor, session.head], [7, 7]);
  });

  it("shows no flickering status during steps by hand", async () => {
    const session = await sessionWith(["forever()"]);
    const shown = new Set<string>();
    session.onChange(() => shown.add(session.shownStatus));
    await session.step();
    assert.deepEqual([...shown], ["paused"]);
  });
});

describe("a stopped session", () => {
  afterEach(stopAll);

  it("can only be read and restarted", async () => {
    const session = await sessionWith(["forever()", "upTo(99)"]);
    await session.go(7);
    session.stop();
    assert.equal(seen(session).status, "stopped");
    assert.equal(rowsOf(session, 1, 99).length, 7);
    await assert.rejects(session.step(), SessionStateError);
    await assert.rejects(session.add("forever()"), SessionStateError);
    await session.restart();
    assert.deepEqual({ status: session.status, head: session.head }, { status: "paused", head: 0 });
    await session.go(4);
    assert.deepEqual(order(session), [0, 1, 0, 1]);
  });

  it("ends the run in progress", async () => {
    const session = await sessionWith(["forever()"]);
    const run = session.go();
    await until(session, () => session.head > 0);
    session.stop();
    assert.equal(await run, "stopped");
    assert.equal(session.status, "stopped");
    assert.equal(session.failure, undefined);
  });

  it("may be restarted during a run, with clicks that still wait", async () => {
    // It makes an unknown number of steps before the restart.
    const session = await sessionWith(["forever()"], { maxTraceBytes: Number.POSITIVE_INFINITY });
    const clicks = Array.from({ length: 3 }, () => session.step());
    const run = session.go();
    await session.restart();
    await Promise.all(clicks);
    assert.equal(await run, "stopped");
    assert.deepEqual(
      { status: session.status, head: session.head, failure: session.failure },
      { status: "paused", head: 0, failure: undefined },
    );
  });
});
