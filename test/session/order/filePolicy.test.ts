/**
 * Policies in files of the user: each runs in its own process, and its errors pause the run.
 */
import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { UserError } from "../../../src/session/common/errors";
import { PolicyFiles } from "../../../src/session/order/policyFiles";
import { scheduleTextOf } from "../../../src/session/order/scheduleExport";
import type { Session } from "../../../src/session/session";
import { rowsOf, viewOf } from "../../../src/session/view/view";
import { dist, sessionOn, stopAll } from "../sessions";
import { policyFolder, removeAsked } from "./askedPolicies";

const script = resolve("test/fixtures/session/order.ts");
const folder = resolve("test/fixtures/policies");
const own = { executable: process.execPath, env: {} };

function filesIn(where: string): PolicyFiles {
  return new PolicyFiles({ folder: where, nodePath: process.execPath, own, dist });
}

async function sessionWith(policy: string, calls: readonly string[], file = script): Promise<Session> {
  const session = await sessionOn(file, { until: "all", policy, policyFiles: filesIn(folder) });
  await session.open();
  for (const call of calls) await session.add(call);
  return session;
}

const picksOf = (session: Session) => rowsOf(session, 1, session.head).map(({ task }) => task);

describe("a policy in a file", () => {
  afterEach(() => {
    stopAll();
    removeAsked();
  });

  for (const file of [script, script.replace(/ts$/, "py")]) {
    it(`picks the next task, of tasks in ${file.endsWith("py") ? "Python" : "JavaScript"}`, async () => {
      const session = await sessionWith("shortest.ts", ["counts(3)", "counts(2)"], file);
      await session.order.pick(1);
      await session.step();
      // Task 1 already has a step, so task 0 catches up; between equals, the one that has waited longer goes first.
      assert.deepEqual([viewOf(session).next, viewOf(session).reason], [0, "picked by shortest.ts"]);
      await session.go();
      assert.deepEqual(picksOf(session), [1, 0, 1, 0, 1, 0, 0]);
      session.select(3);
      assert.equal(viewOf(session).now?.why, "picked by shortest.ts");
      const text = await scheduleTextOf(session.run);
      assert.match(text, /^shortest\.ts; /);
      await session.order.follow(text);
      await session.go();
      assert.equal(await scheduleTextOf(session.run), text);
    });
  }

  it("may answer with several picks", async () => {
    const session = await sessionWith("batch.js", ["counts(5000)", "counts(9000)"]);
    assert.equal(await session.go(), "all-finished");
    assert.deepEqual(picksOf(session).slice(0, 4), [1, 0, 1, 0]);
    assert.equal(session.head, 14_002);
  });

  for (const [call, message] of [
    ["counts(11)", /RangeError: no idea after 2 \(bad\.ts:6\)/],
    ["counts(12)", /did not answer within 1 s \(bad\.ts:2\)/],
    ["counts(13)", /returned 7, but no task with this id is ready \(bad\.ts:2\)/],
    ["counts(14)", /exit code 5 \(bad\.ts:2\)/],
    ["counts(15)", /returned "nobody", which is not a task \(bad\.ts:2\)/],
  ] as const) {
    it(`pauses the run when it fails, and is reported with its file and line: ${message.source}`, async () => {
      const session = await sessionWith("bad.ts", [call]);
      assert.equal(await session.go(), "refused");
      const { status, head, policy, notice } = viewOf(session);
      assert.deepEqual([status, head], ["paused", 2]);
      assert.match(policy?.problem?.message.replaceAll("'", '"') ?? "", message);
      assert.equal(policy?.problem?.file, join(folder, "bad.ts"));
      assert.equal(notice?.message, policy?.problem?.message);
      session.select(1);
      assert.equal(viewOf(session).policy?.problem, undefined); // it did pick for that step
      await session.order.setPolicy("round-robin");
      assert.equal(await session.go(3), "step-limit");
    });
  }

  it("is loaded again when the run continues after it was corrected", async () => {
    const own = mkdtempSync(join(tmpdir(), "policy-"));
    try {
      copyFileSync(join(folder, "several.ts"), join(own, "mine.ts"));
      const session = await sessionOn(script, { until: "all", policyFiles: filesIn(own) });
      await session.open();
      await session.add("counts(5)");
      await session.order.setPolicy("mine.ts");
      assert.equal(await session.go(), "refused");
      assert.match(viewOf(session).policy?.problem?.message ?? "", /exports 2 functions \(mine\.ts:1\)/);
      writeFileSync(join(own, "mine.ts"), "export default () => 0;\n");
      assert.equal(await session.go(), "all-finished");
    } finally {
      rmSync(own, { recursive: true, force: true });
    }
  });

  it("may have a path that must be quoted in a schedule", async () => {
    const { path, files } = policyFolder();
    writeFileSync(join(path, "a;b.js"), "module.exports = () => 0;\n");
    const session = await sessionOn(script, { until: "all", policy: "a;b.js", policyFiles: files });
    await session.open();
    await session.add("counts(3)");
    await session.go(2);
    const text = await scheduleTextOf(session.run);
    assert.equal(text, '"a;b.js"; "counts(3)"; 0*2');
    await session.order.follow(text);
    assert.equal(await session.go(), "schedule-over");
    // After the schedule the policy continues, so its name was parsed back.
    assert.equal(await session.go(), "all-finished");
  });

  it("takes no parameters", async () => {
    const session = await sessionOn(script, { policyFiles: filesIn(folder) });
    await assert.rejects(session.order.setPolicy("batch.js:quantum=2"), (error: UserError) => {
      assert.equal(error.message, 'A policy file takes no parameters, but "quantum=2" was given.');
      return error.remedy.startsWith("Choose batch.js without parameters.");
    });
  });

  it("must exist, inside the folder", async () => {
    const session = await sessionOn(script, { policyFiles: filesIn(folder) });
    await assert.rejects(session.order.setPolicy("missing.ts"), /no file/);
    await assert.rejects(session.order.setPolicy("../session/order.ts"), /outside of the folder/);
    await assert.rejects((await sessionOn(script)).order.setPolicy("shortest.ts"), /cannot be used here/);
  });
});
