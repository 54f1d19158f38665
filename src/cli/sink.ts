/**
 * Writes lines to standard output, with back-pressure. It is not an error if the reader closes the pipe.
 */
import { once } from "node:events";
import type { Writable } from "node:stream";

export class Sink {
  #closed = false;

  /**
   * @param stream standard output
   * @param gone called once when the reader has closed the pipe, as `| head` does
   */
  constructor(
    readonly stream: Writable,
    gone: () => void,
  ) {
    stream.on("error", () => {
      if (this.#closed) return;
      this.#closed = true;
      gone();
    });
  }

  /** Whether the reader has closed the pipe. */
  get closed(): boolean {
    return this.#closed;
  }

  write(lines: readonly string[]): void {
    if (this.#closed || lines.length === 0) return;
    this.writeText(`${lines.join("\n")}\n`);
  }

  /** Writes a text unchanged. */
  writeText(text: string | Uint8Array): void {
    if (!this.#closed) this.stream.write(text);
  }

  /** Resolves once the stream can take more, or its reader has closed it. */
  async ready(): Promise<void> {
    if (!this.stream.writableNeedDrain || this.#closed) return;
    await once(this.stream, "drain").catch(() => undefined);
  }
}
