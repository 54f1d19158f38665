/**
 * The columns of a chunk while a runner fills them. They are laid out exactly as they are sent, so that no step is copied on its way out.
 * They are in shared memory, since another thread may send them.
 */
import { maxChunkSteps } from "../core/trace/trace";
import { columnBytes, headerBytes, writeHeader } from "./chunk";
import { frameHeaderBytes, frameKind, writeFrameHeader } from "./framing";

/** Padding before the frame, so that the 4-byte columns are aligned. */
const padding = 3;
const columnsAt = padding + frameHeaderBytes + headerBytes;

export class ChunkColumns {
  readonly #bytes = new Uint8Array(new SharedArrayBuffer(columnsAt + columnBytes * maxChunkSteps));
  readonly micros = new Float32Array(this.#bytes.buffer, columnsAt, maxChunkSteps);
  readonly task = new Uint16Array(this.#bytes.buffer, columnsAt + 4 * maxChunkSteps, maxChunkSteps);
  readonly value = new Uint16Array(this.#bytes.buffer, columnsAt + 6 * maxChunkSteps, maxChunkSteps);
  readonly point = new Uint16Array(this.#bytes.buffer, columnsAt + 8 * maxChunkSteps, maxChunkSteps);
  readonly event = new Uint8Array(this.#bytes.buffer, columnsAt + 10 * maxChunkSteps, maxChunkSteps);

  /**
   * The frame of the first `n` steps without its values, whose JSON has to follow. It shares its memory with the columns and overwrites
   * their content, so write it before the columns are filled again.
   *
   * @param first the number of the first step
   * @param valuesBytes the length of the values' JSON
   */
  frame(first: number, n: number, valuesBytes: number): Uint8Array {
    let at = columnsAt;
    for (const { byteOffset, BYTES_PER_ELEMENT } of [this.micros, this.task, this.value, this.point, this.event]) {
      this.#bytes.copyWithin(at, byteOffset, byteOffset + n * BYTES_PER_ELEMENT);
      at += n * BYTES_PER_ELEMENT;
    }
    const frame = this.#bytes.subarray(padding, at);
    writeFrameHeader(frame, frameKind.steps, frame.length - frameHeaderBytes + valuesBytes);
    writeHeader(frame.subarray(frameHeaderBytes), first, n, valuesBytes);
    return frame;
  }
}
