/**
 * Actions on a session while a policy in a file is asked for the next task.
 */
import assert from "node:assert/strict";
import { join, resolve } from "node:path";
import { scheduleTextOf } from "../../../src/session/order/scheduleExport";
import type { Session } from "../../../src/session/session";
import { rowsOf, viewOf } from "../../../src/session/view/view";
import { sessionOn, stopAll } from "../sessions";
import { policyFolder, type Reply, removeAsked, writeAsked } from "./askedPolicies";

const script = resolve("test/fixtures/session/order.ts");

/** A session of two tasks whose policies are files that the test answers. */
async function sessionAsking(replies: { readonly [file: string]: Reply }): Promise<Session> {
  const { path, files } = policyFolder();
  for (const [file, reply] of Object.entries(replies)) await writeAsked(join(path, file), reply);
  const policy = Object.keys(replies)[0] ?? "";
  const session = await sessionOn(script, { until: "all", policy, policyFiles: files });
  await session.open();
  for (const call of ["counts(50)", "counts(50)"]) await session.add(call);
  return session;
}

const picksOf = (session: Session) => rowsOf(session, 1, session.head).map(({ task }) => task);

describe("while a policy in a file is being asked", () => {
  afterEach(() => {
    stopAll();
    removeAsked();
  });

  it("a task that is held back does not run, although it was ready when the question was sent", async () => {
    const asked: (readonly number[])[] = [];
    const session: Session = await sessionAsking({
      "mine.js": async (step, ready) => {
        if (step === 3) asked.push(ready);
        if (step === 3 && asked.length === 1) await session.order.hold(0);
        return ready[0] ?? 0;
      },
    });
    assert.equal(await session.go(6), "step-limit");
    assert.deepEqual(asked, [[0, 1], [1]]);
    // Its first answer for step 3 was task 0, which is held back by then, so it is asked again with task 1 alone.
    assert.deepEqual(picksOf(session), [0, 1, 1, 1, 1, 1]);
    const text = await scheduleTextOf(session.run);
    assert.match(text, /^mine\.js; .*; 0 1 hold:0 1\*4$/);
    await session.order.follow(text);
    assert.equal(await session.go(), "schedule-over");
    assert.equal(await scheduleTextOf(session.run), text);
  });

  it("a task that is released counts: the policy is asked again", async () => {
    const session: Session = await sessionAsking({
      "mine.js": async (step, ready) => {
        if (step === 3 && ready.length === 1) await session.order.release(1);
        return ready.at(-1) ?? 0;
      },
    });
    await session.order.hold(1);
    await session.go(3);
    // From its release on, task 1 waits at the tail.
    assert.deepEqual(picksOf(session), [0, 0, 1]);
  });

  it("the run rests if every task is held back", async () => {
    const session: Session = await sessionAsking({
      "mine.js": async (step, ready) => {
        if (step === 3) for (const task of ready) await session.order.hold(task);
        return ready[0] ?? 0;
      },
    });
    assert.equal(await session.go(), "held");
    assert.equal(session.head, 2);
  });

  it("another policy file can be chosen, and the run continues with it", async () => {
    const session: Session = await sessionAsking({
      "mine.js": async (step, [first = 0]) => {
        if (step === 3) await session.order.setPolicy("other.js");
        return first;
      },
      "other.js": (_, ready) => ready.at(-1) ?? 0,
    });
    assert.equal(await session.go(6), "step-limit");
    // Task 1 ran last before step 3, so it is at the tail, and stays there.
    assert.deepEqual(picksOf(session), [0, 1, 1, 1, 1, 1]);
    assert.match(await scheduleTextOf(session.run), /^mine\.js; .*; 0 1 policy="other\.js" 1\*4$/);
  });

  it("a built-in policy can be chosen as well", async () => {
    const session: Session = await sessionAsking({
      "mine.js": async (step, [first = 0]) => {
        if (step === 3) await session.order.setPolicy("lifo");
        return first;
      },
    });
    assert.equal(await session.go(5), "step-limit");
    assert.deepEqual(picksOf(session), [0, 1, 1, 1, 1]);
  });

  it("a stop ends the run immediately", async () => {
    const session: Session = await sessionAsking({
      "mine.js": (step, [first = 0]) => {
        if (step === 3) session.stop();
        return first;
      },
    });
    assert.equal(await session.go(), "stopped");
    assert.deepEqual([session.status, session.head], ["stopped", 2]);
  });

  it("a pause takes effect when the answer arrives, however many picks it has", async () => {
    const session: Session = await sessionAsking({
      "mine.js": async (step, [first = 0]) => {
        if (step === 3) void session.pause();
        return step < 3 ? first : new Array(40).fill(first);
      },
    });
    assert.equal(await session.go(), "paused");
    assert.deepEqual([session.status, session.head, viewOf(session).next], ["paused", 2, 0]);
    assert.equal(await session.go(5), "step-limit");
  });
});
