import assert from "node:assert/strict";
import { resolve } from "node:path";
import { viewOf } from "../../../src/session/view/view";
import { sessionOn, stopAll, until } from "../sessions";

const programs = { JavaScript: "javascript/roundRobin.cjs", Python: "python/roundRobin.py" };

describe("a session that observes a program", () => {
  afterEach(stopAll);

  for (const [language, program] of Object.entries(programs)) {
    it(`does not rest where a task returns, and knows that it has ended, in ${language}`, async () => {
      const file = resolve("test/fixtures/observe", program);
      const session = await sessionOn(file, { observed: { arguments: [] }, until: "first" });
      await session.open();
      // Two tasks yield three times between them. The second one returns first.
      assert.equal(await session.go(4), "step-limit");
      assert.deepEqual(
        session.run.tasks.map(({ state }) => state),
        ["ready", "returned"],
      );
      assert.equal(await session.go(100), "exited");
      assert.deepEqual([session.head, session.result], [5, undefined]);
      assert.ok(session.run.tasks.every(({ state }) => state === "returned"));
    });
  }

  it("says that further tasks are not recorded, as soon as there are as many as can be", async function () {
    this.timeout(60_000);
    const session = await sessionOn(resolve("test/fixtures/observe/python/many.py"), { observed: { arguments: [] } });
    await session.open();
    await session.go(65_535);
    assert.equal(viewOf(session).notice, undefined);
    await session.go(1);
    assert.equal(viewOf(session).notice?.message, "The program has 65,536 tasks. Further ones run, but are not recorded.");
  });

  it("settles tasks that end in the middle of a chunk of steps", async () => {
    const file = resolve("test/fixtures/observe/python/mixed.py");
    const session = await sessionOn(file, { observed: { arguments: [] }, until: "first" });
    await session.open();
    assert.equal(await session.go(1_000_000), "exited");
    // Each of them ends by a return or an exception, and that is its last step.
    assert.equal(session.run.tasks.length, 40);
    const ends = new Map<number, string>();
    for (let step = 1; step <= session.head; step += 1)
      ends.set(session.run.trace.at(step).task, session.run.trace.at(step).event);
    assert.deepEqual(
      session.run.tasks.map(({ state }) => state),
      [...ends].sort(([one], [other]) => one - other).map(([, event]) => event),
    );
  });

  it("ends a program in JavaScript where it hangs, by an interrupt, keeps its trace, and can be restarted", async function () {
    this.timeout(60_000);
    const session = await sessionOn(resolve("test/fixtures/observe/javascript/hangs.cjs"), { observed: { arguments: [] } });
    await session.open();
    const run = session.go(100);
    await until(session, () => session.run.hung !== undefined);
    const hung = viewOf(session).notice;
    assert.match(
      hung?.message ?? "",
      /^hanging has been running for \d+ s without returning control, now in hanging at hangs\.cjs:3\.$/,
    );
    assert.deepEqual(hung?.actions, ["interrupt", "stop"]);
    session.interrupt();
    assert.equal(await run, "exited");
    const steps = [1, 2].map((step) => session.run.trace.at(step));
    assert.deepEqual([session.head, ...steps.map(({ event }) => event)], [2, "yielded", "threw"]);
    const { message = "", remedy, detail } = viewOf(session).notice ?? {};
    assert.match(message, /^Interrupted after \d+\.\d s \(hangs\.cjs:3\)$/);
    assert.equal(remedy, "The program has ended with exit code 1. Nobody has caught this exception.");
    assert.match(detail ?? "", /^at hanging \(.*hangs\.cjs:3\)\nat Object\.<anonymous> \(.*hangs\.cjs:7\)$/);
    await session.restart();
    await session.go(1);
    assert.deepEqual([session.head, session.status], [1, "paused"]);
  });
});
