/**
 * Where lines go: standard output, with back-pressure, and without an error when its reader has gone.
 */
import { once } from "node:events";
import type { Writable } from "node:stream";

export class Sink {
  #closed = false;

  /**
   * @param stream standard output
   * @param gone called once when nobody reads any more, as after `| head`
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

  /** Nobody reads any more. */
  get closed(): boolean {
    return this.#closed;
  }

  write(lines: readonly string[]): void {
    if (this.#closed || lines.length === 0) return;
    this.writeText(`${lines.join("\n")}\n`);
  }

  /** Writes a text as it is. */
  writeText(text: string | Uint8Array): void {
    if (!this.#closed) this.stream.write(text);
  }

  /** Resolves once the reader has caught up, or has gone. */
  async ready(): Promise<void> {
    if (!this.stream.writableNeedDrain || this.#closed) return;
    await once(this.stream, "drain").catch(() => undefined);
  }
}
