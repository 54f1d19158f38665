import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Recording } from "../../../src/session/openedRecording";
import { saveTrace } from "../../../src/session/recording/save";
import { expandedOf } from "../../../src/session/view/detail";
import { viewOf } from "../../../src/session/view/view";
import type { Viewed } from "../../../src/session/view/viewed";
import { sessionOn, stopAll } from "../sessions";

/** Many more than the number of steps whose captured data fits in memory. */
const steps = 2_400;

/** Everything shown about a step, including the content of its value, without handles. */
async function shownAt(viewed: Viewed, step: number): Promise<string> {
  viewed.select(step);
  const { tasks, detail, watches, rebuild } = viewOf(viewed);
  const handle = detail?.value?.handle;
  const inside = handle === undefined ? undefined : await expandedOf(viewed, handle, 0);
  return JSON.stringify({ tasks, detail, watches, rebuild, inside }, (key, value: unknown) =>
    key === "handle" ? undefined : value,
  );
}

describe("saving a trace while its session is restarted", () => {
  it("is rejected, and leaves no partial file behind", async () => {
    const folder = mkdtempSync(join(tmpdir(), "yieldpoint-long-"));
    try {
      const session = await sessionOn(resolve("test/fixtures/session/rebuilding.ts"), { until: "all", storage: folder });
      await session.open();
      await session.add("counts(1)");
      for (let step = 0; step < 1_200; step += 1) await session.step();
      const path = join(folder, "saved.yieldtrace");
      const saving = saveTrace(session, path);
      session.dispose();
      await assert.rejects(saving, /The trace is gone: its run was restarted or ended/);
      assert.deepEqual(readdirSync(folder), []);
    } finally {
      stopAll();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

for (const [language, file] of [
  ["JavaScript", "rebuilding.ts"],
  ["Python", "rebuilding.py"],
] as const) {
  describe(`a long run in ${language} that was stepped by hand`, () => {
    let folder: string;

    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), "yieldpoint-long-"));
    });
    afterEach(() => {
      stopAll();
      rmSync(folder, { recursive: true, force: true });
    });

    for (const traceFile of ["unnamed", "kept"] as const) {
      it(`shows everything about every step, in a session with a file that is ${traceFile}, and from a file`, async () => {
        const script = resolve("test/fixtures/session", file);
        const session = await sessionOn(script, { until: "all", storage: folder, traceFile });
        session.watches.add("total");
        session.watches.add("by");
        await session.open();
        for (const call of ["counts(1)", "counts(2)", "delegates(9000)"]) await session.add(call);
        const looked = [0, 1, 2, 3, 5, 255, 256, 257, 1_000, 1_399, 1_400, 2_000, steps - 1, steps];
        const shown = new Map<number, string>();
        for (let step = 0; step <= steps; step += 1) {
          if (step > 0) await session.step();
          if (looked.includes(step)) shown.set(step, await shownAt(session, step));
          if (step % 500 === 0) session.checkpoint();
        }
        assert.match(shown.get(1) ?? "", /"watches":\[\{"expression":"total","text":"1","was":"0"\}.*"inside":\{/);
        for (const step of [...looked].reverse()) assert.equal(await shownAt(session, step), shown.get(step), `step ${step}`);
        const saved = join(folder, "saved.yieldtrace");
        await saveTrace(session, saved);
        session.checkpoint();
        const kept = traceFile === "kept" ? [join(folder, session.run.file.name ?? "")] : [];
        for (const path of [saved, ...kept]) {
          const recording = new Recording(path, "file");
          for (const step of looked) assert.equal(await shownAt(recording, step), shown.get(step), `step ${step} of ${path}`);
          await recording.goTo("previousChange", { watch: "total" });
          assert.equal(recording.cursor, steps - 1); // the last step is one of delegates
          assert.equal(recording.notice?.severity === "warning", false);
          recording.close();
          recording.select(700);
          assert.deepEqual(viewOf(recording).detail?.frames, [], "nothing more can be read, and nobody is hurt");
        }
        session.select(700);
        session.dispose();
        assert.deepEqual(viewOf(session).detail?.frames, []);
      });
    }
  });
}
