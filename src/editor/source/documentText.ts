/**
 * The text of a document as its language reads it. VS Code decodes a source in the encoding of its settings, and shows a replacement
 * character for every byte that is invalid in it.
 */
import { readFileSync } from "node:fs";
import type { TextDocument } from "vscode";
import { sourceText } from "../../core/sourceText";

const substitute = "\ufffd";

/** The text that runs when the document's file is run. For a document with unsaved changes, or without a file, the text that it shows. */
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
    return undefined; // the file was removed in the meantime
  }
}

function linesOf(text: string): number {
  return text.split(/\r\n|\r|\n/).length;
}
