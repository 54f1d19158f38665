/**
 * Standard input of user code. Before a read that has nothing to read yet, the session is told who asks.
 */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import type { Readable } from "node:stream";
import { apply, now } from "../engine/intrinsics";
import { type UserFiles, userFrames } from "../values/failures";
import type { Recorder } from "./recorder";
import { noTask, type SharedState } from "./sharedState";
import { replace } from "./written";

const descriptor = 0;
const pieceBytes = 65_536;
const lineFeed = 10;

let isAnnounced = false;

/** Watches reads of descriptor 0, and of `process.stdin`. A file gives what it has at once, so nobody is asked. */
export function announceReads(recorder: Recorder, shared: SharedState, files: UserFiles): void {
  if (isAnnounced || !mayBlock()) return;
  isAnnounced = true;
  const asking = new Asking(recorder, shared, files);
  replace(fs, "readSync", (original) => {
    return function (...args) {
      if (args[0] !== descriptor) return apply(original, this, args);
      const length = asking.wait(() => apply(original, this, args) as number);
      asking.got(length > 0 ? lastByte(args, length) : undefined);
      return length;
    };
  });
  const { readSync } = fs;
  replace(fs, "readFileSync", (original) => {
    return function (...args) {
      const [file, options] = args as [unknown, fs.ObjectEncodingOptions | BufferEncoding | null | undefined];
      if (file !== descriptor && file !== "/dev/stdin") return apply(original, this, args);
      const encoding = typeof options === "string" ? options : options?.encoding;
      const bytes = readToEnd(readSync);
      return encoding ? bytes.toString(encoding) : bytes;
    };
  });
  syncBuiltinESMExports();
  watchStream(asking);
}

const { fstatSync } = fs;

/** Whether it is neither a file nor closed. */
function mayBlock(): boolean {
  try {
    return !fstatSync(descriptor).isFile();
  } catch {
    return false;
  }
}

/** The last byte that was read. @param args of `readSync` */
function lastByte([, into, at]: unknown[], length: number): number | undefined {
  const { buffer, byteOffset } = into as Uint8Array;
  const offset = typeof at === "number" ? at : ((at as { offset?: number } | null | undefined)?.offset ?? 0);
  return new Uint8Array(buffer, byteOffset + offset, length)[length - 1];
}

function readToEnd(readSync: typeof fs.readSync): Buffer {
  const pieces: Buffer[] = [];
  for (;;) {
    const piece = Buffer.alloc(pieceBytes);
    const length = readSync(descriptor, piece);
    if (length === 0) return Buffer.concat(pieces);
    pieces.push(piece.subarray(0, length));
  }
}

/** The stream is made when the program first uses it. */
function watchStream(asking: Asking): void {
  const { get, ...property } = Object.getOwnPropertyDescriptor(process, "stdin") ?? {};
  if (!get) return;
  let watched: Readable | undefined;
  const stdin = () => {
    watched ??= watch(apply(get, process, []) as Readable, asking);
    return watched;
  };
  Object.defineProperty(process, "stdin", { ...property, get: stdin });
}

function watch(stream: Readable, asking: Asking): Readable {
  replace(stream, "_read", (original) => {
    return function (...args) {
      if (stream.readableLength === 0 && !stream.isPaused()) asking.tell();
      return apply(original, this, args);
    };
  });
  replace(stream, "push", (original) => {
    return function (...args) {
      asking.got((args[0] as Uint8Array | null)?.at(-1));
      return apply(original, this, args);
    };
  });
  return stream;
}

class Asking {
  /** Whether the session knows, or need not know: there is a part of a line left to read, or nothing will come. */
  #isTold = false;

  constructor(
    readonly recorder: Recorder,
    readonly shared: SharedState,
    readonly files: UserFiles,
  ) {}

  tell(): void {
    if (this.#isTold || !mayBlock()) return;
    this.#isTold = true;
    const { recorder, shared } = this;
    const { step, task } = shared;
    const [frame] = userFrames(new Error(), this.files);
    const at = frame && { file: frame.file, line: frame.line, function: frame.function };
    recorder.passOn();
    recorder.wire.say({ event: "asks", step, ...(task === noTask ? {} : { task }), ...(at ? { at } : {}) });
    recorder.passOn();
  }

  /** Reads, which may block. */
  wait(read: () => number): number {
    this.tell();
    const { recorder, shared } = this;
    const { step, task } = shared;
    const began = now();
    try {
      return shared.outside(read);
    } finally {
      if (task !== noTask) recorder.leaveOut(step, now() - began);
    }
  }

  /** Must be called when something was read. The session gives whole lines. @param last its last byte; undefined at the end */
  got(last: number | undefined): void {
    this.#isTold = last !== lineFeed;
  }
}
