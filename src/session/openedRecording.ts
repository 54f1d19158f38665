/**
 * A recording: a trace file that is shown like a session. Nothing in it can run. Its parts are read on demand.
 */

import { basename } from "node:path";
import { makePolicy, parsePolicy } from "../core/policies/parse";
import type { Policy } from "../core/policies/policy";
import { heldAfter } from "../core/schedule/changes";
import type { TaskId } from "../core/task";
import type { StepRecord } from "../core/trace/trace";
import type { TraceStore } from "../core/trace/traceStore";
import type { Until } from "../core/until";
import type { VirtualTime } from "../core/virtualTime";
import type { SwitchPoints } from "../core/ways";
import type { Notice, View } from "../protocol/panel";
import { WarningWatch } from "./analysis/warnings";
import { Listeners } from "./common/listeners";
import { type SavedSearch, savedSearch } from "./explore/savedSearch";
import { Silenced } from "./loop/silenced";
import { usualPolicy } from "./order/policies";
import { StepReasons } from "./order/reasons";
import { Contents, lostOutcomes } from "./recording/contents";
import { Losses } from "./recording/losses";
import { runOf } from "./recording/recordedRun";
import type { Meta } from "./recording/schema";
import { SectionFile } from "./recording/sectionFile";
import { traceOf } from "./recording/traceOf";
import type { Place } from "./seen/navigation";
import type { RunRecord } from "./seen/runRecord";
import { Cursor } from "./view/cursor";
import { recordedOrder } from "./view/scheduleView";
import type { Viewed } from "./view/viewed";

/** The origin of a recording: a saved file, or a session that ended when the window was reloaded. */
export type Origin = NonNullable<View["recorded"]>;

export class Recording implements Viewed {
  readonly run: RunRecord;
  readonly options: { readonly file: string };
  readonly meta: Meta;
  readonly breakpoints = { list: [] };
  readonly watches: { readonly list: readonly string[] };
  readonly rebuilding = { state: undefined };
  readonly hit = undefined;
  readonly speed = undefined;
  readonly rate = undefined;
  readonly nobodyWakes = false;
  readonly isEvaluatingWatches = false;
  readonly takesInput = undefined;
  readonly next = undefined;
  readonly result: StepRecord | undefined;
  /** The search that was saved with the trace. */
  readonly exploration: SavedSearch | undefined;
  /** After a reload: what was asked when exploring. */
  asked = { check: "", invariant: "" };
  readonly #file: SectionFile;
  readonly #contents: Contents;
  readonly #listeners = new Listeners();
  readonly #changed = () => this.#listeners.tell();
  readonly #cursor = new Cursor(this, this.#changed);
  readonly silenced = new Silenced(() => this.silencedWarnings(), this.#changed);
  readonly #warnings = new WarningWatch(() => this.run, this.#changed);
  readonly #losses = new Losses(this.#changed);
  readonly #reasons: StepReasons;

  /**
   * Opens a trace file. If it is damaged, `notice` says what is missing.
   *
   * @throws Error of the file system
   * @throws TraceFileError if nothing in the file can be shown
   */
  constructor(
    readonly path: string,
    readonly recorded: Origin,
    readonly silencedWarnings: () => readonly string[] = () => [],
  ) {
    this.#file = new SectionFile(path);
    try {
      const contents = new Contents(this.#file, this.#losses);
      this.#contents = contents;
      const { trace, meta, segments } = traceOf(this.#file, contents, this.#losses);
      this.meta = meta;
      this.run = runOf(contents, trace, meta, segments);
    } catch (error) {
      this.close();
      throw error;
    }
    if (this.meta.steps > this.head) this.#losses.addSteps(this.head + 1, this.meta.steps);
    this.#reasons = new StepReasons(this.run, policyIn, this.#changed);
    this.options = { file: this.meta.file };
    this.watches = { list: this.meta.watches };
    this.exploration = savedSearch(this.#contents.explored, () => this.#losses.add(lostOutcomes));
    if (recorded === "reload") this.exploration?.restored();
    this.result = isStep(this.run.trace, this.meta.result) ? this.run.trace.at(this.meta.result) : undefined;
  }

  get calls(): readonly string[] {
    return this.meta.calls;
  }

  get until(): Until {
    return this.meta.until;
  }

  get threads(): SwitchPoints | undefined {
    return this.meta.threads;
  }

  get virtualTime(): VirtualTime | undefined {
    const { sessionTime, virtualTime } = this.meta;
    return sessionTime ? sessionTime.virtualTime : virtualTime;
  }

  /** The status to display; a recording cannot run. */
  get shownStatus(): "finished" | "failed" | "stopped" {
    if (this.recorded === "reload") return "stopped";
    return this.meta.status === "finished" || this.meta.status === "failed" ? this.meta.status : "stopped";
  }

  /** Whether the schedule is complete. It is not in older files, and in files of a run that ended during a plan. */
  get hasSchedule(): boolean {
    const { changes, steps } = this.run.scheduler;
    return changes.length > 0 && steps >= this.head;
  }

  get orderView(): Partial<View> {
    if (this.run.observed) return {};
    const exploring = this.recorded === "reload" ? { exploring: { ...this.asked, policy: usualPolicy, strategy: "" } } : {};
    return { ...(this.hasSchedule ? recordedOrder(this.run, this.cursor) : {}), ...exploring, ...this.exploration?.view };
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

  get looked(): TaskId | undefined {
    return this.#cursor.looked;
  }

  look(task?: TaskId): void {
    this.#cursor.look(task);
  }

  goTo(place: Place, of?: { readonly task?: number; readonly watch?: string }): Promise<void> {
    return this.#cursor.goTo(place, of);
  }

  noteOn(expression: string): string | undefined {
    return this.#cursor.noteOn(expression);
  }

  /** Starts the search for warnings, since they are not visible without a listener. */
  onChange(listener: () => void): () => void {
    this.#warnings.noticed();
    return this.#listeners.add(listener);
  }

  heldAfter(step: number): ReadonlySet<TaskId> {
    return heldAfter(this.run.scheduler.changes, step);
  }

  why(step: number): string | undefined {
    return step <= this.run.scheduler.steps ? this.#reasons.of(step) : undefined;
  }

  knownWhy(step: number): string | undefined {
    return this.#reasons.known(step);
  }

  /** Must be called when the user's file was changed on disk. */
  markStale(): void {
    if (this.exploration) this.exploration.text.isEarlier = true;
    this.#changed();
  }

  /** What could not be read of the file so far, as text. */
  get missing(): string | undefined {
    return this.#losses.summary;
  }

  get notice(): Notice | undefined {
    const { missing } = this;
    if (this.recorded === "reload") return reloadNotice(missing, this.run.observed ? "the program" : "the same tasks");
    if (missing === undefined) return this.meta.failure && { ...this.meta.failure, actions: [] };
    return {
      severity: "warning",
      message: `${basename(this.path)} is damaged: ${missing} could not be read. Everything else is shown.`,
      remedy: "Use another copy of the file, if there is one.",
      actions: [],
    };
  }

  /** Reads everything that has not been read yet, in pieces. Afterwards `missing` is complete. */
  *check(): Generator<void> {
    const { trace } = this.run;
    for (let step = 1; step <= trace.length; step += trace.segmentSteps) {
      trace.at(step);
      yield;
    }
    yield* this.#contents.check();
  }

  /** Closes the file. Data that was not read before is no longer available. */
  close(): void {
    this.#warnings.end();
    this.#file.close();
  }
}

/** The text includes the seed that was used. @throws ChoiceTextError if the policy is from a later version */
function policyIn(text: string): Policy {
  return makePolicy(parsePolicy(text));
}

function isStep(trace: TraceStore, step: number | undefined): step is number {
  return step !== undefined && step >= 1 && step <= trace.length;
}

function reloadNotice(missing: string | undefined, what: string): Notice {
  const lost = missing === undefined ? "" : ` Not all of it was written to disk: ${missing} could not be read.`;
  return {
    severity: "info",
    message: `The window was reloaded, and the process of this session ended with it. Its trace can still be read.${lost}`,
    remedy: `Restart runs ${what} again.`,
    actions: ["restart"],
  };
}
