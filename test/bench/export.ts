/**
 * The speed of exporting a trace of ten million steps from disk to a file, and whether memory stays constant meanwhile.
 */
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { maxChunkSteps, type StepChunk } from "../../src/core/trace/trace";
import { TraceStore } from "../../src/core/trace/traceStore";
import { TraceFile } from "../../src/session/recording/traceFile";
import { type ExportFormat, exportTrace } from "../../src/session/view/export";
import type { Viewed } from "../../src/session/view/viewed";
import { MadeUpRun, nothing } from "../unit/session/recording/viewed";

export const figures = ["export."];

const million = 1_000_000;
const tasks = 8;

/** The number of steps exported in each format; the picture and Chrome's figures are for the longest trace. */
const steps: Readonly<Record<ExportFormat, number>> = {
  chrome: 10 * million,
  jsonl: 2 * million,
  text: 2 * million,
  svg: 10 * million,
};

/**
 * Reports, for every format, export.FORMAT.rate in steps per second with the file written to disk; export.chrome.rss.mb, the maximum
 * growth of this process's memory meanwhile; export.chrome.bytes.per.switch; and export.svg.ms.
 */
export async function bench(report: (name: string, value: number, unit: string) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "yieldpoint-export-"));
  const path = join(folder, "exported");
  try {
    for (const format of ["chrome", "jsonl", "text"] as const) {
      const { millis, megabytes } = await measured(format, path);
      report(`export.${format}.rate`, (steps[format] / millis) * 1_000, "steps/s");
      if (format !== "chrome") continue;
      report("export.chrome.rss.mb", megabytes, "MB");
      report("export.chrome.bytes.per.switch", statSync(path).size / steps.chrome, "bytes");
    }
    report("export.svg.ms", (await measured("svg", path)).millis, "ms");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measured(format: ExportFormat, path: string): Promise<{ millis: number; megabytes: number }> {
  const file = new TraceFile(tmpdir());
  try {
    const viewed = recorded(file, steps[format]);
    globalThis.gc?.();
    const before = process.memoryUsage.rss();
    let most = before;
    const began = performance.now();
    await exportTrace(viewed, format, path, {
      progress: () => {
        most = Math.max(most, process.memoryUsage.rss());
      },
    });
    return { millis: performance.now() - began, megabytes: (most - before) / 1024 / 1024 };
  } finally {
    file.close();
  }
}

function recorded(file: TraceFile, count: number): Viewed {
  const trace = new TraceStore(file);
  trace.addPoints(
    Array.from({ length: tasks }, (_, id) => ({ file: "/project/tasks.ts", line: id + 1, column: 3, function: "f" })),
  );
  while (trace.length < count) trace.append(chunkFrom(trace.length + 1, Math.min(maxChunkSteps, count - trace.length)));
  const named = Array.from({ length: tasks }, (_, id) => ({
    id,
    name: `worker #${id + 1}`,
    call: "worker()",
    state: "ready" as const,
  }));
  return new MadeUpRun(nothing, { trace, tasks: named });
}

/** One value in eight occurs only in its step. */
function chunkFrom(first: number, count: number): StepChunk {
  const values = ["undefined", "1", "2", "3", "[3, 1, 2]", "true", "null"];
  const few = values.length;
  const task = Uint16Array.from({ length: count }, (_, index) => (first + index) % tasks);
  const value = task.map((id, index) => (id === few ? values.push(`{id: ${first + index}}`) - 1 : id));
  const micros = Float32Array.from(task, (id) => 0.25 + id / 3);
  return { first, task, event: new Uint8Array(count), value, point: task.map((id) => id + 1), micros, values };
}
