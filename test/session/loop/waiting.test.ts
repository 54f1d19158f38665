/**
 * Sessions of waiting tasks: blocking and waking, deadlocks, spawned tasks, and what is known about them in the past.
 */
import assert from "node:assert/strict";
import { join, resolve } from "node:path";
import { timelineOf } from "../../../src/session/analysis/timeline";
import { Recording } from "../../../src/session/openedRecording";
import { saveTrace } from "../../../src/session/recording/save";
import type { Session } from "../../../src/session/session";
import { rowsOf, viewOf } from "../../../src/session/view/view";
import { waitTold } from "../../../src/session/view/waiting";
import { folderWith, removeFolders } from "../../runner/folder";
import { sessionOn, stopAll, until } from "../sessions";

const program = `
  import { all, channel, event, join, mutex, sleep, spawn } from "cotasks";
  const [left, right] = [mutex("left"), mutex("right")];
  export function* ann() { yield left.acquire(); yield; yield right.acquire(); return "ann ate"; }
  export function* bob() { yield right.acquire(); yield; yield left.acquire(); return "bob ate"; }
  export function* nap(times: number) { for (let i = 0; i < times; i += 1) yield sleep(20); return times; }
  export function* longNap() { yield sleep(100_000); }
  const jobs = channel(1, "jobs");
  export function* make(n: number) { for (let i = 0; i < n; i += 1) yield jobs.put(i); }
  export function* take(n: number) { let sum = 0; for (let i = 0; i < n; i += 1) sum += yield jobs.take(); return sum; }
  function* child(n: number) { yield; return 2 * n; }
  export function* parent() { const one = yield spawn(child(1)); const two = yield spawn(child(2)); return (yield join(one)) + (yield join(two)); }
  function* slow() { for (let i = 0; i < 4; i += 1) yield; return "slow"; }
  export function* eve() { const one = yield spawn(slow()); yield left.acquire(); yield all(right.acquire(), join(one)); }
  export function* tick() { for (let i = 0; ; i += 1) yield i; }
  export function* spin() { for (let i = 0; i < 5; i += 1) yield i; }
`;

async function sessionOf(calls: readonly string[], policy = "round-robin"): Promise<Session> {
  const session = await sessionOn(join(folderWith({ "tasks.ts": program }), "tasks.ts"), { until: "all", policy });
  await session.open();
  for (const call of calls) await session.add(call);
  return session;
}

const trace = (session: Session) => rowsOf(session, 1, session.head).map(({ task, event, value }) => `${task} ${event} ${value}`);

describe("a session of waiting tasks", () => {
  afterEach(() => {
    stopAll();
    removeFolders();
  });

  it("has the waits in its timeline, and in that of the saved trace", async () => {
    const session = await sessionOf(["ann()", "bob()"]);
    await session.go();
    const question = { axis: "step" as const, from: 0, to: session.head, buckets: 100, lanes: [[0], [1]] };
    const { waits } = await timelineOf(session.run, question);
    assert.deepEqual(
      waits.map((spans) => [...spans]),
      [[5, 6], []],
    );
    const path = join(folderWith({}), "run.yieldtrace");
    await saveTrace(session, path);
    const recording = new Recording(path, "file");
    try {
      assert.deepEqual((await timelineOf(recording.run, question)).waits, waits);
    } finally {
      recording.close();
    }
  });

  it("rests at a deadlock that a return makes certain, though another task is ready, and has that return as its result", async () => {
    const session = await sessionOf(["eve()", "bob()", "tick()"]);
    assert.equal(await session.go(1_000), "deadlock");
    const last = rowsOf(session, session.head, session.head)[0];
    assert.deepEqual([last?.event, last?.value], ["returned", '"slow"']);
    assert.match(viewOf(session).notice?.message ?? "", /^Deadlock\. eve holds left and waits for right, which bob holds/);
    assert.equal(viewOf(session).result?.value, '"slow"');
  });

  it("rests at a deadlock, says who waits for whom, and knows it at every past step", async () => {
    const session = await sessionOf(["ann()", "bob()"]);
    assert.equal(await session.go(), "deadlock");
    const { waiting, tasks, notice } = viewOf(session);
    assert.equal(session.status, "paused");
    assert.match(notice?.message ?? "", /^Deadlock\. ann holds left and waits for right, which bob holds, who waits for left\./);
    assert.equal(notice?.step, 6);
    assert.deepEqual(
      waiting?.cycles.map(({ links, closedAt }) => [links.map(({ task }) => task), closedAt]),
      [[[0, 1], 6]],
    );
    assert.deepEqual(
      tasks.map(({ state, waits }) => [state, waits?.since, waits?.parts[0]?.place]),
      [
        ["blocked", 5, 1],
        ["blocked", 6, 1],
      ],
    );
    session.select(5);
    const past = viewOf(session);
    assert.deepEqual(
      past.tasks.map(({ state }) => state),
      ["blocked", "ready"],
    );
    assert.deepEqual(past.waiting?.cycles, []);
    assert.deepEqual(
      past.waiting?.resources.map(({ name, holders }) => [name, holders[0]?.task]),
      [
        ["left", 0],
        ["right", 1],
      ],
    );
    session.select(0);
    assert.equal(viewOf(session).waiting, undefined);
  });

  for (const policy of ["round-robin", "fcfs", "lifo", "random:seed=1", "fair", "pct:seed=1", "priority:ageing=5"]) {
    it(`runs to the end under ${policy}, with a reason for every step`, async () => {
      const session = await sessionOf(["make(20)", "take(20)", "parent()", "nap(2)"], policy);
      assert.equal(await session.go(), "all-finished");
      assert.equal(session.status, "finished");
      const returned = session.run.tasks.map(({ name, state }) => `${name} ${state}`);
      assert.deepEqual(
        returned,
        ["make", "take", "parent", "nap", "child", "child #2"].map((name) => `${name} returned`),
      );
      assert.deepEqual(session.calls, ["make(20)", "take(20)", "parent()", "nap(2)"]);
      const why = Array.from({ length: session.head }, (_, index) => session.why(index + 1) ?? "");
      if (policy === "round-robin") assert.deepEqual([...new Set(why)], ["next in the ring"]);
      assert.ok(
        why.every((reason) => reason !== "" && reason !== "as the schedule says"),
        why.join("\n"),
      );
    });
  }

  it("makes the same steps one at a time as in rings", async () => {
    const calls = ["make(5)", "take(5)", "parent()", "ann()"];
    const [fast, slow] = [await sessionOf(calls), await sessionOf(calls)];
    await fast.go();
    while (slow.status === "paused") await slow.step();
    assert.deepEqual(trace(slow), trace(fast));
  });

  it("names the step before which another order avoids the deadlock, as a branch there shows", async () => {
    const session = await sessionOn(resolve("media/examples/waiting/two-locks.ts"), { until: "all" });
    await session.open();
    for (const call of ["ann()", "bob()"]) await session.add(call);
    assert.equal(await session.go(), "deadlock");
    const { notice } = viewOf(session);
    // After step 3 only bob is ready, and his request closes the cycle. After step 1 ann is ready too.
    assert.deepEqual([notice?.step, notice?.branchBefore], [4, 2]);
    assert.match(notice?.remedy ?? "", /branch before step 2, in which bob got fork 2, with ann next\.$/);
    session.select(1);
    await session.branches.fork(0);
    assert.equal(await session.go(), "all-finished");
    assert.deepEqual(
      session.run.tasks.map(({ state }) => state),
      ["returned", "returned"],
    );
  });

  it("knows what a task waited for at any step, and which tasks were before it", async () => {
    const session = await sessionOf(["ann()", "ann()", "ann()"]);
    await session.go(3);
    assert.deepEqual(waitTold(session, 2, 1), ["waits for left, which ann holds, since step 2"]);
    const third = ["waits for left, which ann holds, since step 3", "Before it in the queue: ann #2."];
    assert.deepEqual(waitTold(session, 3, 2), third);
    await session.go();
    assert.deepEqual(waitTold(session, 3, 2), third);
    assert.deepEqual(waitTold(session, 3, 0), []); // it holds the lock
  });

  it("rests if no task is left that could wake the others, and says so", async () => {
    const session = await sessionOf(["take(1)", "spin()"]);
    assert.equal(await session.go(), "blocked");
    assert.match(
      viewOf(session).notice?.message ?? "",
      /^Blocked\. take waits to take from jobs, and nobody is left who could put into it\./,
    );
    assert.equal(viewOf(session).waiting?.stuck[0]?.task, 0);
  });

  it("waits while a task sleeps, and can be paused meanwhile", async () => {
    const session = await sessionOf(["longNap()"]);
    const going = session.go();
    await until(session, () => session.run.isAwaiting);
    assert.equal(viewOf(session).status, "running");
    assert.deepEqual(viewOf(session).awaits, [{ task: 0 }, { text: " " }, { text: "sleeps" }, { text: "." }]);
    await session.pause();
    assert.equal(await going, "paused");
    const step = session.step();
    await until(session, () => session.run.isAwaiting);
    assert.equal(session.shownStatus, "running");
    await session.pause();
    await step;
    assert.equal(session.head, 1);
  });

  it("follows its own schedule again, and continues from a past step in a branch", async () => {
    const session = await sessionOf(["make(5)", "take(5)", "parent()", "nap(2)"], "random:seed=5");
    await session.go();
    const before = trace(session);
    await session.order.restartSame("schedule");
    assert.equal(await session.go(), "all-finished");
    assert.equal(session.control.difference, undefined);
    assert.deepEqual(trace(session), before);
  });

  it("rejects a schedule that continues with a task that nothing wakes", async () => {
    const session = await sessionOf(["take(1)"]);
    await session.order.follow("round-robin; 0*2");
    assert.equal(await session.go(), "refused");
    assert.match(session.control.refusal?.message ?? "", /does not fit at step 2: "take" is waiting for something/);
  });

  it("is saved and opened with everything that tasks waited for", async () => {
    const session = await sessionOf(["ann()", "bob()"]);
    await session.go();
    const path = join(folderWith({}), "saved.yieldtrace");
    await saveTrace(session, path);
    const recording = new Recording(path, "file");
    try {
      assert.deepEqual(viewOf(recording).waiting?.cycles, viewOf(session).waiting?.cycles);
      assert.deepEqual(
        viewOf(recording).tasks.map(({ state }) => state),
        ["blocked", "blocked"],
      );
      for (const viewed of [session, recording]) viewed.select(4);
      assert.deepEqual(viewOf(recording).waiting, viewOf(session).waiting);
    } finally {
      recording.close();
    }
  });
});
