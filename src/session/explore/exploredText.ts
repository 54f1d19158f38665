/**
 * The text with which a file is explored: what is found is true of that text only.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

export class ExploredText {
  /** Whether the file was changed since, as far as that is known. */
  isEarlier = false;

  /** @param digest of the text; by default, of what the file has now. Undefined if the text is not known */
  constructor(
    readonly file: string,
    readonly digest: string | undefined = digestOf(file),
  ) {}

  /** Reads the file, since another program may have changed it. @returns whether it was changed since */
  look(): boolean {
    this.isEarlier ||= this.digest === undefined || this.digest !== digestOf(this.file);
    return this.isEarlier;
  }
}

/** The digest of a file's content, whatever ends its lines; undefined if it cannot be read. */
function digestOf(file: string): string | undefined {
  try {
    return createHash("sha256").update(readFileSync(file, "latin1").replaceAll("\r\n", "\n"), "latin1").digest("base64");
  } catch {
    return undefined;
  }
}
