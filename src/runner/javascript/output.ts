/**
 * What user code prints, attributed to the step that printed it. Of one step and stream a bounded part is kept, so that no
 * slice fills the memory, and what came after is counted.
 */
import { StringDecoder } from "node:string_decoder";
import { later } from "./intrinsics";
import type { SharedState } from "./shared";
import type { Wire } from "./wire";

type StreamName = "stdout" | "stderr";

const mostPerStep = 64 * 1024;
/** A step that writes to both streams in turn is kept in order up to so many changes. */
const mostPieces = 200;

interface Piece {
  readonly stream: StreamName;
  readonly step: number;
  texts: string[];
  dropped: number;
}

export class Output {
  #pieces: Piece[] = [];
  #step = 0;
  #kept = { stdout: 0, stderr: 0 };
  #piecesOfStep = 0;
  #scheduled = false;
  /** Characters that wait to be sent. */
  pending = 0;

  constructor(
    readonly wire: Wire,
    readonly shared: SharedState,
  ) {}

  /** Takes over the process's own streams. What child processes write goes to the real ones. */
  capture(): void {
    this.#replaceWrite("stdout");
    this.#replaceWrite("stderr");
  }

  /** Queues everything that was printed up to now on the wire. */
  drain(): void {
    for (const { step, stream, texts, dropped } of this.#pieces) {
      const text = texts.join("");
      this.wire.say({ event: "output", stream, step, text, ...(dropped > 0 ? { dropped } : {}) });
    }
    this.#pieces = [];
    this.pending = 0;
    this.#piecesOfStep = 0;
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
    if (this.shared.step !== this.#step) this.#beginStep();
    const room = mostPerStep - this.#kept[stream];
    const piece = this.#piece(stream);
    if (room > 0) {
      const text = textOf(chunk, room, decoder, encoding);
      piece.texts.push(text);
      this.#kept[stream] += text.length;
      this.pending += text.length + 1;
    }
    piece.dropped += Math.max(0, length - Math.max(0, room));
    this.#sendLater();
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
    this.#pieces.push(piece);
    this.#piecesOfStep += 1;
    return piece;
  }

  /** What timers and promises print between two requests is sent too. */
  #sendLater(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    later(() => {
      this.#scheduled = false;
      this.drain();
      this.wire.flush();
    });
  }
}

function textOf(chunk: unknown, room: number, decoder: StringDecoder, encoding: unknown): string {
  if (typeof chunk !== "string") return decoder.write(Buffer.from(chunk as Uint8Array).subarray(0, room));
  const isText = typeof encoding !== "string" || /^utf-?8$/i.test(encoding);
  return isText ? chunk.slice(0, room) : decoder.write(Buffer.from(chunk, encoding as BufferEncoding)).slice(0, room);
}
