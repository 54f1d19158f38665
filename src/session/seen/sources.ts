/**
 * The source texts as they were when they ran: of the session's file, and of the files of yield points. The total size is limited.
 */
import { readFileSync, statSync } from "node:fs";
import { sourceText } from "../../core/sourceText";

const maxFiles = 64;
const maxFileBytes = 2 * 1024 * 1024;
const maxBytes = 8 * 1024 * 1024;

export class Sources {
  readonly #texts = new Map<string, string>();
  readonly #known = new Set<string>();
  #bytes = 0;

  /** The texts by file, in the order in which the files were first run. */
  get all(): ReadonlyMap<string, string> {
    return this.#texts;
  }

  /** Stores the current text of a file, unless it is already stored. An unreadable file is skipped, since texts are only displayed. */
  note(file: string): void {
    if (this.#known.has(file) || this.#known.size >= maxFiles) return;
    this.#known.add(file);
    try {
      const { size } = statSync(file);
      if (size <= maxFileBytes) this.add(file, sourceText(file, readFileSync(file)));
    } catch {
      // The name may not be a file: code can be compiled from a string.
    }
  }

  /** Stores a text from a recording, within the size limit. */
  add(file: string, text: string): void {
    this.#known.add(file);
    if (this.#texts.size >= maxFiles || this.#bytes + text.length > maxBytes) return;
    this.#bytes += text.length;
    this.#texts.set(file, text);
  }
}
