import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Recording } from "../../../src/session/openedRecording";
import type { Session } from "../../../src/session/session";
import { viewOf } from "../../../src/session/view/view";
import { sessionWith, stopAll } from "../sessions";

/** Mounting requires Linux, and privileges that a container may not have. */
function smallDisk(): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), "yieldpoint-disk-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=2m", "tmpfs", folder], { stdio: "pipe" });
    return folder;
  } catch (error) {
    rmdirSync(folder);
    console.log(`      skipped: no small disk could be mounted (${(error as Error).message.trim().split("\n").pop()})`);
    return undefined;
  }
}

for (const traceFile of ["unnamed", "kept"] as const) {
  describe(`when the disk of a trace in a file that is ${traceFile} is full`, () => {
    afterEach(stopAll);

    it("the run pauses and says so, nothing is lost, and it continues once there is space", async function () {
      const folder = smallDisk();
      if (folder === undefined) return this.skip();
      try {
        const session = await sessionWith(["upTo(1e9)"], { storage: folder, traceFile });
        assert.equal(await session.go(), "trace-full");
        assert.equal(session.status, "paused");
        assert.match(viewOf(session).notice?.message ?? "", /cannot be written to disk \(ENOSPC.*Nothing is lost so far\.$/);
        if (traceFile === "kept") assert.throws(() => session.checkpoint(), { code: "ENOSPC" });
        const full = session.head;
        assert.equal(await session.go(), "trace-full");
        assert.equal(session.head, full);
        execFileSync("mount", ["-o", "remount,size=64m", folder]);
        assert.equal(await session.go(200_000), "step-limit");
        assert.equal(session.head, full + 200_000);
        assert.equal(viewOf(session).notice, undefined);
        for (const step of [1, 65_536, 65_537, full, full + 1, session.head]) {
          assert.equal(session.run.trace.at(step).value, `${step}`);
        }
        if (traceFile === "kept") isWhole(session, folder);
        session.dispose();
      } finally {
        stopAll();
        execFileSync("umount", ["-l", folder]);
        rmdirSync(folder);
      }
    });
  });
}

/** Everything can be found after a reload of the window. */
function isWhole(session: Session, folder: string): void {
  session.checkpoint();
  const recording = new Recording(join(folder, session.run.file.name ?? ""), "reload");
  assert.equal(recording.missing, undefined);
  assert.equal(recording.head, session.head);
  assert.equal(recording.run.trace.at(session.head).value, `${session.head}`);
  recording.close();
}
