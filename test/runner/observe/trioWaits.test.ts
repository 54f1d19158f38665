// What tasks of trio wait for. trio resumes tasks in a random order, so the rows of each task are looked at by themselves.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { endAll } from "../starting";
import { observe, observersOf, toTheEnd } from "./observing";
import { waitRows } from "./waitRows";

for (const runner of observersOf("python")) {
  describe(`${runner.name} runner, tasks of trio that wait`, () => {
    before(function () {
      const [interpreter = ""] = runner.command;
      if (spawnSync(interpreter, ["-c", "import trio"]).status !== 0) this.skip();
    });

    afterEach(endAll);

    it("for a lock and who holds it, an event, a channel, a time, and for the tasks of a nursery", async () => {
      const client = await observe(runner, "trioTasks");
      assert.equal((await toTheEnd(client)).code, 0);
      const rows = waitRows(client).map((row) => row.replace(/^\d+ /, ""));
      const of = (task: string) => rows.filter((row) => row.startsWith(`${task} `) && !row.endsWith(" wake"));
      // That it holds the lock is told when somebody waits for it. It waits for the event before and after.
      assert.deepEqual(of("holder"), [
        "holder blockEvent opened",
        "holder grant lock",
        "holder blockEvent opened",
        "holder free lock",
      ]);
      assert.deepEqual(of("next_holder").slice(0, 2), ["next_holder blockAcquire lock", "next_holder grant lock"]);
      assert.match(of("doorman")[0] ?? "", /^doorman blockSleep \d/);
      assert.deepEqual(of("receiver")[0], "receiver blockTake channel 1");
      const joins = of("main").filter((row) => row.includes("blockJoin"));
      assert.deepEqual(joins.sort(), [
        "main blockJoin doorman",
        "main blockJoin holder",
        "main blockJoin next_holder",
        "main blockJoin receiver",
        "main blockJoin sender",
      ]);
    });
  });
}
