/**
 * Processes that user code starts end with the session.
 */
import assert from "node:assert/strict";
import { resolve } from "node:path";
import { gone, isRunning, sessionOn, stopAll, until } from "../sessions";

const beside = resolve("test/fixtures/session/beside.ts");
const script = resolve("test/fixtures/session/children.ts");

for (const [language, file] of [
  ["JavaScript", script],
  ["Python", script.replace(/ts$/, "py")],
] as const) {
  describe(`a process that user code in ${language} started`, () => {
    afterEach(stopAll);

    before(function () {
      if (process.platform !== "linux") this.skip();
    });

    it("ends when the session is stopped", async () => {
      const session = await sessionOn(file);
      await session.open();
      await session.add("parent()");
      await session.step();
      const pid = Number(session.run.trace.at(1).value);
      assert.ok(isRunning(pid));
      session.stop();
      await gone(pid);
    });

    it("survives when a slice is interrupted, as in any debugger", async () => {
      const session = await sessionOn(file);
      await session.open();
      await session.add("parent()");
      await session.step();
      session.interrupt();
      await session.step();
      assert.equal(session.status, "paused");
      assert.ok(isRunning(Number(session.run.trace.at(2).value)));
    });

    for (const end of ["exits", "crashes", "fails"]) {
      it(`ends when the process ends by itself, even in a process group of its own: ${end}`, async () => {
        const session = await sessionOn(language === "Python" ? beside.replace(/ts$/, "py") : beside, { until: "all" });
        await session.open();
        await session.add(`${end}()`);
        await session.step();
        const child = Number(session.run.trace.at(1).value);
        let grandchild = 0;
        while (grandchild === 0) {
          await session.step();
          grandchild = Number(session.run.trace.at(session.head).value);
        }
        assert.ok(isRunning(child) && isRunning(grandchild));
        void session.go().catch(() => undefined);
        await until(session, () => session.status === "failed");
        await gone(child);
        await gone(grandchild);
      });
    }
  });
}
