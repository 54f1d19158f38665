import assert from "node:assert/strict";
import fc from "fast-check";
import {
  decodeJson,
  encodeFrame,
  encodeMessage,
  type Frame,
  FrameReader,
  FramingError,
  frameKind,
  maxFrameBytes,
} from "../../../src/protocol/framing";

/** The frames that a reader returns if the bytes arrive in pieces of the given sizes, used cyclically. */
function readIn(bytes: Uint8Array, sizes: readonly number[]): Frame[] {
  const reader = new FrameReader();
  const frames: Frame[] = [];
  for (let from = 0, turn = 0; from < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    frames.push(...reader.push(bytes.subarray(from, from + size)));
    from += size;
  }
  return frames;
}

const sizes = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 });

describe("frames", () => {
  it("arrive unchanged through a pipe that splits them anywhere", () => {
    const frame = fc.record({ kind: fc.nat(255), payload: fc.uint8Array({ maxLength: 40 }) }, { noNullPrototype: true });
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 8 }), sizes, (frames, by) => {
        const bytes = Buffer.concat(frames.map(({ kind, payload }) => encodeFrame(kind, payload)));
        const read = readIn(bytes, by);
        assert.deepEqual(
          read.map(({ kind, payload }) => ({ kind, payload: Uint8Array.from(payload) })),
          frames,
        );
      }),
    );
  });

  it("can contain any JSON", () => {
    fc.assert(
      fc.property(fc.jsonValue(), sizes, (value, by) => {
        const [frame] = readIn(encodeMessage(value), by);
        assert.equal(frame?.kind, frameKind.message);
        assert.deepEqual(decodeJson(frame.payload), JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it("copy a payload into its own memory", () => {
    const reader = new FrameReader();
    const piece = Uint8Array.from(encodeFrame(1, Uint8Array.of(1, 2, 3)));
    const [frame] = reader.push(piece);
    piece.fill(9);
    assert.deepEqual(Uint8Array.from(frame?.payload ?? []), Uint8Array.of(1, 2, 3));
  });

  it("wait for missing bytes", () => {
    const whole = encodeMessage({ id: 1 });
    for (let end = 0; end < whole.length; end += 1) assert.deepEqual(readIn(whole.subarray(0, end), [1]), []);
  });

  it("that are too long are rejected before any memory is allocated for them", () => {
    const header = new Uint8Array(5);
    new DataView(header.buffer).setUint32(0, maxFrameBytes + 1, true);
    assert.throws(() => new FrameReader().push(header), FramingError);
  });

  it("allocate memory for the received bytes, not for the announced length", () => {
    const header = new Uint8Array(5);
    new DataView(header.buffer).setUint32(0, maxFrameBytes, true);
    const before = process.memoryUsage().arrayBuffers;
    const reader = new FrameReader();
    for (let piece = 0; piece < 100; piece += 1) assert.deepEqual(reader.push(piece === 0 ? header : new Uint8Array(10)), []);
    assert.ok(process.memoryUsage().arrayBuffers - before < 1_000_000);
  });

  it("with invalid JSON or invalid UTF-8 are reported as such", () => {
    for (const bytes of [[], [0x7b], [0x22, 0xff, 0x22]]) assert.throws(() => decodeJson(Uint8Array.from(bytes)), FramingError);
  });
});
