/**
 * Captures what user code prints, and attributes it to a step. The amount that is kept for each step and stream is limited, so that
 * no slice can fill the memory. Characters beyond the limit are counted.
 */
import { StringDecoder } from "node:string_decoder";
import type { StreamName, WrittenFile } from "../../../protocol/writtenFile";
import { append, later, now } from "../engine/intrinsics";
import type { SharedState } from "./sharedState";
import type { Wire } from "./wire";
import { watchWrites } from "./written";

const mostPerStep = 64 * 1024;
/** If a step alternates between the two streams, the order is preserved up to this number of changes. */
const mostPieces = 200;
/** After a slice shorter than this, in milliseconds, output of child processes is not checked: none can start, write and end sooner. */
export const quickSlice = 0.02;

interface Piece {
  readonly stream: StreamName;
  readonly step: number;
  texts: string[];
  dropped: number;
}

export class Output {
  #pieces: Piece[] = [];
  #step = -1;
  #kept = { stdout: 0, stderr: 0 };
  #piecesOfStep = 0;
  #scheduled = false;
  #isCollecting = false;
  /** When the written file was last checked. */
  readonly #looked = new Float64Array(1);
  #told = 0;
  /** Whether the process is about to end, so that nothing can be deferred. */
  isEnding = false;
  /** The number of characters that have not been sent. */
  pending = 0;
  /** Takes what is printed in place of the session, as far as it wants it. */
  taker: ((text: (room: number) => string) => void) | undefined;

  /** @param written the file behind the descriptors, if it can be read */
  constructor(
    readonly wire: Wire,
    readonly shared: SharedState,
    readonly written: WrittenFile | undefined,
  ) {}

  /**
   * Replaces the process's own streams, and watches the descriptors.
   *
   * @param passOn sends everything while user code continues; called before the program waits for another process
   */
  capture(passOn: () => void): void {
    this.#replaceWrite("stdout");
    this.#replaceWrite("stderr");
    if (this.written) watchWrites({ collect: (only) => this.collect(only), passOn });
  }

  /** Reads what was written to the descriptors since the last call. @param only the stream, if known */
  collect(only?: StreamName): void {
    const { written } = this;
    this.#looked[0] = now();
    if (!written?.hasNews) return;
    this.#isCollecting = true;
    try {
      this.shared.collecting(() => {
        written.collect((stream, text, dropped) => this.#add(stream, (room) => text.slice(0, room), text.length, dropped), only);
      });
    } finally {
      this.#isCollecting = false;
    }
    if (this.isEnding && this.pending > 0) this.#send();
  }

  /** The number of immediates that will send output. */
  get deferred(): number {
    return this.#scheduled ? 1 : 0;
  }

  /** Queues everything that was printed so far on the wire. */
  drain(): void {
    this.collect();
    for (const { step, stream, texts, dropped } of this.#pieces) {
      const text = texts.join("");
      this.wire.say({ event: "output", stream, step, text, ...(dropped > 0 ? { dropped } : {}) });
    }
    this.#pieces = [];
    this.pending = 0;
    this.#piecesOfStep = 0;
    const { end = 0 } = this.written ?? {};
    if (end !== this.#told) this.wire.say({ event: "collected", end });
    this.#told = end;
  }

  /** Must be called when everything has been written to the wire. From then on the watch thread may send output. */
  flushed(): void {
    if (this.pending === 0) this.shared.isOutputWaiting = false;
  }

  #replaceWrite(stream: StreamName): void {
    const decoder = new StringDecoder("utf8");
    const write = (chunk: unknown, encoding?: unknown, done?: unknown): boolean => {
      this.#take(stream, chunk, decoder, encoding);
      const callback = typeof encoding === "function" ? encoding : done;
      if (typeof callback === "function") process.nextTick(callback);
      return true;
    };
    Object.defineProperty(process[stream], "write", { value: write, writable: true, configurable: true, enumerable: false });
  }

  #take(stream: StreamName, chunk: unknown, decoder: StringDecoder, encoding: unknown): void {
    const { length } = chunk as { length?: unknown };
    if (typeof length !== "number") throw new TypeError("Only a string, a Buffer or a Uint8Array can be written.");
    if (now() - (this.#looked[0] as number) > quickSlice) this.collect();
    this.#add(stream, (room) => textOf(chunk, room, decoder, encoding), length, 0);
  }

  /** @param length the length of the whole text; `text` is called only with the number of characters that fit */
  #add(stream: StreamName, text: (room: number) => string, length: number, dropped: number): void {
    if (this.taker) {
      this.taker(text);
      return;
    }
    if (this.shared.step !== this.#step) this.#beginStep();
    const room = Math.max(0, mostPerStep - this.#kept[stream]);
    const piece = this.#piece(stream);
    this.shared.isOutputWaiting = true;
    if (room > 0) {
      const kept = text(room);
      append(piece.texts, kept);
      this.#kept[stream] += kept.length;
      this.pending += kept.length + 1;
    }
    piece.dropped += Math.max(0, length - room) + dropped;
    this.#sendLater();
  }

  /** Numbers steps from 1 again, and resets the amount of output kept for each. */
  rewind(): void {
    this.#step = -1;
  }

  #beginStep(): void {
    this.#step = this.shared.step;
    this.#kept = { stdout: 0, stderr: 0 };
    this.#piecesOfStep = 0;
  }

  #piece(stream: StreamName): Piece {
    const last = this.#pieces.at(-1);
    if (last?.stream === stream && last.step === this.#step) return last;
    if (this.#piecesOfStep >= mostPieces) {
      const earlier = this.#pieces.findLast((piece) => piece.stream === stream && piece.step === this.#step);
      if (earlier) return earlier;
    }
    const piece: Piece = { stream, step: this.#step, texts: [], dropped: 0 };
    append(this.#pieces, piece);
    this.#piecesOfStep += 1;
    return piece;
  }

  /** Sends output of timers and promises between two requests. */
  #sendLater(): void {
    if (this.isEnding) {
      // Sending collects, too, which only one can do at a time.
      if (!this.#isCollecting) this.#send();
      return;
    }
    if (this.#scheduled) return;
    this.#scheduled = true;
    later(() => {
      this.#scheduled = false;
      this.#send();
    });
  }

  #send(): void {
    this.drain();
    this.wire.flush();
    this.flushed();
  }
}

function textOf(chunk: unknown, room: number, decoder: StringDecoder, encoding: unknown): string {
  if (typeof chunk !== "string") return decoder.write(Buffer.from(chunk as Uint8Array).subarray(0, room));
  const isText = typeof encoding !== "string" || /^utf-?8$/i.test(encoding);
  return isText ? chunk.slice(0, room) : decoder.write(Buffer.from(chunk, encoding as BufferEncoding)).slice(0, room);
}
