/**
 * Descriptors 1 and 2, if the session has made them one file: reads the file, and observes user code's own writes, so that they
 * are noticed immediately.
 */
import childProcess from "node:child_process";
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { type StreamName, WrittenFile } from "../../../protocol/writtenFile";
import { apply, later } from "../engine/intrinsics";

const descriptors = { stdout: 1, stderr: 2 } as const;
const streams: readonly (StreamName | undefined)[] = [undefined, "stdout", "stderr"];
const { fstatSync, ftruncateSync, readFileSync, readSync } = fs;

/** The file, which only one thread may read at a time; undefined if the descriptors are something else. */
export function writtenFile(state?: Float64Array): WrittenFile | undefined {
  const file = stat(descriptors.stdout);
  if (!file?.isFile() || stat(descriptors.stderr)?.ino !== file.ino) return undefined;
  const access = {
    size: (descriptor: number) => {
      const now = stat(descriptor);
      return now?.ino === file.ino && now.dev === file.dev ? now.size : undefined;
    },
    read: (descriptor: number, bytes: Uint8Array, at: number) => readSync(descriptor, bytes, 0, bytes.length, at),
    resize: ftruncateSync,
    position,
  };
  return new WrittenFile(access, descriptors, state);
}

function stat(descriptor: number): fs.Stats | undefined {
  try {
    return fstatSync(descriptor);
  } catch {
    return undefined;
  }
}

function position(descriptor: number): number | undefined {
  try {
    return Number(/^pos:\s*(\d+)/.exec(readFileSync(`/proc/self/fdinfo/${descriptor}`, "latin1"))?.[1]);
  } catch {
    return undefined;
  }
}

/** The reactions to writes of user code. */
export interface Watched {
  /** Called before and after a write. @param only the stream that was written to */
  collect(only?: StreamName): void;
  /** Called before the program waits for a child process to end. */
  passOn(): void;
}

type Method = (this: unknown, ...args: unknown[]) => unknown;

const methods = ["write", "writev", "writeFile", "appendFile"] as const;
const waiting = ["spawnSync", "execSync", "execFileSync"] as const;

/** Attributes writes of user code to descriptors 1 and 2 to the time of the call. */
export function watchWrites(watched: Watched): void {
  for (const name of methods) {
    const now = `${name}Sync` as const;
    replace(fs, now, (original) => writing(original, watched));
    replace(fs, name, (original) => writingAtOnce(original, fs[now] as Method));
  }
  writeStreamsAtOnce();
  for (const name of waiting) {
    replace(childProcess, name, (original) => {
      return function (...args) {
        watched.passOn();
        return apply(original, this, args);
      };
    });
  }
  syncBuiltinESMExports();
}

/** Replaces a function of a module. */
export function replace(module: object, name: string, make: (original: Method) => Method): void {
  const properties = module as Record<string, Method>;
  const original = properties[name] as Method;
  properties[name] = Object.defineProperties(make(original), Object.getOwnPropertyDescriptors(original));
}

function writing(original: Method, watched: Watched): Method {
  return function (...args) {
    const stream = streams[args[0] as number];
    if (!stream) return apply(original, this, args);
    watched.collect();
    try {
      return apply(original, this, args);
    } finally {
      watched.collect(stream);
    }
  };
}

/** Makes an asynchronous write synchronous, because it would otherwise happen during another slice. */
function writingAtOnce(original: Method, now: Method): Method {
  return function (...args) {
    const done = args.at(-1);
    if (!streams[args[0] as number] || typeof done !== "function") return apply(original, this, args);
    const rest = args.slice(0, -1);
    const end = (error: unknown, ...results: unknown[]) => later(() => done(error, ...results));
    try {
      const written = apply(now, this, rest);
      end(null, ...(written === undefined ? [] : [written, rest[1]]));
    } catch (error) {
      end(error);
    }
  };
}

interface FileStream {
  readonly fd: number;
  readonly pos?: number;
  bytesWritten: number;
}

/** Makes streams write synchronously. They would buffer until the event loop runs, which is not before the end of the plan. */
function writeStreamsAtOnce(): void {
  const { prototype } = fs.WriteStream;
  const { _construct: construct } = prototype;
  // A stream with a `_construct` method becomes ready only asynchronously.
  Object.defineProperty(prototype, "_construct", {
    get(this: FileStream) {
      return streams[this.fd] ? undefined : construct;
    },
    configurable: true,
  });
  replace(prototype, "_write", (original) => streaming(original, ([data, encoding]) => [bytesOf(data, encoding)]));
  replace(prototype, "_writev", (original) => {
    return streaming(original, ([pieces]) =>
      (pieces as { chunk: unknown; encoding: unknown }[]).map(({ chunk, encoding }) => bytesOf(chunk, encoding)),
    );
  });
}

/** @param pieces extracts the data to be written from a method's arguments */
function streaming(original: Method, pieces: (args: unknown[]) => Uint8Array[]): Method {
  return function (...args) {
    const stream = this as FileStream;
    const done = args.at(-1) as (error?: unknown) => void;
    if (!streams[stream.fd] || stream.pos !== undefined) return apply(original, this, args);
    try {
      for (const piece of pieces(args)) stream.bytesWritten += wholly(stream.fd, piece);
    } catch (error) {
      return done(error);
    }
    return done();
  };
}

function bytesOf(data: unknown, encoding: unknown): Uint8Array {
  return typeof data === "string" ? Buffer.from(data, encoding as BufferEncoding) : (data as Uint8Array);
}

function wholly(descriptor: number, data: Uint8Array): number {
  for (let at = 0; at < data.length; ) at += fs.writeSync(descriptor, data, at);
  return data.length;
}
