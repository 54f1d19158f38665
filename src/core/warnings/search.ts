/**
 * Searches a run for warnings, a range of steps at a time, and notifies the finders of what happened, in order. Every step and every row is
 * read once, and findings are kept when the trace grows.
 */
import { type PrintedLog, printedBetween } from "../analysis/printedOutput";
import type { NotedChange } from "../schedule/changes";
import type { TaskId } from "../task";
import { type StepChunk, stepEvents } from "../trace/trace";
import type { TraceStore } from "../trace/traceStore";
import { RowCursor } from "../waiting/rowCursor";
import type { ResourceInfo, WaitRows } from "../waiting/rows";
import type { Finder, ForeignYield, MakeFinder, Rejection } from "./finding";
import { Progress } from "./progress";
import { finders } from "./registry";
import { type Warning, type WarningKind, warningKinds } from "./warning";

/** What is searched. */
export interface Observed {
  readonly trace: TraceStore;
  readonly output: PrintedLog & { readonly lostFrom?: number | undefined };
  /** For each task, the step after which it was added. */
  readonly added: readonly { readonly step: number }[];
  readonly scheduler: { readonly changes: readonly NotedChange[] };
  readonly rejections?: readonly Rejection[];
  readonly foreignYields?: readonly ForeignYield[];
  readonly waits: { readonly resources: readonly ResourceInfo[]; from(step: number): Iterable<WaitRows> };
}

/** How many warnings of each kind are kept. The others are only counted. */
export const mostOfKind = 100;

const yielded = stepEvents.indexOf("yielded");

export class WarningSearch {
  readonly #finders: readonly Finder[];
  readonly #progress: Progress;
  readonly #found: Warning[] = [];
  /** By kind: the tasks that have a warning of it. */
  readonly #known = new Map<WarningKind, Set<TaskId>>();
  #left = 0;
  #done = 0;
  /** How many rows of the last step were read. More may come as long as no other step is made. */
  #rowsOfLast = 0;
  #added = 0;
  #changes = 0;

  /** @param make makes the finders; defaults to all of them */
  constructor(
    readonly observed: Observed,
    make: readonly MakeFinder[] = finders,
  ) {
    const hasPrinted = (first: number, last: number, task?: TaskId): boolean => this.#hasPrinted(first, last, task);
    this.#progress = new Progress(observed, hasPrinted);
    this.#finders = make.map((each) => each(this.#progress, (warning) => this.#keep(warning)));
    this.#progress.listen(this.#finders);
  }

  /** The last step that was searched. */
  get done(): number {
    return this.#done;
  }

  /** Whether all existing steps were searched. */
  get isComplete(): boolean {
    return this.#done >= this.observed.trace.length;
  }

  /** In the order of their last steps. When the search is complete, includes warnings that hold only while the run is at rest. */
  get warnings(): readonly Warning[] {
    const now = this.isComplete ? this.#finders.flatMap((finder) => finder.atRest?.(this.#done) ?? []) : [];
    const all = [...this.#found, ...now.filter(({ kind, task }) => !this.#known.get(kind)?.has(task))];
    return all.sort(
      (one, other) => lastOf(one) - lastOf(other) || warningKinds.indexOf(one.kind) - warningKinds.indexOf(other.kind),
    );
  }

  /** How many more warnings there were than are kept. */
  get more(): number {
    return this.#left;
  }

  /**
   * Searches the next steps, and what has happened since the last one.
   *
   * @param most how many steps at most, which bounds the time it takes
   * @throws Error if the trace can no longer be read
   */
  advance(most: number): void {
    const rows = new RowCursor(this.observed.waits.from(this.#done), this.#done, this.#rowsOfLast);
    this.#after(this.#done, rows);
    if (this.isComplete || most < 1) return;
    const { trace } = this.observed;
    const from = this.#done + 1;
    const chunk = trace.chunkAt(from);
    const end = Math.min(trace.length, chunk.first + trace.segmentSteps - 1, from + most - 1);
    while (this.#done < end) this.#stretch(chunk, Math.min(end, this.#nextEvent(rows)), rows);
  }

  /** The next step after which the finders have to be notified of something. */
  #nextEvent(rows: RowCursor): number {
    const { added, scheduler } = this.observed;
    const { changes } = scheduler;
    const change = changes[this.#changes]?.after ?? Number.POSITIVE_INFINITY;
    return Math.max(this.#done + 1, Math.min(rows.next, added[this.#added]?.step ?? Number.POSITIVE_INFINITY, change));
  }

  /** Searches steps up to the given one, but stops earlier after a step that ends its task or before a step of a task that is not ready. */
  #stretch(chunk: StepChunk, upTo: number, rows: RowCursor): void {
    const { first, task: tasks, event } = chunk;
    const from = this.#done + 1 - first;
    this.#progress.resumed(tasks[from] as number, this.#done);
    let last = from;
    while (last < upTo - first && event[last] === yielded && this.#progress.isReady(tasks[last + 1] as number)) last += 1;
    for (const finder of this.#finders) finder.steps?.(chunk, from, last + 1);
    this.#done = first + last;
    this.#rowsOfLast = 0;
    const ended = event[last] === yielded ? undefined : (tasks[last] as number);
    this.#after(this.#done, rows);
    if (ended !== undefined) this.#progress.end(ended, this.#done);
  }

  /** Handles what happened in a step besides its slice, and after it. */
  #after(step: number, rows: RowCursor): void {
    const { added, scheduler } = this.observed;
    this.#rowsOfLast += rows.take(step, (batch, index) => this.#progress.row(batch, index));
    for (; (added[this.#added]?.step ?? Number.POSITIVE_INFINITY) <= step; this.#added += 1) {
      this.#progress.add(this.#added, step);
    }
    for (let next = scheduler.changes[this.#changes]; next && next.after <= step; next = scheduler.changes[this.#changes]) {
      this.#progress.change(next.change, step);
      this.#changes += 1;
    }
  }

  #keep(warning: Warning): void {
    const { kind, task } = warning;
    const known = this.#known.get(kind) ?? new Set();
    this.#known.set(kind, known);
    if (known.has(task)) return;
    known.add(task);
    if (known.size <= mostOfKind) this.#found.push(warning);
    else this.#left += 1;
  }

  #hasPrinted(first: number, last: number, task: TaskId | undefined): boolean {
    const { output, trace } = this.observed;
    if ((output.lostFrom ?? Number.POSITIVE_INFINITY) <= last) return true;
    const printed = printedBetween(output, Math.max(1, first), last);
    return printed.some(({ step, text }) => text !== "" && (task === undefined || trace.at(step).task === task));
  }
}

function lastOf({ steps }: Warning): number {
  return steps.at(-1) ?? 0;
}
