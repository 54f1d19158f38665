/**
 * The source texts as they were when they ran: the session's file, and the files that yield points name. Bounded in size.
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

  /** By file, in the order in which they were run. */
  get all(): ReadonlyMap<string, string> {
    return this.#texts;
  }

  /** Keeps the current text of a file, unless it is kept already. A file that cannot be read is left out: texts are only shown. */
  note(file: string): void {
    if (this.#known.has(file) || this.#known.size >= maxFiles) return;
    this.#known.add(file);
    try {
      const { size } = statSync(file);
      if (size <= maxFileBytes) this.add(file, sourceText(file, readFileSync(file)));
    } catch {
      // It may be no file at all: code can be made from text.
    }
  }

  /** Keeps a text that was recorded, as far as there is room. */
  add(file: string, text: string): void {
    this.#known.add(file);
    if (this.#texts.size >= maxFiles || this.#bytes + text.length > maxBytes) return;
    this.#bytes += text.length;
    this.#texts.set(file, text);
  }
}
