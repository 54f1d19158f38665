/**
 * The way out: frames to fd 4. They are queued while user code runs and written once it has given back control, since an
 * interrupt may cut short anything that runs below user code. Steps in the middle of a plan are written by the watch thread,
 * so that the tasks can continue meanwhile.
 */
import { encodeMessage } from "../../../protocol/framing";
import type { FromRunner } from "../../../protocol/runner";
import { writeSync } from "../engine/intrinsics";
import { exitNow } from "./exitNow";
import type { SharedState } from "./sharedState";

const answersFd = 4;

/** Milliseconds in which the session can say why it ends a process that closed the wire. */
const lastMoments = 5_000;

export class Wire {
  #queue: Uint8Array[] = [];

  /** @param give hands pieces to the thread that may write for this one: see `handOver` */
  constructor(
    readonly shared: SharedState,
    readonly give?: (pieces: readonly Uint8Array[]) => void,
  ) {}

  /** Queues a message. */
  say(message: FromRunner): void {
    this.#queue.push(encodeMessage(message));
  }

  /** Queues pieces of a frame, which must not be changed before they are written. */
  frame(...pieces: Uint8Array[]): void {
    this.#queue.push(...pieces);
  }

  /** Writes what is queued; waits while the reader is slower. */
  flush(): void {
    if (this.give) this.shared.awaitHandled();
    this.#write(this.#take());
  }

  /**
   * Has the other thread write what is queued, once it has written what it was given before. Frames have to lie in shared memory,
   * which is not to be changed before the next call of this or of `flush`.
   */
  handOver(): void {
    this.shared.awaitHandled();
    this.shared.handOver();
    this.give?.(this.#take());
  }

  /** Waits until that is written. */
  awaitHandled(): void {
    this.shared.awaitHandled();
  }

  /** Writes for the other thread. */
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
      for (const piece of pieces) writeWhole(piece);
    });
  }
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

/** User code closed the wire. The session sees that and says so, if this process does not end before. */
function waitForTheEnd(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, lastMoments);
  exitNow();
}
