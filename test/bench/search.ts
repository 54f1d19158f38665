/**
 * The speed of the host's search through ten million steps on disk: for a text, for a text in the steps of one task, and
 * for the statistics of all tasks.
 */
import { tmpdir } from "node:os";
import type { Query } from "../../src/core/analysis/search";
import { maxChunkSteps, type StepChunk } from "../../src/core/trace/trace";
import { TraceStore } from "../../src/core/trace/traceStore";
import { figuresOf } from "../../src/session/analysis/statistics";
import { TraceFile } from "../../src/session/recording/traceFile";
import type { RunRecord } from "../../src/session/seen/runRecord";
import { Searching } from "../../src/session/view/search";
import type { Viewed } from "../../src/session/view/viewed";
import { MadeUpRun, nothing } from "../unit/session/recording/viewed";

export const figures = ["search.", "statistics."];

const steps = 10_000_000;
const tasks = 8;

/**
 * Reports search.rate, the lower of search.rate.text and search.rate.task, and statistics.rate: steps per second, including
 * reading the file and the pauses for other work of the host. search.rate.distinct is the same for a trace in which
 * every eighth step has a unique value, so that reading the values takes longer than the search.
 */
export async function bench(report: (name: string, value: number, unit: string) => void): Promise<void> {
  await over(512, async (run) => {
    const text = await rateOf(run, { text: "item 77777", case: "any" });
    const task = await rateOf(run, { text: "ITEM 7", case: "any", tasks: [7] });
    report("search.rate", Math.min(text, task), "steps/s");
    report("search.rate.text", text, "steps/s");
    report("search.rate.task", task, "steps/s");
    const began = performance.now();
    await figuresOf(run, run.trace.length, Number.POSITIVE_INFINITY);
    report("statistics.rate", (steps / (performance.now() - began)) * 1_000, "steps/s");
  });
  await over(tasks, async (run) => {
    report("search.rate.distinct", await rateOf(run, { text: "item 77777", case: "any" }), "steps/s");
  });
}

/** @param every how often a step has a unique value */
async function over(every: number, measure: (run: RunRecord) => Promise<void>): Promise<void> {
  const file = new TraceFile(tmpdir());
  try {
    await measure(recorded(file, every));
  } finally {
    file.close();
  }
}

async function rateOf(run: RunRecord, query: Query): Promise<number> {
  const searching = new Searching();
  const viewed = { run } as Viewed;
  const began = performance.now();
  let found = await searching.find(viewed, 1, query);
  while (found.done < found.head && !found.cut) found = await searching.find(viewed, 1, query);
  if (found.count === 0) throw new Error(`Nothing matches ${query.text}.`);
  return (steps / (performance.now() - began)) * 1_000;
}

function recorded(file: TraceFile, every: number): RunRecord {
  const trace = new TraceStore(file);
  while (trace.length < steps) trace.append(chunkFrom(trace.length + 1, every));
  const added = Array.from({ length: tasks }, () => ({ step: 0, point: undefined, begun: false }));
  return new MadeUpRun(nothing, { trace, added, tasks: [] }).run;
}

function chunkFrom(first: number, every: number): StepChunk {
  const count = Math.min(maxChunkSteps, steps + 1 - first);
  const few = ["undefined", "1", "2", "3", "[3, 1, 2]", "true", "null"];
  const values = [...few];
  const value = new Uint16Array(count);
  const task = new Uint16Array(count);
  for (let index = 0; index < count; index += 1) {
    const id = (first + index) % tasks;
    task[index] = id;
    const isOwn = (first + index) % every === every - 1;
    value[index] = isOwn ? values.push(`{id: ${first + index}, name: "item ${first + index}"}`) - 1 : id % few.length;
  }
  const micros = new Float32Array(count).fill(0.25);
  return { first, task, event: new Uint8Array(count), value, point: new Uint16Array(count), micros, values };
}
