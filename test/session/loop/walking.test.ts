import assert from "node:assert/strict";
import { viewOf } from "../../../src/session/view/view";
import { sessionWith, stopAll, until } from "../sessions";
import { HeldWaits } from "./heldWaits";

function cleanUp(): void {
  HeldWaits.release();
  stopAll();
}

describe("a slow run", () => {
  afterEach(cleanUp);

  it("makes a number of steps per second, and captures each", async () => {
    const session = await sessionWith(["forever()"]);
    const began = performance.now();
    const run = session.walk(50);
    await until(session, () => session.head === 6);
    // The first step is made at once, the sixth after five intervals of 20 ms.
    assert.ok(performance.now() - began >= 99);
    assert.deepEqual([session.shownStatus, viewOf(session).speed], ["running", 50]);
    await session.pause();
    assert.equal(await run, "paused");
    assert.ok(session.head <= 7);
    assert.deepEqual([session.shownStatus, viewOf(session).speed], ["paused", undefined]);
    session.select(3);
    assert.equal(viewOf(session).detail?.frames[0]?.locals[0]?.value.text, "3");
  });

  it("changes its speed immediately, even during a long wait", async () => {
    const session = await sessionWith(["forever()"]);
    const waits = new HeldWaits();
    const run = session.walk(1);
    await waits.begun();
    assert.equal(session.head, 1);
    HeldWaits.release();
    assert.equal(session.walk(100), run);
    await until(session, () => session.head === 4);
    assert.equal(viewOf(session).speed, 100);
    await session.pause();
  });

  it("is paused immediately, even during a long wait", async () => {
    const session = await sessionWith(["forever()"]);
    const waits = new HeldWaits();
    const run = session.walk(1);
    await waits.begun();
    await session.pause();
    assert.equal(await run, "paused");
    assert.equal(session.head, 1);
  });

  it("continues at full speed, and a fast one continues slowly", async () => {
    const session = await sessionWith(["forever()"]);
    const waits = new HeldWaits();
    const run = session.walk(1);
    await waits.begun();
    HeldWaits.release();
    assert.equal(session.go(), run);
    await until(session, () => session.head > 100_000);
    session.walk(20);
    await until(session, () => session.speed === 20 && !session.run.isAdvancing);
    const { head } = session;
    await until(session, () => session.head > head);
    assert.equal(session.head, head + 1);
    session.stop();
    assert.equal(await run, "stopped");
  });

  it("is paused immediately at full speed, however little the host reads from it", async () => {
    const session = await sessionWith(["forever()"]);
    session.run.share = 0.1;
    const waits = new HeldWaits();
    const run = session.go();
    for (; session.head <= 100_000; waits.end()) await waits.begun();
    await waits.begun();
    await session.pause();
    assert.equal(await run, "paused");
  });

  it("rests at a breakpoint, and at the first return", async () => {
    const session = await sessionWith(["upTo(3)", "forever()"]);
    const id = session.breakpoints.add({ kind: "resumed", task: "forever" });
    assert.equal(await session.walk(100), "breakpoint");
    assert.deepEqual([session.head, session.hit], [1, id]);
    session.breakpoints.remove(id);
    assert.equal(await session.walk(100), "first-return");
    assert.equal(session.head, 5);
  });
});

describe("running to a step", () => {
  afterEach(cleanUp);

  it("runs up to it at full speed, or shows it if it was recorded", async () => {
    const session = await sessionWith(["forever()", "forever()"]);
    assert.equal(await session.runTo(150_000), "step-limit");
    assert.equal(session.head, 150_000);
    assert.equal(await session.runTo(77), "step-limit");
    assert.deepEqual([session.cursor, session.head], [77, 150_000]);
  });
});

describe("navigation", () => {
  afterEach(cleanUp);

  it("reaches the steps of a task, across segments", async () => {
    const session = await sessionWith(["forever()", "upTo(3)", "forever()"], { until: "all" });
    await session.go(200_000);
    // upTo makes the steps 2, 5 and 8, and returns in the last one.
    session.goTo("lastOfTask", { task: 1 });
    assert.equal(session.cursor, 8);
    session.goTo("nextOfTask");
    assert.equal(session.cursor, 8);
    session.goTo("previousOfTask");
    assert.equal(session.cursor, 5);
    session.goTo("firstOfTask");
    assert.equal(session.cursor, 2);
    session.goTo("previousOfTask");
    assert.equal(session.cursor, 2);
    session.select(199_999);
    const { task } = session.run.trace.at(199_999);
    session.goTo("nextOfTask", { task: 1 - task / 2 === 1 ? 2 : 0 });
    assert.equal(session.cursor, 200_000);
    session.goTo("firstOfTask", { task });
    assert.equal(session.cursor, task === 0 ? 1 : 3);
  });
});
