/**
 * The cost of saving a trace of ten million steps, and of opening it, up to the first picture: the view
 * and the rows of the list.
 */
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Recording } from "../../src/session/openedRecording";
import { saveTrace } from "../../src/session/recording/save";
import { rowsOf, viewOf } from "../../src/session/view/view";
import { commandFor, sessionOn, taskFiles } from "./benchSession";

export const figures = ["trace.open.", "trace.save."];

const steps = 10_000_000;

/** The number of rows in a tall list. */
const rowsShown = 100;

/**
 * Reports trace.save.ms and trace.save.bytes.per.switch; trace.open.ms, from a file on disk to the data of the first picture, and
 * trace.open.rss.mb, the growth of this process's memory meanwhile; and trace.open.travel.ms, the slowest of several jumps.
 */
export async function bench(report: (name: string, value: number, unit: string) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "yieldpoint-open-"));
  const path = join(folder, "ten-million.yieldtrace");
  try {
    await save(path, (millis) => report("trace.save.ms", millis, "ms"));
    report("trace.save.bytes.per.switch", statSync(path).size / steps, "bytes");
    open(path, report);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function save(path: string, saved: (millis: number) => void): Promise<void> {
  const session = sessionOn(taskFiles.js, await commandFor(taskFiles.js));
  try {
    await session.open();
    for (const call of ["idler()", "ticker()"]) await session.add(call);
    await session.go(steps);
    const began = performance.now();
    await saveTrace(session, path);
    saved(performance.now() - began);
  } finally {
    session.dispose();
  }
}

function open(path: string, report: (name: string, value: number, unit: string) => void): void {
  const before = memory();
  const began = performance.now();
  const recording = new Recording(path, "file");
  viewOf(recording);
  if (rowsOf(recording, steps - rowsShown, rowsShown).length !== rowsShown) throw new Error("The trace is not whole.");
  report("trace.open.ms", performance.now() - began, "ms");
  const jumps = [0, 0.5, 0.1, 0.73, 0.31, 0.9].map((share) => Math.max(1, Math.round(share * steps)));
  report("trace.open.travel.ms", Math.max(...jumps.map((step) => millisToShow(recording, step))), "ms");
  report("trace.open.rss.mb", (memory() - before) / 1024 / 1024, "MB");
  recording.close();
}

function millisToShow(recording: Recording, step: number): number {
  const began = performance.now();
  recording.select(step);
  viewOf(recording);
  rowsOf(recording, step, rowsShown);
  return performance.now() - began;
}

/** The resident memory of this process, in bytes. */
function memory(): number {
  globalThis.gc?.();
  return process.memoryUsage().rss;
}
