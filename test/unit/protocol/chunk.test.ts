import assert from "node:assert/strict";
import fc from "fast-check";
import { Segment } from "../../../src/core/trace/segment";
import { PackedTexts } from "../../../src/core/trace/textList";
import { maxChunkSteps } from "../../../src/core/trace/trace";
import { decodeChunk, encodeChunk } from "../../../src/protocol/chunk";
import { encodeFrame, FrameReader, FramingError, frameKind } from "../../../src/protocol/framing";
import { chunkOf, content } from "../core/chunks";

const chunk = fc
  .tuple(fc.integer({ min: 1, max: 2 ** 40 }), fc.array(content, { minLength: 1, maxLength: 40 }))
  .map(([first, contents]) => chunkOf(first, contents));

const one = encodeChunk(chunkOf(1, [{ task: 0, event: "yielded", value: "1", point: 0, micros: 2 }]));

/** The payload with one of its numbers changed. */
function changed(set: (view: DataView) => void): Uint8Array {
  const copy = Uint8Array.from(one);
  set(new DataView(copy.buffer));
  return copy;
}

/** Decodes, or returns the message of a FramingError; any other error is a failure. */
function decodes(payload: Uint8Array): boolean {
  try {
    decodeChunk(payload);
    return true;
  } catch (error) {
    assert.ok(error instanceof FramingError, String(error));
    return false;
  }
}

describe("a chunk", () => {
  it("is decoded unchanged, wherever its bytes are in memory", () => {
    fc.assert(
      fc.property(chunk, fc.nat(7), (sent, offset) => {
        const payload = encodeChunk(sent);
        const memory = new Uint8Array(offset + payload.length);
        memory.set(payload, offset);
        assert.deepEqual(decodeChunk(memory.subarray(offset)), sent);
      }),
    );
  });

  it("is decoded unchanged with the times at which slices began, and refused with times that cannot be", () => {
    fc.assert(
      fc.property(chunk, fc.nat(7), fc.double({ min: 0, max: 1e15, noNaN: true }), (sent, offset, time) => {
        const timed = { ...sent, began: Float64Array.from(sent.task, (_, index) => time + index) };
        const payload = encodeChunk(timed);
        const memory = new Uint8Array(offset + payload.length);
        memory.set(payload, offset);
        assert.deepEqual(decodeChunk(memory.subarray(offset)), timed);
        assert.equal(decodes(encodeChunk({ ...timed, began: timed.began.fill(-1) })), false);
        assert.equal(decodes(payload.subarray(0, payload.length - 1)), false);
      }),
    );
  });

  it("is decoded unchanged from a frame that arrives in two pieces", () => {
    fc.assert(
      fc.property(chunk, fc.nat(100), (sent, percent) => {
        const bytes = encodeFrame(frameKind.steps, encodeChunk(sent));
        const middle = Math.floor((bytes.length * percent) / 100);
        const reader = new FrameReader();
        const [frame] = [...reader.push(bytes.subarray(0, middle)), ...reader.push(bytes.subarray(middle))];
        assert.ok(frame);
        assert.deepEqual(decodeChunk(frame.payload), sent);
      }),
    );
  });

  it("keeps long texts encoded, and writes them unchanged", () => {
    const contents = Array.from({ length: 5_000 }, (_, n) => ({
      task: 0,
      event: "yielded" as const,
      value: `{name: "item ${n}", note: "\u0000\\ä€😀\ud800"}`,
      point: 0,
      micros: 0,
    }));
    const payload = encodeChunk(chunkOf(1, contents));
    const decoded = decodeChunk(payload);
    assert.ok(decoded.values instanceof PackedTexts);
    const segment = new Segment(1, 6_000);
    segment.take(chunkOf(1, contents.slice(0, 1_000)), 0);
    segment.take(decoded, 0);
    const again = decodeChunk(encodeChunk(segment));
    const read = Array.from(again.value.subarray(0, 6_000), (number) => again.values.at(number));
    assert.deepEqual(
      read,
      [...contents.slice(0, 1_000), ...contents].map(({ value }) => value),
    );
    assert.deepEqual(encodeChunk(decoded), payload);
  });

  it("may be as long as its indices allow", () => {
    const contents = Array.from({ length: maxChunkSteps }, (_, n) => ({
      task: 0,
      event: "yielded" as const,
      value: String(n),
      point: 0,
      micros: 0,
    }));
    assert.equal(decodeChunk(encodeChunk(chunkOf(1, contents))).values.length, maxChunkSteps);
  });

  const hostile: Record<string, Uint8Array> = {
    "without a header": one.subarray(0, 15),
    "cut short": one.subarray(0, one.length - 1),
    "without steps": changed((view) => view.setUint32(8, 0, true)),
    "of four milliard steps": changed((view) => view.setUint32(8, 0xffff_ffff, true)),
    "with values longer than itself": changed((view) => view.setUint32(12, 0xffff_ffff, true)),
    "with an unknown event": changed((view) => view.setUint8(20 + 10, 4)),
    "with values that are no JSON": changed((view) => view.setUint8(20 + 11, 0x7d)),
    "with values that are no list": Uint8Array.from([
      ...changed((view) => view.setUint32(12, 2, true)).subarray(0, 31),
      0x7b,
      0x7d,
    ]),
    "with values that are no strings": Uint8Array.from([
      ...changed((view) => view.setUint32(12, 3, true)).subarray(0, 31),
      0x5b,
      0x31,
      0x5d,
    ]),
  };
  for (const [what, payload] of Object.entries(hostile)) {
    it(`${what} is rejected`, () => {
      assert.throws(() => decodeChunk(payload), FramingError);
    });
  }

  it("with any bytes changed is decoded or rejected with the right error", () => {
    const change = fc.tuple(fc.nat(), fc.nat(255));
    fc.assert(
      fc.property(chunk, fc.array(change, { minLength: 1, maxLength: 6 }), (sent, changes) => {
        const payload = encodeChunk(sent);
        for (const [at, byte] of changes) payload[at % payload.length] = byte;
        decodes(payload);
      }),
      { numRuns: 1_000 },
    );
  });

  it("of random bytes is decoded or rejected with the right error", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        decodes(bytes);
      }),
      { numRuns: 1_000 },
    );
  });
});
