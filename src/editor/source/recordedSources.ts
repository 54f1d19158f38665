/**
 * The source texts of recordings. If a file is unchanged since it ran, the file itself is shown; otherwise its recorded text,
 * read-only.
 */
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { type Disposable, type TextDocumentContentProvider, Uri, type ViewColumn, workspace } from "vscode";
import { sourceText } from "../../core/sourceText";
import { Recording } from "../../session/openedRecording";
import { TraceFileError } from "../../session/recording/errors";
import { Disposables } from "../disposables";
import { type Place, reveal, revealAt } from "../feedback";

/** The scheme of documents that show a recorded source text. */
const scheme = "yieldpoint-source";

/** The documents with that scheme. */
export const recordedDocuments = { scheme } as const;

const open = new Set<Recording>();

/** Provides the text of documents with that scheme. */
export class RecordedSources implements TextDocumentContentProvider, Disposable {
  readonly #disposables = new Disposables();

  constructor() {
    this.#disposables.add(workspace.registerTextDocumentContentProvider(scheme, this));
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  /** If a tab's recording is closed, its trace file is opened briefly to read the text. */
  provideTextDocumentContent(uri: Uri): string {
    const query = new URLSearchParams(uri.query);
    const [trace, file] = [query.get("trace") ?? "", query.get("file") ?? ""];
    const known = [...open].find(({ path }) => path === trace);
    return (
      (known ? textIn(known, file) : textInFile(trace, file)) ?? "The trace that contains this source is no longer available.\n"
    );
  }
}

/**
 * Shows a place of a recording's source.
 *
 * @param column where to open the file, if no editor shows it already
 */
export async function revealRecorded(recording: Recording, place: Place, column: ViewColumn): Promise<void> {
  const { file } = place;
  if (file === undefined) return;
  const recorded = textIn(recording, file);
  const now = await readFile(file).then(
    (bytes) => sourceText(file, bytes),
    () => undefined,
  );
  if (recorded === undefined && now === undefined) {
    throw new TraceFileError(
      `${basename(file)} does not exist here, and its text was not recorded.`,
      "The trace can be viewed without it.",
    );
  }
  if (recorded === undefined || recorded === now) return reveal(place, column);
  open.add(recording);
  const query = new URLSearchParams({ trace: recording.path, file }).toString();
  await revealAt(Uri.from({ scheme, path: `/${basename(file)}`, query }), place, column);
}

/** The file whose recorded text a document shows; undefined for any other document. */
export function recordedFile({ scheme: its, query }: Uri): string | undefined {
  return its === scheme ? (new URLSearchParams(query).get("file") ?? undefined) : undefined;
}

/** Called when a recording is closed: from now on its texts are read from its file. */
export function forgetSources(recording: Recording): void {
  open.delete(recording);
}

function textIn(recording: Recording, file: string): string | undefined {
  return recording.run.sources.all.get(file);
}

function textInFile(trace: string, file: string): string | undefined {
  try {
    const recording = new Recording(trace, "file");
    recording.close();
    return textIn(recording, file);
  } catch {
    return undefined; // the file was moved, removed or replaced
  }
}
