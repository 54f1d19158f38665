/**
 * Frames of the wait log in shared memory, so that another thread can send them without a copy. There are two buffers, so that one can be
 * sent while the other is written.
 */
import type { WaitRows } from "../../../core/waiting/rows";
import { encodeFrame, frameHeaderBytes, frameKind, writeFrameHeader } from "../../../protocol/framing";
import { encodeWaits, waitsBytes, writeWaits } from "../../../protocol/waits";

const firstRoom = 64 * 1024;

export class WaitFrames {
  #buffer = sharedBytes(firstRoom);
  /** The buffer of the previous turn, which may still be being sent. */
  #other = sharedBytes(firstRoom);
  #isTaken = false;

  /** Encodes a frame that stays valid until the turn after the next. A slice that makes very many rows needs several in one turn. */
  frame(rows: WaitRows): Uint8Array {
    if (this.#isTaken) return encodeFrame(frameKind.waits, encodeWaits(rows));
    this.#isTaken = true;
    const bytes = waitsBytes(rows);
    if (frameHeaderBytes + bytes > this.#buffer.length) this.#buffer = sharedBytes(2 * (frameHeaderBytes + bytes));
    const frame = this.#buffer.subarray(0, frameHeaderBytes + bytes);
    writeFrameHeader(frame, frameKind.waits, bytes);
    writeWaits(rows, frame.subarray(frameHeaderBytes));
    return frame;
  }

  /** Switches buffers, as the recorder of the steps does. */
  turn(): void {
    [this.#buffer, this.#other] = [this.#other, this.#buffer];
    this.#isTaken = false;
  }
}

function sharedBytes(length: number): Uint8Array {
  return new Uint8Array(new SharedArrayBuffer(length));
}
