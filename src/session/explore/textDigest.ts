/**
 * Recognizes whether a file still has the text with which it was explored.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

/** The digest of a file's content; undefined if it cannot be read. */
export function textDigest(file: string): string | undefined {
  try {
    return createHash("sha256").update(readFileSync(file)).digest("base64");
  } catch {
    return undefined;
  }
}
