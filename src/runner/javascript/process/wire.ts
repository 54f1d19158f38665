/**
 * The outgoing side of the wire, which writes frames to fd 4. Frames are queued while user code runs, and written when it has given
 * back control, because an interrupt can cut short everything that is called by user code. During a plan, the watch thread writes
 * steps, so that the tasks can continue in the meantime.
 */
import { encodeMessage } from "../../../protocol/framing";
import type { FromRunner } from "../../../protocol/runner";
import { append, writeSync } from "../engine/intrinsics";
import { exitNow } from "./exitNow";
import type { SharedState } from "./sharedState";

const answersFd = 4;

/** Up to this number of bytes, a copy takes less time than a call of the system. */
const smallPiece = 4_096;

const { concat } = Buffer;

/** How long the session has, in milliseconds, to end a process that closed the wire and to report why. */
const lastMoments = 5_000;

export class Wire {
  #queue: Uint8Array[] = [];

  /** @param give passes pieces to the thread that writes for this one, see `handOver` */
  constructor(
    readonly shared: SharedState,
    readonly give?: (pieces: readonly Uint8Array[]) => void,
  ) {}

  /** Queues a message. */
  say(message: FromRunner): void {
    append(this.#queue, encodeMessage(message));
  }

  /** Queues the pieces of a frame. They must not be changed before they are written. */
  frame(...pieces: Uint8Array[]): void {
    for (let index = 0; index < pieces.length; index += 1) append(this.#queue, pieces[index] as Uint8Array);
  }

  /** Writes the queue. Blocks while the reader is slower. */
  flush(): void {
    if (this.give) this.shared.awaitHandled();
    this.#write(this.#take());
  }

  /**
   * Lets the watch thread write the queue, after it has finished the previous one. Frames must be in shared memory, which must not be
   * changed before the next call of `handOver` or `flush`.
   */
  handOver(): void {
    this.shared.awaitHandled();
    this.shared.handOver();
    this.give?.(this.#take());
  }

  /** Waits until the watch thread has finished writing. */
  awaitHandled(): void {
    this.shared.awaitHandled();
  }

  /** Writes on behalf of the other thread. */
  handle(pieces: readonly Uint8Array[]): void {
    this.#write(pieces);
    this.shared.handled();
  }

  #take(): readonly Uint8Array[] {
    const pieces = this.#queue;
    this.#queue = [];
    return pieces;
  }

  #write(pieces: readonly Uint8Array[]): void {
    if (pieces.length === 0) return;
    this.shared.locked(() => {
      for (const piece of joined(pieces)) writeWhole(piece);
    });
  }
}

/** Small pieces are written together: each call of the system takes far longer than they do, and wakes the reader. */
function joined(pieces: readonly Uint8Array[]): Uint8Array[] {
  const whole: Uint8Array[] = [];
  let small: Uint8Array[] = [];
  for (const piece of pieces) {
    if (piece.length <= smallPiece) {
      append(small, piece);
      continue;
    }
    if (small.length > 0) append(whole, concat(small));
    append(whole, piece);
    small = [];
  }
  if (small.length > 0) append(whole, concat(small));
  return whole;
}

function writeWhole(bytes: Uint8Array): void {
  let at = 0;
  while (at < bytes.length) at += writeSome(bytes, at);
}

function writeSome(bytes: Uint8Array, at: number): number {
  try {
    return writeSync(answersFd, bytes, at);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EAGAIN") Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    else if (code === "EPIPE") exitNow();
    else if (code === "EBADF") waitForTheEnd();
    else if (code !== "EINTR") throw error;
    return 0;
  }
}

/** User code closed the wire. Waits for the session, which sees that, to report it and to end this process. */
function waitForTheEnd(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, lastMoments);
  exitNow();
}
