/**
 * Tasks whose generators were resumed by the user's own code before: they are suspended from the start.
 */
import assert from "node:assert/strict";
import { join, resolve } from "node:path";
import { Recording } from "../../../src/session/openedRecording";
import { saveTrace } from "../../../src/session/recording/save";
import { outcomeOf } from "../../../src/session/view/scheduleOutcome";
import { viewOf } from "../../../src/session/view/view";
import type { Viewed } from "../../../src/session/view/viewed";
import { folderWith, removeFolders } from "../../runner/folder";
import { sessionOn, stopAll } from "../sessions";

const script = resolve("test/fixtures/runner/javascript/primed.ts");
const languages = [
  ["JavaScript", script],
  ["Python", script.replaceAll("javascript", "python").replace(/ts$/, "py")],
] as const;

const states = (viewed: Viewed) => viewOf(viewed).tasks.map(({ state, stack }) => `${state} in ${stack[0]?.function}`);

for (const [language, file] of languages) {
  describe(`tasks that were resumed before, in ${language}`, () => {
    afterEach(() => {
      stopAll();
      removeFolders();
    });

    it("are shown, saved and exported as suspended where they are", async () => {
      const session = await sessionOn(file);
      await session.open();
      for (const call of ["echo()", "outer()", "fresh()"]) await session.add(call);
      const expected = ["ready in echo", "ready in inner", "created in fresh"];
      assert.deepEqual(states(session), expected);
      const { tasks } = await outcomeOf(session);
      assert.deepEqual(
        Object.values(tasks).map(({ state }) => state),
        ["ready", "ready", "created"],
      );
      const path = join(folderWith({}), "saved.yieldtrace");
      await saveTrace(session, path);
      const recording = new Recording(path, "file");
      assert.deepEqual(states(recording), expected);
      assert.deepEqual((await outcomeOf(recording)).tasks, tasks);
      recording.close();
    });

    it("can be sent a value in the first step, also in a branch", async () => {
      const session = await sessionOn(file);
      await session.open();
      for (const call of ["echo()", "fresh()"]) await session.add(call);
      await session.order.pick(0, "7");
      await session.step();
      assert.equal(session.run.trace.at(1).value, "7");
      session.select(0);
      await session.branches.fork(0, "8");
      assert.equal(session.run.trace.at(1).value, "8");
    });
  });
}
