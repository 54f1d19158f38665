import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { NotATraceError, TraceVersionError } from "../../../../src/session/recording/errors";
import { saveTrace } from "../../../../src/session/recording/save";
import { rowsOf, viewOf } from "../../../../src/session/view/view";
import { Folder, lookedAt, MadeUpRun, madeUp, nothing } from "./viewed";

describe("a saved and opened trace", () => {
  const folder = new Folder();
  const path = folder.file("a.yieldtrace");

  it("shows the same as the run, at every step", async () => {
    await fc.assert(
      fc.asyncProperty(madeUp, async (made) => {
        const run = new MadeUpRun(made);
        await saveTrace(run, path);
        await lookedAt(path, (recording) => {
          assert.equal(recording.notice, undefined);
          assert.deepEqual(rowsOf(recording, 1, 100), rowsOf(run, 1, 100));
          for (let step = 0; step <= run.head; step += 1) {
            run.select(step);
            recording.select(step);
            const { recorded, run: number, tasks, ...shown } = viewOf(recording);
            const expected = viewOf(run);
            assert.equal(recorded, "file");
            assert.notEqual(number, expected.run);
            assert.deepEqual(comparable(shown), comparable({ ...expected, run: undefined, tasks: undefined }));
            assert.deepEqual(tasks, expected.tasks);
          }
          assert.deepEqual([...recording.run.sources.all], [...run.run.sources.all]);
        });
      }),
      { numRuns: 40 },
    );
  });

  it("can expand the values that were expanded during recording", async () => {
    const contents = [{ task: 0, event: "yielded", value: "1", point: 1, micros: 1 }] as const;
    await saveTrace(new MadeUpRun({ ...nothing, contents, inside: [1] }), path);
    await lookedAt(path, async ({ run: { inspections } }) => {
      const handle = inspections.of(1)?.frames[0]?.locals[0]?.value.handle;
      assert.ok(handle !== undefined);
      const { properties, total } = await inspections.expand(handle, 0);
      assert.deepEqual([properties, total], [[{ name: "0", value: { text: "1" } }], 1]);
      await assert.rejects(inspections.expand(handle, 100), /not recorded/);
    });
  });

  it("knows from which step on output was not kept", async () => {
    const contents = [1, 2, 3].map(() => ({ task: 0, event: "yielded", value: "1", point: 1, micros: 1 }) as const);
    const run = new MadeUpRun({ ...nothing, contents, printed: [{ step: 1, text: "kept" }] });
    run.run.output.lose(40, 3);
    await saveTrace(run, path);
    await lookedAt(path, (recording) => {
      const lostFrom = [1, 2, 3].map((step) => {
        recording.select(step);
        return viewOf(recording).detail?.outputLostFrom;
      });
      assert.deepEqual(lostFrom, [undefined, undefined, 3]);
      assert.equal(recording.run.output.lost, 40);
    });
  });

  it("replaces a file only when the new one is complete, and leaves nothing behind when cancelled", async () => {
    await saveTrace(new MadeUpRun(nothing), path);
    const before = readFileSync(path);
    const ending = new AbortController();
    const saving = saveTrace(new MadeUpRun(nothing), path, {
      signal: ending.signal,
      progress: () => ending.abort(new Error("enough")),
    });
    await assert.rejects(saving, /enough/);
    assert.deepEqual(readFileSync(path), before);
    assert.deepEqual(readdirSync(folder.path), ["a.yieldtrace"]);
  });

  it("is rejected if it is another kind of file, or of a later version", async () => {
    writeFileSync(path, "just text, and long enough for a header");
    await assert.rejects(
      lookedAt(path, () => undefined),
      NotATraceError,
    );
    await saveTrace(new MadeUpRun(nothing), path);
    const bytes = readFileSync(path);
    bytes.writeUInt32LE(2, 8);
    writeFileSync(path, bytes);
    await assert.rejects(
      lookedAt(path, () => undefined),
      TraceVersionError,
    );
  });
});

/** Handles are numbered anew, so their values are compared by expanding them. */
function comparable(shown: object): unknown {
  return JSON.parse(JSON.stringify(shown, (key, value: unknown) => (key === "handle" ? "handle" : value)));
}
