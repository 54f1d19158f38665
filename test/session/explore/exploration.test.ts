// The search of a session: it goes on beside the session, and its witnesses open as branches.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findNamesIn } from "../../../src/finder";
import type { SearchState } from "../../../src/protocol/exploration";
import { Recording } from "../../../src/session/openedRecording";
import { saveTrace } from "../../../src/session/recording/save";
import type { Session } from "../../../src/session/session";
import { viewOf } from "../../../src/session/view/view";
import { exploredFile } from "../../runner/explore/programs";
import { sessionOn, stopAll } from "../sessions";

const calls = ["deposit()", "deposit()"];

function searchOf({ exploration }: Session): SearchState {
  const { search } = exploration.view.exploring ?? {};
  assert.ok(search);
  return search;
}

for (const extension of [".ts", ".py"]) {
  describe(`exploring in a session of a ${extension} file`, () => {
    let folder: string;
    let session: Session;
    beforeEach(async () => {
      folder = mkdtempSync(join(tmpdir(), "yieldpoint-exploration-"));
      const file = join(folder, `lostUpdate${extension}`);
      cpSync(exploredFile({ extension }, "lostUpdate"), file);
      session = await sessionOn(file);
      await session.open();
      for (const call of calls) await session.add(call);
    });
    afterEach(() => {
      stopAll();
      rmSync(folder, { recursive: true });
    });

    const explore = () => session.exploration.explore({ check: "account == 2", invariant: "" });

    it("counts the orders of each outcome, and leaves the session as it is", async () => {
      session.watches.add("account");
      await session.step();
      await explore();
      const { status, outcomes, failing, says, verdicts } = searchOf(session);
      assert.equal(status, "over");
      // Three slices each: 6! / (3! · 3!) = 20 orders. One that reads before the other has written overwrites the other's deposit.
      assert.deepEqual(
        outcomes.map(({ orders, failing, values }) => [orders, failing, values.find(({ name }) => name === "account")?.value]),
        [
          [12, true, "1"],
          [8, false, "2"],
        ],
      );
      assert.equal(failing, 1);
      assert.match(outcomes[0]?.explanation ?? "", /^The outcome turns on whether step \d+ comes/);
      assert.equal(says[0], "All 20 orders.");
      assert.ok(verdicts.some(({ state }) => state === "found"));
      assert.equal(session.head, 1);
      assert.equal(session.status, "paused");
    });

    it("opens a witness as a branch at its end, and once only", async () => {
      await explore();
      const failing = searchOf(session).outcomes.find((outcome) => outcome.failing);
      assert.ok(failing);
      await session.exploration.open(failing.id);
      assert.equal(session.head, failing.steps);
      assert.equal(session.shownStatus, "finished");
      const first = session.branches.list;
      // The witness leaves the nearest good order, so that the comparison of branches begins with these two.
      assert.deepEqual(
        first.map(({ id, parent, name, current, rests }) => [id, parent, name.split(":")[0], current, rests]),
        [
          [1, undefined, "Branch 1", false, true],
          [2, 1, "Nearest good order", false, true],
          [3, 2, "Witness", true, false],
        ],
      );
      assert.equal(first[1]?.head, first[2]?.head);
      assert.match(first[2]?.name ?? "", /^Witness: the check does not hold: account == 2/);
      await session.branches.switchTo(first[0]?.id ?? 0);
      assert.equal(session.head, 0);
      await session.exploration.open(failing.id);
      assert.equal(session.branches.list.length, 3);
      assert.equal(session.head, failing.steps);
    });

    it("says at the end of a witness that nobody is left to wake its tasks", async () => {
      const file = join(folder, `lostWakeup${extension}`);
      cpSync(exploredFile({ extension }, "lostWakeup"), file);
      session = await sessionOn(file, { virtualTime: { virtual: 1, seed: 0 } });
      await session.open();
      for (const call of ["receive()", "deliver()"]) await session.add(call);
      await session.exploration.explore();
      const failing = searchOf(session).outcomes.find((outcome) => outcome.failing);
      await session.exploration.open(failing?.id ?? 0);
      assert.equal(session.lastEnd, "blocked");
      assert.ok(session.nobodyWakes);
      assert.match(session.notice?.message ?? "", /^Blocked\./);
    });

    it("gives an outcome as a test, if the program can be tested from outside", async () => {
      await explore();
      const failing = searchOf(session).outcomes.find((outcome) => outcome.failing);
      assert.ok(failing);
      const framework = extension === ".py" ? "pytest" : "node";
      const test = session.exploration.test(failing.id, framework, findNamesIn);
      if (framework === "pytest") assert.match(await test, /account == 2/);
      else await assert.rejects(test, /The test needs account, which .*lostUpdate\.ts does not export\./);
      await assert.rejects(session.exploration.test(99, framework, findNamesIn), /There is no such outcome any more\./);
      session.exploration.fileChanged();
      await assert.rejects(session.exploration.test(failing.id, framework, findNamesIn), /of an earlier text of the file/);
    });

    it("can be paused, continued and cancelled, and keeps what was found", async () => {
      const over = explore();
      session.exploration.pause();
      assert.equal(searchOf(session).status, "paused");
      session.exploration.goOn();
      await over;
      assert.equal(searchOf(session).tried, 20);
      const again = explore();
      session.exploration.cancel();
      await again;
      assert.equal(searchOf(session).status, "cancelled");
      session.exploration.dismiss();
      assert.equal(session.exploration.view.exploring?.search, undefined);
      assert.equal(session.exploration.asked.check, "account == 2");
    });

    it("counts deviations from the session's policy, and from round-robin where that has none to count", async () => {
      const said = async (policy: string) => {
        await session.order.setPolicy(policy);
        await session.exploration.explore({ strategy: "delays:d=0" });
        return [session.exploration.view.exploring?.policy, searchOf(session).says[0]];
      };
      assert.deepEqual(await said("lifo"), ["lifo", "The only order with at most 0 deviations from lifo."]);
      assert.deepEqual(await said("random"), ["round-robin", "The only order with at most 0 deviations from round-robin."]);
    });

    it("says what has changed since", async () => {
      await explore();
      await session.add("deposit()");
      assert.equal(searchOf(session).outdated, "tasks");
      session.markStale();
      assert.equal(searchOf(session).outdated, "file");
      await session.restart();
      assert.equal(searchOf(session).outdated, "file");
      const id = searchOf(session).outcomes[0]?.id ?? 0;
      await assert.rejects(session.exploration.open(id), /earlier text/);
    });

    it("never mixes the outcomes of two texts of the file", async () => {
      const file = join(folder, `versions${extension}`);
      const text = (version: number) =>
        extension === ".py"
          ? `version = ${version}\ndef go():\n    yield\n    yield\n    yield\n    return version\n`
          : `const version = ${version};\nfunction* go() { yield; yield; yield; return version; }\n`;
      writeFileSync(file, text(1));
      session = await sessionOn(file);
      await session.open();
      for (const call of ["go()", "go()", "go()"]) await session.add(call);
      // There are 12! / (4! · 4! · 4!) = 34,650 orders: after the first of them, a second process is started.
      session.onChange(() => {
        if (searchOf(session).tried > 0) writeFileSync(file, text(2));
      });
      await session.exploration.explore();
      const { status, problem, outcomes, tried } = searchOf(session);
      assert.deepEqual(
        outcomes.map(({ values }) => values.map(({ value }) => value)),
        [["returned 1", "returned 1", "returned 1"]],
      );
      assert.ok(tried < 34_650);
      assert.equal(status, "failed");
      assert.equal(
        problem,
        "The file was changed in the meantime: orders of two programs cannot be counted together. Explore again.",
      );
    });

    it("is saved with the trace, and read-only when that is opened", async () => {
      const path = join(folder, "explored.yieldtrace");
      const standing = new Set<unknown>();
      session.onChange(() => standing.add((session.exploration.saved.at(-1) as { saved?: { status: string } })?.saved?.status));
      await explore();
      // A search that was under way when it was saved does not go on.
      assert.deepEqual([...standing], [undefined, "cancelled", "over"]);
      await saveTrace(session, path);
      const recording = new Recording(path, "file");
      try {
        const { rate: _, ...search } = viewOf(recording).exploring?.search ?? assert.fail("no search");
        const { rate: __, graph: ___, ...live } = searchOf(session); // nothing of a recording can be run again
        assert.deepEqual(search, live);
        for (const { id } of live.outcomes) assert.equal(recording.exploration?.witness(id), session.exploration.witness(id));
      } finally {
        recording.close();
      }
    });

    it("says why it failed", async () => {
      await session.exploration.explore({ check: "account ==" });
      const { status, problem } = searchOf(session);
      assert.equal(status, "failed");
      assert.ok(problem);
    });
  });
}
