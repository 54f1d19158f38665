/**
 * A watch in Python that loops inside a function written in C: signals have no effect on it, and the interpreter's other threads do
 * not run meanwhile.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { viewOf } from "../../../src/session/view/view";
import { folderWith, removeFolders } from "../../runner/folder";
import { sessionOn, stopAll, until } from "../sessions";

const endless = "sum(iter(int, 1))";

describe("a watch that cannot be interrupted", () => {
  afterEach(() => {
    stopAll();
    removeFolders();
  });

  for (const how of ["restart", "stop"] as const) {
    it(`is reported, and skipped after a ${how}; steps and other watches continue without it`, async () => {
      const file = join(folderWith({ "tasks.py": "def counts():\n    for n in range(9):\n        yield n\n" }), "tasks.py");
      const session = await sessionOn(file);
      await session.open();
      await session.add("counts()");
      session.watches.add("n + 1");
      await session.step();
      session.watches.add(endless);
      await until(session, () => session.run.hung !== undefined);
      const { notice } = viewOf(session);
      assert.match(
        notice?.message ?? "",
        /^The watched expression sum\(iter\(int, 1\)\) has been running for \d+ s without returning control/,
      );
      assert.deepEqual(notice?.actions, ["skipWatch", "restart", "stop"]);
      if (how === "stop") session.stop();
      await session.restart();
      assert.equal(session.watches.isStopped(endless), true);
      await session.step();
      assert.deepEqual(session.run.trace.at(1).value, "0");
      const [other, left] = viewOf(session).watches ?? [];
      assert.deepEqual([other?.text, left?.expression, left?.stopped], ["1", endless, true]);
      session.watches.remove(endless);
      assert.deepEqual(session.watches.list, ["n + 1"]);
      await session.step();
    });
  }
});
