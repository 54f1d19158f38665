/**
 * Reads the text of a user's file.
 */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { markOf, sourceText } from "../../../core/sourceText";
import { RequestError } from "../values/failures";

/** @throws RequestError if the file no longer exists, for example before a restart, or has an encoding that Node does not support */
export function readSource(file: string): string {
  const bytes = bytesOf(file);
  // TypeScript's compiler supports UTF-16 too.
  if (/\.[cm]?tsx?$/i.test(file) || !markOf(bytes)?.startsWith("utf-16")) return sourceText(file, bytes);
  const message = `${basename(file)} is encoded in UTF-16. Node reads JavaScript in UTF-8 alone.`;
  throw new RequestError({ code: "syntax", message, file, line: 1, remedy: "Save it with the encoding UTF-8." });
}

function bytesOf(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    const remedy = "Bring it back, or start a session with another file.";
    throw new RequestError({ code: "load", message: `There is no file ${file} any more.`, remedy });
  }
}
