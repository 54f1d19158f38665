/**
 * Which documents show a text that ran: places of a run are shown only there, since one in the wrong place is worse than none.
 */
import type { TextDocument } from "vscode";
import type { Viewed } from "../../session/view/viewed";
import type { Sessions } from "../session/sessions";
import { documentText } from "./documentText";
import { recordedFile } from "./recordedSources";

/** The session or recording whose places are shown in the source; undefined if there is none, or its file was changed since it was loaded. */
export function shownInSource({ active, current }: Sessions): Viewed | undefined {
  return active === current && current?.stale ? undefined : active;
}

/**
 * The file whose text a document shows, if that is the text that ran; otherwise undefined. An edited document, and a file that was changed
 * since the recording, show another text.
 */
export function fileThatRan(document: TextDocument, { run, recorded }: Viewed): string | undefined {
  const { isDirty, uri, fileName } = document;
  if (!recorded) return !isDirty && uri.scheme === "file" ? fileName : undefined;
  const file = uri.scheme === "file" ? fileName : recordedFile(uri);
  return file !== undefined && run.sources.all.get(file) === documentText(document) ? file : undefined;
}
