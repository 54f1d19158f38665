import assert from "node:assert/strict";
import { maxChunkSteps } from "../../../../../src/core/trace/trace";
import { PointTable } from "../../../../../src/runner/javascript/load/pointMarks";
import type { Output } from "../../../../../src/runner/javascript/process/output";
import { eventCode, Recorder } from "../../../../../src/runner/javascript/process/recorder";
import type { Wire } from "../../../../../src/runner/javascript/process/wire";

/** Nothing is written. */
const wire = { frame: () => undefined, flush: () => undefined, handOver: () => undefined };
const output = { drain: () => undefined, flushed: () => undefined, rewind: () => undefined };

function record(recorder: Recorder, steps: number): void {
  for (let step = 0; step < steps; step += 1) recorder.record(0, eventCode.yielded, undefined, 0, 1);
}

describe("the recorder of the JavaScript runner", () => {
  it("has capacity for an eighth of the steps sent so far, and up to the end of the trace's segment", () => {
    const recorder = new Recorder(wire as unknown as Wire, output as unknown as Output, new PointTable());
    assert.equal(recorder.room, 1);
    while (recorder.steps < 7 * maxChunkSteps + 10) {
      const before: number = recorder.steps;
      const room: number = recorder.room;
      assert.equal(room, Math.min(Math.max(1, Math.floor(before / 8)), maxChunkSteps - (before % maxChunkSteps)));
      record(recorder, room);
      assert.equal(recorder.room, 0);
      recorder.handOver();
    }
    record(recorder, 4);
    recorder.send();
    const inSegment = recorder.steps % maxChunkSteps;
    record(recorder, 3);
    assert.ok(recorder.room <= maxChunkSteps - inSegment - 3);
    recorder.send();
    recorder.rewind();
    assert.equal(recorder.room, 1);
  });
});
