import assert from "node:assert/strict";
import fc from "fast-check";
import { stepEvents } from "../../../src/core/trace/trace";
import { decodeChunk } from "../../../src/protocol/chunk";
import { ChunkColumns } from "../../../src/protocol/chunkColumns";
import { FrameReader, frameKind } from "../../../src/protocol/framing";
import { chunkOf, content } from "../core/chunks";

describe("the columns of a chunk", () => {
  it("are the bytes of a frame, for any number of steps and whatever they contained before", () => {
    const columns = new ChunkColumns();
    const steps = fc.array(content, { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 40 }), steps, (first, contents) => {
        const chunk = chunkOf(first, contents);
        contents.forEach(({ task, event, point, micros }, at) => {
          columns.task[at] = task;
          columns.event[at] = stepEvents.indexOf(event);
          columns.value[at] = chunk.value[at] ?? 0;
          columns.point[at] = point;
          columns.micros[at] = micros;
        });
        const values = new TextEncoder().encode(JSON.stringify(chunk.values));
        const reader = new FrameReader();
        assert.deepEqual(reader.push(columns.frame(first, contents.length, values.length)), []);
        const [frame] = reader.push(values);
        assert.equal(frame?.kind, frameKind.steps);
        assert.deepEqual(decodeChunk(frame.payload), chunk);
      }),
    );
  });
});
