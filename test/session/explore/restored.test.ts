// What a search has found survives the end of its process: in the file of the session, and from there in the next session.

import assert from "node:assert/strict";
import { appendFileSync, cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { usualVirtualTime } from "../../../src/core/virtualTime";
import type { SearchState } from "../../../src/protocol/exploration";
import { Recording } from "../../../src/session/openedRecording";
import { adopt } from "../../../src/session/recording/orphanedFiles";
import type { Session } from "../../../src/session/session";
import { viewOf } from "../../../src/session/view/view";
import type { Viewed } from "../../../src/session/view/viewed";
import { exploredFile } from "../../runner/explore/programs";
import { sessionOn, stopAll, until } from "../sessions";

const calls = ["deposit()", "deposit()"];

for (const extension of [".ts", ".py"]) {
  describe(`the outcomes of a ${extension} file after a reload of the window`, () => {
    let folder: string;
    let file: string;
    let session: Session;
    beforeEach(async () => {
      folder = mkdtempSync(join(tmpdir(), "yieldpoint-restored-"));
      file = join(folder, `lostUpdate${extension}`);
      cpSync(exploredFile({ extension }, "lostUpdate"), file);
      session = await kept();
    });
    afterEach(() => {
      stopAll();
      rmSync(folder, { recursive: true });
    });

    async function kept(): Promise<Session> {
      const made = await sessionOn(file, { storage: folder, traceFile: "kept", until: "all" });
      await made.open();
      for (const call of calls) await made.add(call);
      return made;
    }

    const explore = () => session.exploration.explore({ check: "account == 2" });
    const searchOf = (viewed: Viewed): SearchState | undefined => viewOf(viewed).exploring?.search;
    const pathOf = () => join(folder, session.run.file.name ?? "no file");

    /** Reads what the process would leave behind if it ended now. */
    function crashed<T>(read: (recording: Recording) => T): T {
      const recording = new Recording(pathOf(), "reload");
      try {
        return read(recording);
      } finally {
        recording.close();
      }
    }

    /** Ends the session as a reload of the window does, and opens what it has left. */
    function reloaded(): Recording {
      session.checkpoint();
      const name = basename(pathOf());
      session.leave();
      return new Recording(adopt(folder, name) ?? assert.fail("nothing is left"), "reload");
    }

    /** The same tasks in another session, with what was found before. */
    async function restarted({ exploration }: Recording): Promise<Session> {
      const next = await kept();
      next.exploration.resume(exploration ?? assert.fail("nothing was found"));
      return next;
    }

    const failing = (viewed: Viewed) => searchOf(viewed)?.outcomes.find((each) => each.failing)?.id ?? assert.fail("none fails");

    it("are there again, with the claim as it was, even if no step was made, and after a crash", async () => {
      session.watches.add("account");
      await explore();
      session.checkpoint();
      const { rate: _, graph: __, ...found } = searchOf(session) ?? assert.fail("nothing was found");
      assert.equal(found.says[0], "All 20 orders.");
      const restored = { ...found, rate: 0, restored: true as const };
      assert.deepEqual(crashed(searchOf), restored);
      const recording = reloaded();
      assert.deepEqual(viewOf(recording).exploring, {
        check: "account == 2",
        invariant: "",
        policy: "round-robin",
        strategy: "",
        search: restored,
      });
      session = await restarted(recording);
      assert.deepEqual(searchOf(session), restored);
      assert.equal(session.exploration.asked.check, "account == 2");
      // And once more.
      const again = reloaded();
      assert.deepEqual(searchOf(again), restored);
      for (const each of [recording, again]) each.close();
    });

    it("are of the last search, and none after it was discarded", async () => {
      await explore();
      session.checkpoint();
      await session.exploration.explore({ check: "account == 1" });
      session.checkpoint();
      assert.equal(crashed(searchOf)?.check, "account == 1");
      session.exploration.dismiss();
      session.checkpoint();
      assert.deepEqual(
        crashed((recording) => [searchOf(recording), recording.missing]),
        [undefined, undefined],
      );
      const before = session.run.file.bytes;
      session.checkpoint();
      assert.equal(session.run.file.bytes, before);
    });

    it("are written once the search rests, and so far as they are found when the window is reloaded", async () => {
      const over = session.exploration.explore({ check: "account == 2", strategy: "random" });
      await until(session, () => (searchOf(session)?.tried ?? 0) > 0);
      session.checkpoint();
      assert.equal(crashed(searchOf), undefined);
      session.exploration.pause();
      session.checkpoint();
      assert.equal(crashed(searchOf)?.status, "cancelled");
      session.exploration.goOn();
      const recording = reloaded();
      await over;
      assert.equal(searchOf(recording)?.status, "cancelled");
      assert.ok((searchOf(recording)?.tried ?? 0) > 0);
      recording.close();
    });

    it("are kept whatever is shown: a witness, and a run that was restarted", async () => {
      await explore();
      await session.exploration.open(failing(session));
      session.checkpoint();
      assert.equal(crashed(searchOf)?.tried, 20);
      // The witness ran under virtual time, and the session does not.
      assert.deepEqual(
        crashed((recording) => [recording.run.virtualTime, recording.virtualTime]),
        [usualVirtualTime, undefined],
      );
      await session.restart();
      session.checkpoint();
      assert.equal(crashed(searchOf)?.tried, 20);
    });

    it("can be opened as branches, and as tests, by the next session", async () => {
      await explore();
      const recording = reloaded();
      session = await restarted(recording);
      const id = failing(session);
      await session.exploration.open(id);
      assert.deepEqual([session.shownStatus, session.branches.list.length], ["finished", 3]);
      assert.equal((await session.run.evaluate("account")).text, "1");
      const framework = extension === ".py" ? "pytest" : "node";
      // The program exports nothing. What a test imports is tested elsewhere.
      const find = () => (extension === ".py" ? undefined : () => ({ imports: [], missing: [] }));
      const test = await session.exploration.test(id, framework, find);
      assert.equal(await recording.exploration?.test(id, framework, find), test);
      assert.match(test, /picks(:|=) ?\[[01, ]{16}\]/);
      await session.exploration.makeStates();
      assert.throws(() => session.exploration.states, /There is no graph of states/);
      recording.close();
    });

    it("are of an earlier text if the file has changed, whoever changed it, and cannot be opened then", async () => {
      await explore();
      const comment = extension === ".py" ? "# changed\n" : "// changed\n";
      appendFileSync(file, comment);
      await assert.rejects(session.exploration.open(failing(session)), /earlier text/);
      assert.equal(searchOf(session)?.outdated, "file");
      cpSync(exploredFile({ extension }, "lostUpdate"), file);
      await session.restart();
      await explore();
      assert.equal(searchOf(session)?.outdated, undefined);
      session.checkpoint();
      assert.equal(crashed(searchOf)?.outdated, undefined);
      appendFileSync(file, comment);
      const recording = reloaded();
      assert.equal(searchOf(recording)?.outdated, "file");
      session = await restarted(recording);
      assert.equal(searchOf(session)?.outdated, "file");
      await assert.rejects(session.exploration.open(failing(session)), /earlier text of the file/);
      recording.close();
    });

    it("are of the text that was explored, not of the one that the session runs", async () => {
      appendFileSync(file, extension === ".py" ? "# changed\n" : "// changed\n");
      session.markStale();
      await explore();
      const recording = reloaded();
      assert.equal(searchOf(recording)?.outdated, undefined);
      recording.markStale();
      assert.equal(searchOf(recording)?.outdated, "file");
      recording.close();
    });

    it("are replayed under the time under which they were found", async () => {
      session = await sessionOn(file, { storage: folder, traceFile: "kept", virtualTime: { virtual: 3, seed: 7 } });
      await session.open();
      for (const call of calls) await session.add(call);
      await explore();
      const recording = reloaded();
      assert.deepEqual(recording.exploration?.time, { virtual: 3, seed: 7 });
      session = await restarted(recording);
      await session.exploration.open(failing(session));
      assert.deepEqual(session.run.virtualTime, { virtual: 3, seed: 7 });
      recording.close();
    });
  });
}
