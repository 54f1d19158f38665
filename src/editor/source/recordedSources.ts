/**
 * The source texts of recordings. If the file is still what ran, the file itself is shown; otherwise its recorded text,
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

/** Documents of this scheme are source texts that were recorded. */
const scheme = "yieldpoint-source";

const open = new Set<Recording>();

/** Gives VS Code the text of a document of the scheme. */
export class RecordedSources implements TextDocumentContentProvider, Disposable {
  readonly #disposables = new Disposables();

  constructor() {
    this.#disposables.add(workspace.registerTextDocumentContentProvider(scheme, this));
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  /** A tab may outlive the recording that it belongs to: then its file is opened for a moment. */
  provideTextDocumentContent(uri: Uri): string {
    const query = new URLSearchParams(uri.query);
    const [trace, file] = [query.get("trace") ?? "", query.get("file") ?? ""];
    const known = [...open].find(({ path }) => path === trace);
    return (known ? textIn(known, file) : textInFile(trace, file)) ?? "The trace that holds this source is gone.\n";
  }
}

/**
 * Shows a place of a recording's source.
 *
 * @param column where, if no editor shows the file already
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
    throw new TraceFileError(`${basename(file)} is not here, and its text was not recorded.`, "Look at the trace without it.");
  }
  if (recorded === undefined || recorded === now) return reveal(place, column);
  open.add(recording);
  const query = new URLSearchParams({ trace: recording.path, file }).toString();
  await revealAt(Uri.from({ scheme, path: `/${basename(file)}`, query }), place, column);
}

/** The file whose recorded text a document shows; undefined for another document. */
export function recordedFile({ scheme: its, query }: Uri): string | undefined {
  return its === scheme ? (new URLSearchParams(query).get("file") ?? undefined) : undefined;
}

/** The texts of a recording that is closed are read from its file again. */
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
    return undefined; // it was moved, removed, or replaced by something else
  }
}
