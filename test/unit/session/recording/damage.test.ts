import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import type { NotedChange } from "../../../../src/core/schedule/changes";
import { Recording } from "../../../../src/session/openedRecording";
import { TraceFileError } from "../../../../src/session/recording/errors";
import { saveTrace } from "../../../../src/session/recording/save";
import { rowsOf, viewOf } from "../../../../src/session/view/view";
import type { Content } from "../../core/chunks";
import { savedObjects } from "../explore/savedSearches";
import { Folder, MadeUpRun } from "./viewed";

const contents = Array.from({ length: 14 }, (_, index): Content => {
  return { task: index % 2, event: "yielded", value: `${index % 7}`, point: 1, micros: 1 };
});
const changes: NotedChange[] = [
  { after: 0, change: { kind: "policy", policy: "lottery:seed=3" } },
  { after: 0, change: { kind: "add", call: "f0()" } },
  { after: 0, change: { kind: "add", call: "f1()" } },
  { after: 4, change: { kind: "pick", task: 0, send: "1" } },
  { after: 9, change: { kind: "policy", policy: "fair" } },
];
const made = {
  contents,
  segmentSteps: 3,
  printed: [{ step: 3, text: "hello" }],
  watched: [{ step: 5, text: "1" }],
  inside: [7],
};
const { tasks } = new MadeUpRun(made).run;
const run = new MadeUpRun(made, { scheduler: { tasks, changes, steps: 14 } });
run.exploration = { saved: savedObjects({ outcomes: 0 }).slice(-1), isUnderWay: false, witness: () => "" };

/** Lost steps say so in their value. */
const lost = "(not readable: the file is damaged here)";

describe("a damaged trace file", function () {
  this.timeout(0); // thousands of files are written and opened, one after the other
  const folder = new Folder();
  const path = folder.file("whole.yieldtrace");
  const damaged = folder.file("damaged.yieldtrace");
  let whole: Buffer;

  before(async () => {
    await saveTrace(run, path);
    whole = readFileSync(path);
  });

  it("cut at any byte shows the steps before the cut, or reports why it cannot", () => {
    let last = 0;
    for (let length = 0; length < whole.length; length += 1) {
      const steps = shownOf(whole.subarray(0, length));
      if (steps === undefined) assert.ok(length < 400, `${length} bytes of ${whole.length} are not enough`);
      else assert.ok(steps.whole >= last, "what was whole stays whole");
      last = steps?.whole ?? last;
    }
    assert.equal(last, 14);
  });

  it("with bytes flipped, removed or inserted shows everything undamaged", () => {
    const change = fc.record({ at: fc.nat(whole.length - 1), bytes: fc.uint8Array({ maxLength: 3 }), remove: fc.nat(3) });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        let bytes = whole;
        for (const { at, bytes: put, remove } of changes) {
          bytes = Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + remove)]);
        }
        shownOf(bytes);
      }),
      { numRuns: 500 },
    );
  });

  it("with one byte flipped loses at most one segment of steps", () => {
    for (let at = 12; at < whole.length; at += 1) {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ 0x10;
      const steps = shownOf(bytes);
      assert.ok((steps?.whole ?? 0) >= 14 - 3, `byte ${at}`);
    }
  });

  it("never uses more memory than its size allows, whatever it claims", () => {
    const sizes = [0xff_ff_ff_ff, 0x7f_ff_ff_ff, 256 * 1024 * 1024, 1_000_000];
    const before = process.memoryUsage().arrayBuffers;
    for (let at = 12; at + 4 <= whole.length; at += 1) {
      const bytes = Buffer.from(whole);
      bytes.writeUInt32LE(sizes[at % sizes.length] ?? 0, at);
      shownOf(bytes);
    }
    globalThis.gc?.();
    assert.ok(process.memoryUsage().arrayBuffers - before < 256 * 1024 * 1024);
  });

  it("reports what is lost, and keeps the numbers of undamaged steps", () => {
    const bytes = Buffer.from(whole);
    const third = stepsMark(bytes, 2);
    bytes[third + 30] = (bytes[third + 30] ?? 0) ^ 1;
    writeFileSync(damaged, bytes);
    const recording = new Recording(damaged, "file");
    const rows = rowsOf(recording, 1, 14);
    assert.deepEqual(
      rows.filter(({ value }) => value === lost).map(({ step }) => step),
      [7, 8, 9],
    );
    assert.equal(rows[9]?.value, "2");
    assert.match(recording.notice?.message ?? "", /damaged\.yieldtrace is damaged: steps 7 to 9 could not be read/);
    assert.equal(viewOf(recording).tasks.at(-1)?.name, "(lost)");
    recording.close();
  });

  /** How many steps are shown unchanged; undefined if none can be. Any other result is a failure. */
  function shownOf(bytes: Uint8Array): { whole: number } | undefined {
    writeFileSync(damaged, bytes);
    let recording: Recording;
    try {
      recording = new Recording(damaged, "file");
    } catch (error) {
      assert.ok(error instanceof TraceFileError, String(error));
      return undefined;
    }
    try {
      for (const step of [0, 1, recording.head >> 1, recording.head]) {
        recording.select(step);
        viewOf(recording);
      }
      const rows = rowsOf(recording, 1, 100);
      const same = rows.filter(({ value, step }) => value === contents[step - 1]?.value);
      const others = rows.filter(({ value, step }) => value !== contents[step - 1]?.value);
      assert.ok(
        others.every(({ value }) => value === lost),
        "a step is as it was, or says that it is lost",
      );
      return { whole: same.length };
    } finally {
      recording.close();
    }
  }
});

/** Where the header of a segment begins: after its marker comes kind 4. */
function stepsMark(bytes: Buffer, number: number): number {
  let at = -1;
  for (let found = -1; found < number; ) {
    at = bytes.indexOf("YPS1", at + 1);
    if (bytes[at + 4] === 4) found += 1;
  }
  return at;
}
