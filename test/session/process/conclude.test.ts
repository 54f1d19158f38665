/**
 * What a program runs besides its tasks: after their end it is waited for, or reported.
 */
import assert from "node:assert/strict";
import { resolve } from "node:path";
import type { Session } from "../../../src/session/session";
import { viewOf } from "../../../src/session/view/view";
import { sessionOn, stopAll, until } from "../sessions";

/** Longer than any program here that ends by itself takes. */
const long = 2 ** 31 - 1;

for (const [language, file, atWork] of [
  ["JavaScript", "beside.ts", "1 timer"],
  ["Python", "beside.py", "thread waiting"],
] as const) {
  describe(`a program in ${language} whose tasks have ended`, () => {
    afterEach(stopAll);

    async function finished(call: string): Promise<Session> {
      const session = await sessionOn(resolve("test/fixtures/session", file), { until: "all" });
      await session.open();
      await session.add(call);
      assert.equal(await session.go(), "all-finished");
      return session;
    }

    it("ends by itself, and what it prints until then is shown with the last step", async () => {
      const session = await finished("late()");
      assert.equal(await session.conclude(long), true);
      assert.equal(session.status, "finished");
      assert.deepEqual(session.run.output.of(2), [{ stream: "stdout", text: "from beside\n" }]);
    });

    it("is stopped if it does not end, and what is still active is reported", async () => {
      const session = await finished("forever()");
      assert.equal(await session.conclude(0), false);
      assert.deepEqual(session.run.remaining, [atWork]);
    });

    it("shows in the panel what is still active, and what that prints", async () => {
      const { message } = viewOf(await finished("forever()")).notice ?? {};
      assert.equal(message, `Still active after the last task ended: ${atWork}.`);
      const session = await finished("late()");
      await until(session, () => session.run.output.of(2).length > 0);
      assert.equal(session.run.output.of(2)[0]?.text, "from beside\n");
    });
  });
}
