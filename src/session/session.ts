/**
 * A session: one run as the user sees it, with a status and a cursor. It is independent of VS Code and the terminal: a view listens
 * to `onChange` and reads the current state.
 */
import type { Conditions } from "../core/conditions";
import { heldAfter } from "../core/schedule/changes";
import type { Stay } from "../core/stay";
import type { Task, TaskId } from "../core/task";
import type { StepRecord } from "../core/trace/trace";
import type { Until } from "../core/until";
import type { VirtualTime } from "../core/virtualTime";
import type { Notice, View } from "../protocol/panel";
import type { Branches } from "./branches/branches";
import type { Comparison } from "./compare/comparison";
import type { Comparisons } from "./comparisons";
import type { Exploration } from "./exploration";
import type { SessionStatus } from "./loop/execution";
import type { RunEnd } from "./loop/rest";
import type { Running } from "./loop/running";
import type { Silenced } from "./loop/silenced";
import type { OrderControl } from "./order/orderControl";
import type { RunnerCommand } from "./process/runnerProcess";
import type { Rebuilding } from "./replay/rebuild";
import type { Fresh } from "./restarts";
import type { Breakpoints } from "./run/breakpoints";
import type { Decided } from "./run/decided";
import type { Run } from "./run/run";
import type { Place } from "./seen/navigation";
import type { Watches } from "./seen/watches";
import { type SessionOptions, SessionParts } from "./sessionParts";
import type { Order } from "./userOrder";
import { noticeOf } from "./view/notices";
import { orderOf } from "./view/scheduleView";
import { type TakenInput, takenInput } from "./view/takenInput";
import type { Viewed } from "./view/viewed";

export type { SessionStatus } from "./loop/execution";
export type { RunEnd } from "./loop/rest";
export type { SessionOptions } from "./sessionParts";

export class Session implements Viewed {
  readonly recorded = undefined;
  readonly breakpoints: Breakpoints;
  readonly watches: Watches;
  readonly silenced: Silenced;
  readonly decided: Decided;
  readonly rebuilding: Rebuilding;
  /** The alternative continuations of the run. */
  readonly branches: Branches;
  /** The user's changes to the order. */
  readonly order: Order;
  readonly comparisons: Comparisons;
  /** The search over the orders of the tasks. */
  readonly exploration: Exploration;
  readonly #parts: SessionParts;

  constructor(readonly options: SessionOptions) {
    this.#parts = new SessionParts(options, this);
    this.breakpoints = this.#parts.rules.breakpoints;
    this.watches = this.#parts.rules.watches;
    this.silenced = this.#parts.rules.silenced;
    this.decided = this.#parts.rules.decided;
    this.rebuilding = this.#parts.rebuilding;
    this.branches = this.#parts.branches;
    this.order = this.#parts.order;
    this.comparisons = this.#parts.comparisons;
    this.exploration = this.#parts.exploration;
  }

  /** An observed program decides itself who runs. */
  get hasSchedule(): boolean {
    return this.options.observed === undefined;
  }

  get calls(): string[] {
    return this.#parts.restarts.calls;
  }

  get until(): Until {
    return this.#parts.rules.until;
  }

  /** The policy as the user chose it. Without a seed, every run draws a new one. */
  get policy(): string {
    return this.#parts.rules.policy;
  }

  /** Which time the runs have; undefined for real time. */
  get virtualTime(): VirtualTime | undefined {
    return this.#parts.rules.virtualTime;
  }

  /** How the runner of the current run was started. */
  get command(): RunnerCommand {
    return this.#parts.program.command;
  }

  /** Whether a file was changed after it was loaded. */
  get stale(): boolean {
    return this.#parts.program.isStale;
  }

  /** Whether a file is different on disk from what was loaded. */
  differs(file: string): boolean {
    return this.#parts.program.differing.has(file);
  }

  get status(): SessionStatus {
    return this.#parts.execution.status;
  }

  get shownStatus(): SessionStatus {
    return this.#parts.stepping.shownStatus;
  }

  /** Why the session as a whole failed. The trace recorded before that is kept. */
  get failure(): Error | undefined {
    return this.#parts.execution.failure;
  }

  get running(): Running {
    return this.#parts.execution.running;
  }

  get run(): Run {
    return this.running.run;
  }

  /** The run that is being prepared to replace the current one, or the last one whose preparation failed. */
  get fresh(): Run | undefined {
    return this.#parts.restarts.fresh;
  }

  /** What determines the next step, including the progress of a followed schedule. */
  get control(): OrderControl {
    return this.running.control;
  }

  get next(): TaskId | undefined {
    return this.control.next;
  }

  get result(): StepRecord | undefined {
    return this.running.rest.result;
  }

  /** Why the run last came to rest. */
  get lastEnd(): RunEnd | undefined {
    return this.running.lastEnd;
  }

  get nobodyWakes(): boolean {
    return this.status === "paused" && (this.lastEnd === "blocked" || (this.lastEnd === "deadlock" && this.run.scheduler.isIdle));
  }

  get hit(): number | undefined {
    return this.running.rest.hit;
  }

  get speed(): number | undefined {
    return this.running.speed;
  }

  get rate(): number | undefined {
    return this.#parts.stepping.rate;
  }

  get isEvaluatingWatches(): boolean {
    return this.running.sampling.watching !== undefined;
  }

  get notice(): Notice | undefined {
    return noticeOf(this);
  }

  get orderView(): Partial<View> {
    return this.options.observed ? {} : { ...orderOf(this), ...this.exploration.view };
  }

  /** The comparison, until it is dismissed. */
  get comparison(): Comparison | undefined {
    return this.comparisons.current;
  }

  get head(): number {
    return this.#parts.cursor.head;
  }

  get cursor(): number {
    return this.#parts.cursor.step;
  }

  heldAfter(step: number): ReadonlySet<TaskId> {
    return heldAfter(this.run.scheduler.changes, step);
  }

  why(step: number): string | undefined {
    return this.running.reasons.of(step);
  }

  knownWhy(step: number): string | undefined {
    return this.running.reasons.known(step);
  }

  onChange(listener: () => void): () => void {
    return this.#parts.listeners.add(listener);
  }

  select(step: number): void {
    this.#parts.cursor.select(step);
  }

  get looked(): TaskId | undefined {
    return this.#parts.cursor.looked;
  }

  async look(task?: TaskId): Promise<void> {
    this.#parts.cursor.look(task);
    if (this.looked === undefined) return;
    await this.#parts.stepping.look(this.looked);
    this.#parts.changed();
  }

  goTo(place: Place, of?: { readonly task?: number; readonly watch?: string }): Promise<void> {
    return this.#parts.cursor.goTo(place, of);
  }

  noteOn(expression: string): string | undefined {
    return this.#parts.cursor.noteOn(expression);
  }

  setUntil(until: Until): void {
    this.#parts.rules.until = until;
    this.#parts.changed();
  }

  /** Marks the file on disk as different from what was loaded. */
  markStale(): void {
    this.saved(this.options.file, false);
  }

  /** Must be called when a file of the program was changed on disk. @param isAsItRan whether its text is the one that was loaded */
  saved(file: string, isAsItRan: boolean): void {
    const { differing } = this.#parts.program;
    if (isAsItRan) differing.delete(file);
    else differing.add(file);
    this.exploration.fileChanged();
    this.#parts.changed();
  }

  /**
   * Loads the file. Must be called once, before anything else.
   *
   * @param wanted the calls that will be added; if the file cannot be loaded now, a restart runs them
   * @throws UserCodeError if the file cannot be loaded; the session is then `failed`, and can be restarted
   */
  open(wanted: readonly string[] = []): Promise<void> {
    const { stepping, restarts, execution, program } = this.#parts;
    return stepping.turns.take(async () => {
      restarts.expect(wanted);
      await execution.load(program.file);
      await execution.running.sampling.watch();
      restarts.expect([]);
    });
  }

  /**
   * Adds a task at the tail of the ready queue, and shows the head. A run in progress is paused first.
   *
   * @throws UserCodeError if the value of the call is not a generator; the session continues without it
   */
  add(call: string): Promise<Task> {
    this.#parts.program.mustDecide();
    return this.#parts.stepping.atRest(async ({ run, control, sampling }) => {
      const task = await run.spawn(call);
      if (control.isFollowing) control.leave();
      await control.prepare();
      await sampling.watch(true); // the call is user code, which may have changed values
      return task;
    });
  }

  /**
   * Goes one step forward: in the past to the next recorded step, at the head by running one. Calls during a step are queued, so that
   * every click counts.
   */
  step(): Promise<void> {
    return this.#parts.stepping.step();
  }

  /** Runs until there is a reason to rest. A slow run continues at full speed. @param limit the maximum number of steps */
  go(limit?: number): Promise<RunEnd> {
    return this.#parts.stepping.go(limit);
  }

  /** Runs slowly, or changes the speed of a slow run. @param stepsPerSecond from 1 to 100 */
  walk(stepsPerSecond: number): Promise<RunEnd> {
    return this.#parts.stepping.walk(stepsPerSecond);
  }

  /** Runs up to a step. If the step was recorded already, it is shown. */
  runTo(step: number): Promise<RunEnd> {
    return this.#parts.stepping.runTo(step);
  }

  /**
   * Runs until a task has made its next step, or has ended; the others run as the policy says. If that was recorded already, it is shown.
   *
   * @param limit the maximum number of steps
   * @throws SessionStateError if a run is in progress, or the task has ended or is held back
   */
  stay(stay: Stay, limit = Number.POSITIVE_INFINITY): Promise<RunEnd> {
    return this.#parts.stepping.stay(stay, limit);
  }

  /** The task that the run in progress stays with. */
  get staying(): Stay | undefined {
    return this.shownStatus === "running" ? this.running.rest.stay : undefined;
  }

  /** Rests after the step in progress. */
  pause(): Promise<void> {
    return this.#parts.stepping.pause();
  }

  /** Gives the program something to read from its standard input. @param text left out, there is nothing more to read */
  give(text?: string): void {
    this.#asking.give(text);
  }

  get takesInput(): TakenInput {
    const { run, shownStatus } = this;
    return takenInput(this.#asking, shownStatus === "running" && (run.resuming.wasLate || run.hung !== undefined));
  }

  /** The run that asks for input, or may do so: the current one, or the one that is being prepared. */
  get #asking(): Run {
    const { fresh, run } = this;
    return fresh?.typed.asked && !fresh.ending ? fresh : run;
  }

  /** Interrupts user code that does not end: a slice, a call, or the loading of the file. Other tasks are not affected. */
  interrupt(): void {
    this.run.interrupt();
  }

  /**
   * Ends a watch that cannot be interrupted, as in a loop inside of the interpreter: the same steps are run again in a fresh process, which
   * skips the watch, up to the step that was reached.
   *
   * @throws UserCodeError if the file or one of the calls fails; the session does not change then
   */
  async skipWatch(): Promise<void> {
    const reached = this.head;
    await (this.options.observed ? this.restart() : this.order.restartSame("schedule"));
    await this.go(reached);
  }

  /** Pauses the run and the search, and cancels other long work: a restart, a comparison, a replay. */
  settle(): Promise<void> {
    return this.#parts.settle();
  }

  /**
   * Runs the current version of the file with the same calls, in a fresh process.
   *
   * @throws UserCodeError if the file or one of the calls fails; the session does not change then
   */
  restart(calls = this.calls): Promise<void> {
    return this.begin({ calls });
  }

  /**
   * The same, under other conditions.
   *
   * @throws UserCodeError if the file or one of the calls fails; the session does not change then
   */
  restartUnder(conditions: Conditions): Promise<void> {
    const { virtualTime, threads, processes } = this.#parts.rules;
    return this.begin({ calls: this.calls, conditions: { virtualTime, threads, processes, ...conditions } });
  }

  /**
   * Runs the current version of the file in a fresh process. The current run continues until the tasks of the new one exist. If the
   * session is stopped or another run is started in the meantime, the promise resolves without effect.
   *
   * If it throws, the session does not change.
   *
   * @throws OrderError if the policy no longer exists, or the schedule does not fit before its first step
   * @throws UserCodeError if the file or one of the calls fails
   * @throws RuntimeNotFoundError if the interpreter no longer exists
   */
  begin(fresh: Fresh): Promise<void> {
    return this.#parts.restarts.begin(fresh);
  }

  /** Drops the run that is being prepared, and all queued actions. */
  cancelBegin(): void {
    this.#parts.cancelBegin();
  }

  /** Rebuilds what was not captured at the step that is shown. `rebuilding` has the progress and the result. */
  rebuild(): Promise<void> {
    return this.rebuilding.rebuild(this.cursor);
  }

  cancelRebuild(): void {
    this.rebuilding.cancel();
  }

  /** Ends the process, and any run that is being prepared. What was recorded is kept. */
  stop(): void {
    this.#parts.stop();
  }

  /**
   * Waits for the program to end by itself, after all tasks have ended. It cannot be used afterwards.
   *
   * @param millis how long to wait for its timers and threads before the process is ended
   * @returns whether it ended by itself
   */
  conclude(millis: number): Promise<boolean> {
    return this.#parts.stepping.turns.take(async () => this.run.ending || (await this.run.conclude(millis)));
  }

  /** Writes new data to the trace's file, if the file is kept. @throws Error of the file system; the next call tries again */
  checkpoint(): void {
    this.#parts.checkpoint();
  }

  /** Ends the process, and frees the disk space of the trace. */
  dispose(): void {
    this.#parts.end();
    this.run.dispose();
    this.#parts.restarts.dispose();
  }

  /**
   * Ends the process, and leaves the trace's file for the next process to find.
   *
   * @returns its path; undefined if there is no file
   * @throws Error of the file system
   */
  leave(): string | undefined {
    let path: string | undefined;
    this.exploration.leave();
    try {
      this.checkpoint();
    } finally {
      this.#parts.end();
      this.#parts.restarts.dispose();
      path = this.run.file.release();
    }
    return path;
  }
}
