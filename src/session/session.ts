/**
 * A session: one run as the user sees it, with a status and a cursor. It depends on neither VS Code nor a terminal: a view
 * listens to `onChange` and reads the current state.
 */
import { heldAfter } from "../core/schedule/changes";
import type { Task, TaskId } from "../core/task";
import type { StepRecord } from "../core/trace/trace";
import type { Until } from "../core/until";
import type { Notice, View } from "../protocol/panel";
import type { Branches } from "./branches/branches";
import type { PolicyComparison } from "./compare/policyComparison";
import type { SessionStatus } from "./loop/execution";
import type { RunEnd } from "./loop/rest";
import type { Running } from "./loop/running";
import type { Silenced } from "./loop/silenced";
import type { OrderControl } from "./order/orderControl";
import type { RunnerCommand } from "./process/runnerProcess";
import type { Rebuilding } from "./replay/rebuild";
import type { Fresh } from "./restarts";
import type { Breakpoints } from "./run/breakpoints";
import type { Run } from "./run/run";
import type { Place } from "./seen/navigation";
import type { Watches } from "./seen/watches";
import { type SessionOptions, SessionParts } from "./sessionParts";
import type { Order } from "./userOrder";
import { noticeOf } from "./view/notices";
import { orderOf } from "./view/scheduleView";
import type { Viewed } from "./view/viewed";

export type { SessionStatus } from "./loop/execution";
export type { RunEnd } from "./loop/rest";
export type { SessionOptions } from "./sessionParts";

export class Session implements Viewed {
  readonly recorded = undefined;
  readonly hasSchedule = true;
  readonly breakpoints: Breakpoints;
  readonly watches: Watches;
  readonly silenced: Silenced;
  readonly rebuilding: Rebuilding;
  /** Other ways that the run went. */
  readonly branches: Branches;
  /** The user's changes to who runs next. */
  readonly order: Order;
  readonly #parts: SessionParts;

  constructor(readonly options: SessionOptions) {
    this.#parts = new SessionParts(options, this);
    this.breakpoints = this.#parts.rules.breakpoints;
    this.watches = this.#parts.rules.watches;
    this.silenced = this.#parts.rules.silenced;
    this.rebuilding = this.#parts.rebuilding;
    this.branches = this.#parts.branches;
    this.order = this.#parts.order;
  }

  get calls(): string[] {
    return this.#parts.restarts.calls;
  }

  get until(): Until {
    return this.#parts.rules.until;
  }

  /** The policy as it was chosen: without a seed, every run draws another one. */
  get policy(): string {
    return this.#parts.rules.policy;
  }

  /** How the runner of the run that is shown was started. */
  get command(): RunnerCommand {
    return this.#parts.program.command;
  }

  /** The file was changed since it was loaded. */
  get stale(): boolean {
    return this.#parts.program.isStale;
  }

  get status(): SessionStatus {
    return this.#parts.execution.status;
  }

  get shownStatus(): SessionStatus {
    return this.#parts.stepping.shownStatus;
  }

  /** What went wrong with the session as a whole; the trace up to there stays. */
  get failure(): Error | undefined {
    return this.#parts.execution.failure;
  }

  get running(): Running {
    return this.#parts.execution.running;
  }

  get run(): Run {
    return this.running.run;
  }

  /** The run that is to replace the current one, while it is being prepared; or the last one whose preparation failed. */
  get fresh(): Run | undefined {
    return this.#parts.restarts.fresh;
  }

  /** The progress of the followed schedule. */
  get control(): OrderControl {
    return this.running.control;
  }

  get next(): TaskId | undefined {
    return this.control.next;
  }

  get result(): StepRecord | undefined {
    return this.running.rest.result;
  }

  /** Why the run came to rest last. */
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

  get notice(): Notice | undefined {
    return noticeOf(this);
  }

  get orderView(): Partial<View> {
    return orderOf(this);
  }

  /** Policies side by side, until it is dismissed. */
  get comparison(): PolicyComparison | undefined {
    return this.order.comparison;
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

  /** Says that the file on disk is no longer what was loaded. */
  markStale(): void {
    this.#parts.program.isStale = true;
    this.#parts.changed();
  }

  /**
   * Loads the file. To be called once, before anything else.
   *
   * @param wanted the calls that will be added: a restart runs them when the file cannot be loaded now
   * @throws UserCodeError when the file cannot be loaded; the session is `failed` then, and can be restarted
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
   * Adds a task at the tail of the ready queue, and shows the head. A run under way is paused for it.
   *
   * @throws UserCodeError when the call gives no generator; the session goes on without it
   */
  add(call: string): Promise<Task> {
    return this.#parts.stepping.atRest(async ({ run, control, sampling }) => {
      const task = await run.spawn(call);
      if (control.isFollowing) control.leave();
      await control.prepare();
      await sampling.watch(true); // the call is user code
      return task;
    });
  }

  /**
   * Goes one step forward: in the past to the next step that was recorded, at the head by running one. Calls while one
   * is under way wait for their turn, so that every click counts.
   */
  step(): Promise<void> {
    return this.#parts.stepping.step();
  }

  /** Runs until there is a reason to rest; a slow run goes on at full speed. @param limit the most steps */
  go(limit?: number): Promise<RunEnd> {
    return this.#parts.stepping.go(limit);
  }

  /** Runs slowly, or changes how slow it is. @param stepsPerSecond from 1 to 100 */
  walk(stepsPerSecond: number): Promise<RunEnd> {
    return this.#parts.stepping.walk(stepsPerSecond);
  }

  /** Runs up to a step; one that was recorded is shown. */
  runTo(step: number): Promise<RunEnd> {
    return this.#parts.stepping.runTo(step);
  }

  /** Comes to rest after the step that is running. */
  pause(): Promise<void> {
    return this.#parts.stepping.pause();
  }

  /** Throws into user code that does not end: a slice, a call, the file itself. The other tasks are not affected. */
  interrupt(): void {
    this.run.interrupt();
  }

  /** Pauses the run, and cancels other long work: a restart, a comparison, a replay. */
  settle(): Promise<void> {
    return this.#parts.settle();
  }

  /**
   * Runs the file as it is now with the same calls, in a fresh process.
   *
   * @throws UserCodeError when the file or one of the calls fails now; the session is as it was then
   */
  restart(calls = this.calls): Promise<void> {
    return this.begin({ calls });
  }

  /**
   * Runs the file as it is now in a fresh process. What there is goes on until that one has its tasks. Stopped or begun otherwise
   * meanwhile, it resolves without.
   *
   * @throws OrderError when the policy is not there any more, or the schedule does not fit before its first step
   * @throws UserCodeError when the file or one of the calls fails now
   * @throws RuntimeNotFoundError when the interpreter is not there any more
   *   In all these cases the session is as it was.
   */
  begin(fresh: Fresh): Promise<void> {
    return this.#parts.restarts.begin(fresh);
  }

  /** Drops the run that is to replace the current one, and what was asked of it so far. */
  cancelBegin(): void {
    this.#parts.cancelBegin();
  }

  /** Rebuilds what was not recorded of the step that is shown. Whether it could be is told by `rebuilding`. */
  rebuild(): Promise<void> {
    return this.rebuilding.rebuild(this.cursor);
  }

  cancelRebuild(): void {
    this.rebuilding.cancel();
  }

  /** Ends the process, and any run that is to replace it. What was recorded stays. */
  stop(): void {
    this.#parts.stop();
  }

  /**
   * Once all tasks are over: lets the program come to its end as it would by itself. Nothing can be asked of it afterwards.
   *
   * @param millis how long its timers and threads are waited for; the process is ended then
   * @returns whether it came to its end in that time
   */
  conclude(millis: number): Promise<boolean> {
    return this.#parts.stepping.turns.take(async () => this.run.ending || (await this.run.conclude(millis)));
  }

  /** Writes what is new to the trace's file, where it is kept. @throws Error of the file system; it is tried again the next time */
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
   * Ends the process, and leaves the trace's file to be found by the next one.
   *
   * @returns where it is; undefined where there is none
   * @throws Error of the file system
   */
  leave(): string | undefined {
    let path: string | undefined;
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
