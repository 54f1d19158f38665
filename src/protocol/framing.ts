/**
 * Framing of messages on the runner's wire: a 4-byte little-endian length of the payload, a 1-byte kind, the payload.
 */

export const frameKind = { message: 0, steps: 1, waits: 2 } as const;

/** A longer frame means that the peer is broken or hostile. A full chunk of long previews stays well below this. */
export const maxFrameBytes = 256 * 1024 * 1024;

export const frameHeaderBytes = 5;

export interface Frame {
  readonly kind: number;
  readonly payload: Uint8Array;
}

/** The peer sent an invalid frame; nothing after it on the wire can be trusted. */
export class FramingError extends Error {
  override readonly name = "FramingError";
}

/**
 * Encodes one frame.
 *
 * @param kind one of `frameKind`
 */
export function encodeFrame(kind: number, payload: Uint8Array): Uint8Array {
  const frame = new Uint8Array(frameHeaderBytes + payload.length);
  writeFrameHeader(frame, kind, payload.length);
  frame.set(payload, frameHeaderBytes);
  return frame;
}

/** Writes the header before a payload of `length` bytes. */
export function writeFrameHeader(frame: Uint8Array, kind: number, length: number): void {
  new DataView(frame.buffer, frame.byteOffset).setUint32(0, length, true);
  frame[4] = kind;
}

const encoder = new TextEncoder();

/** Encodes a message as a JSON frame. */
export function encodeMessage(message: unknown): Uint8Array {
  return encodeFrame(frameKind.message, encoder.encode(JSON.stringify(message)));
}

/** The JSON of a message frame; a schema has yet to check it. */
export function decodeJson(payload: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(payload));
  } catch (cause) {
    throw new FramingError("The payload of a message frame is not JSON.", { cause });
  }
}

/** Reassembles frames from the pieces that a pipe delivers. */
export class FrameReader {
  #pieces: Uint8Array[] = [];
  #bytes = 0;
  /** The header of the frame that is being received. */
  #header: { readonly kind: number; readonly length: number } | undefined;

  /**
   * Takes the next piece and returns the frames that it completes, each with its own copy of the payload.
   *
   * @throws FramingError if a length exceeds `maxFrameBytes`
   */
  push(piece: Uint8Array): Frame[] {
    this.#pieces.push(piece);
    this.#bytes += piece.length;
    const frames: Frame[] = [];
    for (let frame = this.#next(); frame; frame = this.#next()) frames.push(frame);
    return frames;
  }

  #next(): Frame | undefined {
    if (!this.#header && this.#bytes >= frameHeaderBytes) this.#header = readHeader(this.#take(frameHeaderBytes));
    if (!this.#header || this.#bytes < this.#header.length) return undefined;
    const { kind, length } = this.#header;
    this.#header = undefined;
    return { kind, payload: this.#take(length) };
  }

  /** Copies the next `count` bytes out of the received pieces, which must have that many. */
  #take(count: number): Uint8Array {
    const bytes = new Uint8Array(count);
    this.#bytes -= count;
    for (let filled = 0; filled < count; ) {
      const [piece = bytes] = this.#pieces;
      const part = piece.subarray(0, count - filled);
      bytes.set(part, filled);
      filled += part.length;
      if (part.length < piece.length) this.#pieces[0] = piece.subarray(part.length);
      else this.#pieces.shift();
    }
    return bytes;
  }
}

function readHeader(header: Uint8Array): { kind: number; length: number } {
  const length = new DataView(header.buffer).getUint32(0, true);
  if (length > maxFrameBytes) {
    throw new FramingError(`A frame of ${length} bytes is longer than the limit of ${maxFrameBytes}.`);
  }
  return { kind: header[4] ?? 0, length };
}
