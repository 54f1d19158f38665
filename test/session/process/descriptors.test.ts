/**
 * User code that closes the runner's wire: the session fails, with the reason.
 */
import assert from "node:assert/strict";
import { resolve } from "node:path";
import type { Session } from "../../../src/session/session";
import { viewOf } from "../../../src/session/view/view";
import { sessionOn, stopAll, until } from "../sessions";

const script = resolve("test/fixtures/session/descriptors.ts");

/** A session whose task closes one descriptor, or all from a number on, in its second step. */
async function closing(file: string, call: string): Promise<Session> {
  const session = await sessionOn(file, { until: "all" });
  await session.open();
  await session.add(call);
  await session.step();
  return session;
}

async function failsWithinThreeSteps(session: Session): Promise<void> {
  const steps = [session.step(), session.step(), session.step()];
  await until(session, () => session.status === "failed");
  await Promise.allSettled(steps);
  assert.match(viewOf(session).notice?.message ?? "", /^The program closed file descriptor .* trace up to step \d can still/);
}

describe("user code in JavaScript that closes the wire", () => {
  afterEach(stopAll);

  for (const descriptor of [3, 4]) {
    it(`fails the session when it closes descriptor ${descriptor}`, async () => {
      await failsWithinThreeSteps(await closing(script, `closes(${descriptor})`));
    });
  }
});

describe("user code in Python that closes the wire", () => {
  afterEach(stopAll);

  const file = script.replace(/ts$/, "py");
  for (const descriptor of [3, 4]) {
    it(`does not find it by the number ${descriptor}`, async () => {
      const session = await closing(file, `closes(${descriptor})`);
      await session.go();
      assert.deepEqual([session.status, session.run.trace.at(2).value, session.head], ["finished", "'after'", 4]);
    });
  }

  it("fails the session when it closes all descriptors", async () => {
    await failsWithinThreeSteps(await closing(file, "closes_all()"));
  });
});
