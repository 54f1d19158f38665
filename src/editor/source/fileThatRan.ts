/**
 * Which documents show a text that ran: places of a run are shown only there, since one in the wrong place is worse than none.
 */
import type { TextDocument } from "vscode";
import type { Viewed } from "../../session/view/viewed";
import { documentText } from "./documentText";
import { recordedFile } from "./recordedSources";
import { isSameFile } from "./sameFile";

/** The file whose text a document shows, if that is the text that ran; otherwise undefined. What an edit takes away, undoing it brings back. */
export function fileThatRan(document: TextDocument, viewed: Viewed): string | undefined {
  const { isDirty, uri, fileName } = document;
  const file = uri.scheme === "file" ? fileName : viewed.recorded && recordedFile(uri);
  if (file === undefined) return undefined;
  if (!isDirty && viewed.differs?.(file) === false) return file;
  const ran = textThatRan(file, viewed);
  return ran !== undefined && shows(document, ran) ? file : undefined;
}

/** The text of a file as it ran, if it was kept. */
export function textThatRan(file: string, { run }: Viewed): string | undefined {
  const texts = run.sources.all;
  return texts.get(file) ?? [...texts].find(([each]) => isSameFile(each, file))?.[1];
}

const compared = new WeakMap<TextDocument, { readonly version: number; readonly text: string; readonly isSame: boolean }>();

/** Whether a document shows a text. Documents are compared once for each of their versions. */
export function shows(document: TextDocument, text: string): boolean {
  const { version } = document;
  const before = compared.get(document);
  if (before?.version === version && before.text === text) return before.isSame;
  const isSame = unified(text) === unified(documentText(document));
  compared.set(document, { version, text, isSame });
  return isSame;
}

/** An editor has one kind of line ends in a document. */
function unified(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}
