import assert from "node:assert/strict";
import fc from "fast-check";
import { TraceStore } from "../../../../src/core/trace/traceStore";
import { OutputLog } from "../../../../src/session/seen/outputLog";
import { outputUpTo } from "../../../../src/session/seen/outputUpTo";
import { chunkOf, points } from "../../core/chunks";
import { MadeUpRun, nothing } from "../recording/viewed";

/** A run of two tasks in turn, with output in some steps. */
function printing(steps: number, printed: readonly { step: number; text: string }[], segmentSteps = 64): MadeUpRun {
  const trace = new TraceStore(undefined, segmentSteps);
  trace.addPoints(points);
  const contents = Array.from(
    { length: steps },
    (_, index) => ({ task: index % 2, event: "yielded", value: "1", point: 1, micros: 1 }) as const,
  );
  if (steps > 0) trace.append(chunkOf(1, contents));
  const output = new OutputLog();
  for (const { step, text } of printed) output.add(step, "stdout", text);
  return new MadeUpRun(nothing, { trace, output });
}

describe("output up to the cursor", () => {
  it("is the end of everything printed, in order, with its tasks", () => {
    const piece = fc.record({ step: fc.nat(40), text: fc.string({ maxLength: 300 }) });
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 200 }), fc.nat(40), (printed, cursor) => {
        const run = printing(40, printed);
        run.select(cursor);
        const { pieces, earlier, cut = 0 } = outputUpTo(run);
        const all = run.run.output.entries.filter(({ step }) => step <= cursor);
        const shown = all.slice(all.length - pieces.length);
        assert.equal((earlier?.pieces ?? 0) + pieces.length, all.length);
        assert.equal(earlier?.step, all[all.length - pieces.length - 1]?.step);
        assert.equal(
          pieces.map(({ text }) => text).join(""),
          shown
            .map(({ text }) => text)
            .join("")
            .slice(cut),
        );
        for (const { step, task } of pieces) assert.equal(task, step === 0 ? undefined : (step - 1) % 2);
      }),
    );
  });

  it("is limited in pieces and in characters", () => {
    const many = outputUpTo(
      printing(
        500,
        Array.from({ length: 500 }, (_, index) => ({ step: index + 1, text: "x" })),
      ),
    );
    assert.deepEqual([many.pieces.length, many.earlier], [100, { pieces: 400, step: 400 }]);
    const long = outputUpTo(
      printing(2, [
        { step: 1, text: "a" },
        { step: 2, text: `${"b".repeat(60_000)}end` },
      ]),
    );
    assert.deepEqual([long.pieces.length, long.cut, long.earlier], [1, 50_003, { pieces: 1, step: 1 }]);
    assert.match(long.pieces[0]?.text ?? "", /^b{9997}end$/);
  });

  it("includes the output of the step in progress in a live view", () => {
    const run = printing(3, [
      { step: 0, text: "loading" },
      { step: 4, text: "half" },
    ]);
    assert.deepEqual(outputUpTo(run).pieces, [
      { step: 0, stream: "stdout", text: "loading" },
      { step: 4, stream: "stdout", text: "half" },
    ]);
    run.select(2);
    assert.equal(outputUpTo(run).pieces.length, 1);
  });

  it("reads few segments of a long trace, each once", () => {
    const run = printing(
      64 * 40,
      Array.from({ length: 40 }, (_, index) => ({ step: 64 * index + 1, text: "x" })),
    );
    const { trace } = run.run;
    let reads = 0;
    const at = trace.at.bind(trace);
    trace.at = (step) => {
      reads += 1;
      return at(step);
    };
    assert.equal(outputUpTo(run).pieces.length, 12);
    assert.equal(outputUpTo(run).earlier?.pieces, 28);
    assert.equal(reads, 12);
  });
});
