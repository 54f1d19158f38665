/** What the user decides about the functions of an observed program. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import * as v from "valibot";
import type { Decisions } from "../../../src/core/decisions";
import { View } from "../../../src/protocol/panel";
import { Recording } from "../../../src/session/openedRecording";
import { saveTrace } from "../../../src/session/recording/save";
import type { Session } from "../../../src/session/session";
import { viewOf } from "../../../src/session/view/view";
import type { Viewed } from "../../../src/session/view/viewed";
import { sessionOn, stopAll } from "../sessions";

/** The view, which must match the panel's schema. */
function seen(session: Viewed): View {
  return v.parse(View, structuredClone(viewOf(session)));
}

function taskNames(session: Viewed): string[] {
  return seen(session).tasks.map(({ name }) => name);
}

for (const [language, extension] of [
  ["javascript", "cjs"],
  ["python", "py"],
] as const) {
  const file = resolve("test/fixtures/observe", language, `counting.${extension}`);
  /** `walk` resumes the first `work` in its slices; nobody but loops resumes `leaf`. */
  const usual = ["walk", "outer", "work", "main"];

  describe(`functions of an observed program in ${language}`, () => {
    afterEach(stopAll);

    async function observed(functions?: Decisions): Promise<Session> {
      const session = await sessionOn(file, { observed: { arguments: [], ...(functions ? { functions } : {}) } });
      await session.open();
      return session;
    }

    async function toTheEnd(session: Session): Promise<void> {
      while (session.status !== "finished") await session.go();
    }

    it("are those of tasks and those that were iterated over, until somebody decides", async () => {
      const session = await observed();
      await toTheEnd(session);
      assert.deepEqual(taskNames(session), usual);
      assert.deepEqual(seen(session).functions, { decided: {}, iterated: ["leaf"], isChanged: false });
    });

    it("count as decided from the next restart on, and as usual again when that is undone", async () => {
      const session = await observed();
      await toTheEnd(session);
      session.decided.set("walk", "never");
      session.decided.set("leaf", "always");
      assert.deepEqual(taskNames(session), usual, "the run that is shown remains what it was");
      const decided = { walk: "never", leaf: "always" } as const;
      assert.deepEqual(seen(session).functions, { decided, iterated: ["leaf"], isChanged: true });
      await session.restart();
      await toTheEnd(session);
      assert.deepEqual(taskNames(session), ["work", "outer", "leaf", "leaf #2", "leaf #3", "leaf #4", "work #2", "main"]);
      assert.deepEqual(seen(session).functions, { decided, iterated: [], isChanged: false });
      session.decided.set("walk");
      session.decided.set("leaf");
      assert.equal(seen(session).functions?.isChanged, true);
      await session.restart();
      await toTheEnd(session);
      assert.deepEqual(taskNames(session), usual);
    });

    it("count as remembered, if that is known before the program is loaded", async () => {
      const session = await sessionOn(file, { observed: { arguments: [] } });
      session.decided.restore({ walk: "never" });
      await session.open();
      await session.step();
      assert.deepEqual(taskNames(session), ["work"]);
      assert.equal(seen(session).functions?.isChanged, false);
    });

    it("are told in the trace, and count the same way when its steps are rebuilt", async () => {
      const session = await observed({ walk: "never", leaf: "always" });
      await toTheEnd(session);
      session.select(5);
      await session.rebuild();
      assert.ok((seen(session).detail?.frames.length ?? 0) > 0, "the replay has found the same steps");
      const folder = await mkdtemp(join(tmpdir(), "yieldpoint-"));
      const path = join(folder, "counting.yieldtrace");
      await saveTrace(session, path);
      const recording = new Recording(path, "file");
      assert.deepEqual(seen(recording).functions?.decided, { walk: "never", leaf: "always" });
      recording.close();
      await rm(folder, { recursive: true });
    });
  });
}
