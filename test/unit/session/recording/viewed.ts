/**
 * A run without a process, to be saved. All of its data is invented, and consistent.
 */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { TraceStore } from "../../../../src/core/trace/traceStore";
import { Listeners } from "../../../../src/session/common/listeners";
import { Silenced } from "../../../../src/session/loop/silenced";
import { Recording } from "../../../../src/session/openedRecording";
import { Differences } from "../../../../src/session/seen/differences";
import { Inspections } from "../../../../src/session/seen/inspections";
import { OutputLog } from "../../../../src/session/seen/outputLog";
import type { RunRecord } from "../../../../src/session/seen/runRecord";
import { Scopes } from "../../../../src/session/seen/scopes";
import { Sources } from "../../../../src/session/seen/sources";
import { ThrowLog } from "../../../../src/session/seen/throwLog";
import { WaitLog } from "../../../../src/session/seen/waitLog";
import { WatchLog } from "../../../../src/session/seen/watchLog";
import { Cursor } from "../../../../src/session/view/cursor";
import type { Viewed } from "../../../../src/session/view/viewed";
import { type Content, chunkOf, content, points } from "../../core/chunks";
import type { Lived } from "../../core/policies/deeds";

/** The invented data. */
export interface MadeUp {
  readonly contents: readonly Content[];
  readonly segmentSteps: number;
  readonly printed: readonly { readonly step: number; readonly text: string }[];
  readonly watched: readonly { readonly step: number; readonly text: string; readonly task?: number | undefined }[];
  readonly inside: readonly number[];
}

/** A run without steps. */
export const nothing: MadeUp = { contents: [], segmentSteps: 4, printed: [], watched: [], inside: [] };

const steps = fc.integer({ min: 1, max: 60 });

export const madeUp: fc.Arbitrary<MadeUp> = fc.record({
  contents: fc.array(content, { maxLength: 60 }),
  segmentSteps: fc.integer({ min: 1, max: 9 }),
  printed: fc.array(fc.record({ step: steps, text: fc.string({ minLength: 1 }) }), { maxLength: 8 }),
  watched: fc.array(fc.record({ step: steps, text: fc.string(), task: fc.option(fc.nat(3), { nil: undefined }) }), {
    maxLength: 8,
  }),
  inside: fc.array(steps, { maxLength: 4 }),
});

export class MadeUpRun implements Viewed {
  readonly run: RunRecord;
  readonly options = { file: "/project/tasks.ts" };
  readonly calls = ["f1()", "f2(3)"];
  readonly until = "all" as const;
  readonly virtualTime = undefined;
  readonly shownStatus = "finished" as const;
  readonly notice = undefined;
  readonly breakpoints = { list: [] };
  readonly watches = { list: ["total"] };
  readonly rebuilding = { state: undefined };
  readonly silenced = new Silenced(
    () => [],
    () => undefined,
  );
  readonly hit = undefined;
  readonly speed = undefined;
  readonly rate = undefined;
  readonly nobodyWakes = false;
  readonly takesInput = undefined;
  readonly isEvaluatingWatches = false;
  readonly recorded = undefined;
  readonly hasSchedule = true;
  readonly orderView = {};
  exploration: Viewed["exploration"] = undefined;
  readonly next = undefined;
  readonly result;
  readonly #listeners = new Listeners();
  readonly #cursor = new Cursor(this, () => this.#listeners.tell());

  /** @param part the parts of the run that differ */
  constructor(made: MadeUp, part: Partial<RunRecord> = {}) {
    this.run = { ...runOf(made), ...part };
    this.result = this.head > 0 ? this.run.trace.at(1) : undefined;
  }

  get head(): number {
    return this.#cursor.head;
  }

  get cursor(): number {
    return this.#cursor.step;
  }

  select(step: number): void {
    this.#cursor.select(step);
  }

  get looked(): number | undefined {
    return this.#cursor.looked;
  }

  look(task?: number): void {
    this.#cursor.look(task);
  }

  goTo(...[place, of]: Parameters<Viewed["goTo"]>): Promise<void> {
    return this.#cursor.goTo(place, of);
  }

  noteOn(expression: string): string | undefined {
    return this.#cursor.noteOn(expression);
  }

  onChange(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  heldAfter(): ReadonlySet<number> {
    return new Set();
  }

  why(): undefined {
    return undefined;
  }

  knownWhy(): undefined {
    return undefined;
  }
}

/** A run with user actions. */
export function livedRun({ program: { scheduler }, trace }: Lived): MadeUpRun {
  const { tasks } = scheduler;
  return new MadeUpRun(nothing, {
    trace,
    scheduler,
    tasks,
    added: tasks.map(() => ({ step: 0, point: undefined, begun: false })),
  });
}

function runOf({ contents, segmentSteps, printed, watched, inside }: MadeUp): RunRecord {
  const trace = new TraceStore(undefined, segmentSteps);
  trace.addPoints(points);
  if (contents.length > 0) trace.append(chunkOf(1, contents));
  const output = new OutputLog();
  for (const { step, text } of printed) output.add(step, "stdout", text);
  const watches = new WatchLog(new Scopes(trace, () => "/project/tasks.ts"));
  for (const { step, text, task } of watched) {
    watches.record({ step, expression: "total", seen: { text }, ...(task === undefined ? {} : { task }) });
  }
  const inspections = new Inspections(() => Promise.reject(new Error("there is no process")));
  for (const step of inside) {
    const local = { name: "list", value: { text: `[${step}]`, handle: 1 } };
    const children = new Map([[1, { properties: [{ name: "0", value: { text: `${step}` } }], total: 1 }]]);
    inspections.recordPast(step, { frames: [{ ...points[0], locals: [local] } as never] }, children);
  }
  const throws = new ThrowLog();
  for (const [index, { event, value }] of contents.entries()) {
    const cause = { name: "cause", message: `of ${value}`, frames: [] };
    if (event === "threw") throws.add(index + 1, { message: value, frames: points.slice(0, 2), related: [cause] });
  }
  const sources = new Sources();
  sources.add("/project/tasks.ts", "function* f1() {}\n");
  const tasks = [0, 1, 2, 3, 4].map((id) => ({ id, name: `f${id}`, call: `f${id}()`, state: "ready" as const }));
  return {
    trace,
    scheduler: { tasks, changes: [], steps: 0 },
    output,
    inspections,
    differences: new Differences((handle) => inspections.inside(handle)),
    watched: watches,
    throws,
    waits: new WaitLog(),
    sources,
    tasks,
    added: tasks.map(() => ({ step: 0, point: points[0], begun: false })),
    next: undefined,
    runtime: { protocol: 1, language: "javascript", version: "v24.0.0", executable: "/usr/bin/node" },
    hung: undefined,
  };
}

/** A folder for the files of a suite, which is deleted after the suite. */
export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), "yieldpoint-recording-"));

  constructor() {
    after(() => rmSync(this.path, { recursive: true, force: true }));
  }

  file(name: string): string {
    return join(this.path, name);
  }
}

/** Opens a file, passes it to a function, and closes it again. */
export async function lookedAt<T>(path: string, look: (recording: Recording) => T | Promise<T>): Promise<T> {
  const recording = new Recording(path, "file");
  try {
    return await look(recording);
  } finally {
    recording.close();
  }
}

/** The reason for a step, if there is one. Finding it may take a while. */
export async function whyOf(viewed: Viewed, step: number): Promise<string | undefined> {
  if (step === 0) return undefined;
  const why = viewed.why(step);
  if (why !== undefined || (viewed instanceof Recording && step > viewed.run.scheduler.steps)) return why;
  return new Promise((resolve) => {
    const stop = viewed.onChange(() => {
      const found = viewed.knownWhy(step);
      if (found === undefined) return;
      stop();
      resolve(found);
    });
  });
}
