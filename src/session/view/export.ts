/**
 * Exports a run: to a file that is written completely or not at all, or in pieces to a reader.
 */
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { setImmediate } from "node:timers/promises";
import { chromePieces } from "../../core/export/chrome";
import { jsonlPieces, outcomeLine } from "../../core/export/jsonl";
import { baseName, type Exported, type Piece } from "../../core/export/source";
import { svgBuckets, svgOf } from "../../core/export/svg";
import { textPieces } from "../../core/export/text";
import type { Axis } from "../../core/timeline/blocks";
import { timelineOf, wholeOf } from "../analysis/timeline";
import { blockedOutcome, outcomeOf } from "./scheduleOutcome";
import type { Viewed } from "./viewed";

export const exportFormats = ["chrome", "jsonl", "text", "svg"] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** The extensions of the files, without a leading dot. */
export const exportExtensions: Readonly<Record<ExportFormat, string>> = {
  chrome: "trace.json",
  jsonl: "jsonl",
  text: "txt",
  svg: "svg",
};

/** A part of the timeline. Only pictures can show a part. */
export interface Window {
  readonly axis: Axis;
  readonly from: number;
  readonly to: number;
}

/** Progress reports and cancellation of a long export. */
export interface Exporting {
  /** The part that a picture shows; left out, the whole run. */
  readonly window?: Window | undefined;
  /** Cancels the export. The incomplete file is removed. */
  readonly signal?: AbortSignal;
  /** @param share the share of the steps that have been written, from 0 to 1 */
  readonly progress?: (share: number) => void;
}

/** The maximum number of lanes. More would be too thin to read, so the last lane then combines all other tasks. */
const mostLanes = 40;

/**
 * The text of an export, with the steps recorded so far. The event loop continues between two pieces.
 *
 * @throws Error if the trace can no longer be read
 */
export async function* exportedPieces(viewed: Viewed, format: ExportFormat, window?: Window): AsyncGenerator<Piece> {
  const source = exportedOf(viewed);
  if (format === "svg") {
    yield { text: await svgText(viewed, window), step: source.trace.length };
    return;
  }
  const pieces = { chrome: chromePieces, jsonl: jsonlPieces, text: textPieces }[format];
  for (const piece of pieces(source)) {
    yield piece;
    await setImmediate();
  }
  if (format === "jsonl") yield { text: `${outcomeLine(await outcomeOf(viewed))}\n`, step: source.trace.length };
}

/**
 * Writes an export to a file. An existing file is replaced only when the new one is complete. The file is not synced to disk, which
 * would take longer than everything else: after a power failure the user can export again.
 *
 * @throws Error of the file system, or the signal's reason
 */
export async function exportTrace(viewed: Viewed, format: ExportFormat, path: string, exporting: Exporting = {}): Promise<void> {
  const { window, signal, progress } = exporting;
  const temporary = `${path}.${process.pid}.tmp`;
  const end = Math.max(1, viewed.head);
  const file = await open(temporary, "wx", 0o644);
  try {
    try {
      let written: Promise<unknown> = Promise.resolve();
      for await (const { text, step } of exportedPieces(viewed, format, window)) {
        await written; // the next piece was made while this one was being written
        signal?.throwIfAborted();
        written = append(file, typeof text === "string" ? Buffer.from(text) : text);
        written.catch(() => undefined); // the error is thrown where `written` is awaited
        progress?.(Math.min(1, step / end));
      }
      await written;
    } finally {
      await file.close();
    }
    signal?.throwIfAborted();
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Usually takes one write. If the system writes less, the rest is written in further calls. */
async function append(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at)).bytesWritten;
}

function exportedOf(viewed: Viewed): Exported {
  const { run, options } = viewed;
  const { trace, output, throws, added, waits } = run;
  return {
    trace,
    output,
    throws,
    added,
    waits,
    file: options.file,
    changes: run.scheduler.changes,
    // A getter, because the run may go on during the export.
    get why() {
      return blockedOutcome(viewed).why;
    },
    // A getter, because the task that stands for lost steps is added when reading reveals damage.
    get tasks() {
      return run.tasks;
    },
  };
}

async function svgText(viewed: Viewed, window?: Window): Promise<string> {
  const { run, options } = viewed;
  const { lanes, names } = lanesOf(run.tasks);
  const question = { ...(window ?? (await wholeOf(run))), buckets: svgBuckets, lanes };
  const level = await timelineOf(run, question);
  const end = question.axis === "step" ? level.end.step : level.end.micros;
  // A window may extend beyond the end of the run.
  const to = end > question.from ? Math.min(question.to, end) : question.to;
  return svgOf({ file: baseName(options.file), question: { ...question, to }, level, names });
}

/** One lane for each task, with the last lane combining those that do not fit. */
function lanesOf(tasks: readonly { readonly name: string }[]): { lanes: number[][]; names: string[] } {
  const own = tasks.length <= mostLanes ? tasks : tasks.slice(0, mostLanes - 1);
  const lanes = own.map((_, task) => [task]);
  const names = own.map(({ name }) => name);
  const others = tasks.length - own.length;
  if (others > 0) {
    lanes.push(Array.from({ length: others }, (_, index) => own.length + index));
    names.push(`${others.toLocaleString("en-US")} other tasks`);
  }
  return { lanes, names };
}
