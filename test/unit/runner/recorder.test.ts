import assert from "node:assert/strict";
import { maxChunkSteps } from "../../../src/core/trace";
import { PointTable } from "../../../src/runner/javascript/marks";
import type { Output } from "../../../src/runner/javascript/output";
import { eventCode, Recorder } from "../../../src/runner/javascript/recorder";
import type { Wire } from "../../../src/runner/javascript/wire";

/** Nothing is written. */
const wire = { frame: () => undefined, flush: () => undefined, handOver: () => undefined };
const output = { drain: () => undefined };

function record(recorder: Recorder, steps: number): void {
  for (let step = 0; step < steps; step += 1) recorder.record(0, eventCode.yielded, undefined, 0, 1);
}

describe("the recorder of the JavaScript runner", () => {
  it("has room up to where a segment of the trace ends, wherever the chunks before ended", () => {
    const recorder = new Recorder(wire as unknown as Wire, output as unknown as Output, new PointTable());
    assert.equal(recorder.room, maxChunkSteps);
    record(recorder, 3);
    assert.equal(recorder.room, maxChunkSteps - 3);
    recorder.send();
    record(recorder, 4);
    assert.equal(recorder.room, maxChunkSteps - 7);
    record(recorder, recorder.room);
    assert.equal(recorder.room, 0);
    recorder.handOver();
    assert.equal(recorder.room, maxChunkSteps);
    recorder.rewind();
    assert.equal(recorder.room, maxChunkSteps);
  });
});
