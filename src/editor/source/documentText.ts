/**
 * The text of a document as its language reads it. VS Code decodes a source in the encoding of its settings, and shows a
 * replacement character for every byte that is invalid in it.
 */
import { readFileSync } from "node:fs";
import type { TextDocument } from "vscode";
import { sourceText } from "../../core/sourceText";

const substitute = "\ufffd";

/** What runs when the file of a document is run; of one that is edited, or shown as it is, what it shows. */
export function documentText(document: TextDocument): string {
  const shown = document.getText();
  if (document.isDirty || document.uri.scheme !== "file" || !shown.includes(substitute)) return shown;
  const read = readAgain(document.fileName);
  return read !== undefined && linesOf(read) === document.lineCount ? read : shown;
}

function readAgain(file: string): string | undefined {
  try {
    return sourceText(file, readFileSync(file));
  } catch {
    return undefined; // it was removed meanwhile
  }
}

function linesOf(text: string): number {
  return text.split(/\r\n|\r|\n/).length;
}
