/**
 * The way out: frames to fd 4. They are queued while user code runs and written when it has given back control, since an
 * interrupt may cut anything short that runs below user code.
 */
import { encodeMessage } from "../../protocol/framing";
import type { FromRunner } from "../../protocol/runner";
import { die } from "./die";
import { writeSync } from "./intrinsics";
import type { SharedState } from "./shared";

const answersFd = 4;

/** Milliseconds in which the session can say why it ends a process that closed the wire. */
const lastMoments = 5_000;

export class Wire {
  #queue: Uint8Array[] = [];

  constructor(readonly shared: SharedState) {}

  /** Queues a message. */
  say(message: FromRunner): void {
    this.#queue.push(encodeMessage(message));
  }

  /** Queues pieces of a frame, which are not to be changed before they are written. */
  frame(...pieces: Uint8Array[]): void {
    this.#queue.push(...pieces);
  }

  /** Writes what is queued; waits while the reader is slower. */
  flush(): void {
    if (this.#queue.length === 0) return;
    const pieces = this.#queue;
    this.#queue = [];
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
    else if (code === "EPIPE") die();
    else if (code === "EBADF") waitForTheEnd();
    else if (code !== "EINTR") throw error;
    return 0;
  }
}

/** User code closed the wire. The session sees that and says so, if this process does not end before. */
function waitForTheEnd(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, lastMoments);
  die();
}
