/**
 * The file behind descriptors 1 and 2 of a runner. The runner reads it while it lives. What it did not read is read here after it has
 * ended.
 */
import { closeSync, fstatSync, ftruncateSync, mkdtempSync, openSync, readFileSync, readSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TakeWritten, WrittenFile, writtenFrom } from "../../protocol/writtenFile";

/** On Windows a file cannot be deleted while it is open, so the descriptors are pipes instead. */
const isPossible = process.platform !== "win32";

export class Written {
  readonly #file: WrittenFile;

  /** @returns undefined if the system does not support such a file */
  static open(): Written | undefined {
    if (!isPossible) return undefined;
    try {
      return Written.#openIn(mkdtempSync(join(tmpdir(), "yieldpoint-")));
    } catch {
      return undefined;
    }
  }

  static #openIn(folder: string): Written {
    try {
      const path = join(folder, "written");
      return new Written(openSync(path, "a+", 0o600), openSync(path, "a+"));
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  private constructor(
    readonly stdout: number,
    readonly stderr: number,
  ) {
    ftruncateSync(stdout, writtenFrom);
    this.#file = new WrittenFile(access, { stdout, stderr });
  }

  /** The runner has read the file up to this position. */
  collected(end: number): void {
    this.#file.end = end;
  }

  /** Passes on what the runner did not read, and closes the file. Must be called after the runner has ended. */
  finish(take: TakeWritten): void {
    try {
      this.#file.collect(take);
    } finally {
      closeSync(this.stdout);
      closeSync(this.stderr);
    }
  }
}

const access = {
  size: (descriptor: number) => fstatSync(descriptor).size,
  read: (descriptor: number, bytes: Uint8Array, at: number) => readSync(descriptor, bytes, 0, bytes.length, at),
  resize: ftruncateSync,
  position,
};

function position(descriptor: number): number | undefined {
  try {
    return Number(/^pos:\s*(\d+)/.exec(readFileSync(`/proc/self/fdinfo/${descriptor}`, "latin1"))?.[1]);
  } catch {
    return undefined;
  }
}
