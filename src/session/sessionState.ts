/**
 * What there is to see of a session: everything that a view, a notice or a saved session is made from.
 */
import type { TaskId } from "../core/task";
import type { StepRecord } from "../core/trace";
import type { Until } from "../core/until";
import type { Notice, View } from "../protocol/panel";
import type { Branches } from "./branches";
import { Breakpoints } from "./breakpoints";
import { adviceOf } from "./errors";
import { noticeOf } from "./notices";
import { type ChangePlace, changeAt } from "./places";
import { type Chosen, choosePolicy } from "./policies";
import type { PolicyComparison } from "./policyComparison";
import type { PolicyFiles } from "./policyFiles";
import { Rebuilding } from "./rebuild";
import type { RunEnd } from "./rest";
import { Run } from "./run";
import type { RunnerCommand } from "./runnerClient";
import { Running } from "./running";
import { heldAfter, orderOf } from "./scheduleView";
import type { Steering } from "./steering";
import { type FileLife, TraceFile } from "./traceFile";
import { Viewed } from "./viewed";
import { Watches } from "./watches";

export type SessionStatus = "loading" | "paused" | "running" | "finished" | "stopped" | "failed";

/** Where no other was chosen. */
export const usualPolicy = "round-robin";

export interface SessionOptions {
  /** The user's file, absolute. */
  readonly file: string;
  readonly command: RunnerCommand;
  /** How a restart starts the runner: the interpreter may be another one by then. Left out, as before. */
  readonly commandNow?: () => Promise<RunnerCommand>;
  readonly until: Until;
  /** The folder for what does not fit in memory. */
  readonly storage: string;
  /** Whether what is there can be found when this process is gone; left out, it cannot. */
  readonly traceFile?: FileLife;
  /** Takes over the file of a trace that is kept, when another run takes the place of its own; left out, it is removed. */
  readonly keep?: (path: string) => void;
  /** The policy of the first run, as users type it; left out, round-robin. */
  readonly policy?: string;
  /** Where policies are that are files; left out, there are none. */
  readonly policyFiles?: PolicyFiles;
  /** The run pauses when its trace takes more space than this, in bytes. Read anew each time, since it may be raised. */
  readonly maxTraceBytes: number;
}

/** Its fields are changed by the session alone; whoever shows them listens to `onChange`. */
export abstract class SessionState extends Viewed {
  status: SessionStatus = "loading";
  until: Until;
  readonly breakpoints = new Breakpoints(() => this.rulesChanged());
  readonly watches = new Watches(() => this.watchesChanged());
  /** How far what was not recorded is rebuilt. */
  readonly rebuilding = new Rebuilding(this, () => this.changed());
  /** What went wrong with the session as a whole; the trace up to there stays. */
  failure: Error | undefined;
  /** The file was changed since it was loaded. */
  stale = false;
  /** When the current stretch of steps began: its first step, and the clock in milliseconds. */
  started = { step: 0, millis: 0 };
  readonly recorded = undefined;
  /** The policy as it was chosen: without a seed, every run draws another one. */
  policy: string;
  /** How the runner of the run that is shown was started. */
  command: RunnerCommand;
  running: Running;

  constructor(readonly options: SessionOptions) {
    super();
    this.command = options.command;
    this.until = options.until;
    this.policy = options.policy ?? usualPolicy;
    this.running = this.freshRunning();
  }

  get run(): Run {
    return this.running.run;
  }

  /** The first return of this run. */
  get result(): StepRecord | undefined {
    return this.running.rest.result;
  }

  /** Why the run came to rest last. */
  get lastEnd(): RunEnd | undefined {
    return this.running.lastEnd;
  }

  /** The breakpoint at which the run rests. */
  get hit(): number | undefined {
    return this.running.rest.hit;
  }

  /** Steps a second of a slow run, while it goes. */
  get speed(): number | undefined {
    return this.running.speed;
  }

  override get orderView(): Partial<View> {
    return orderOf(this);
  }

  override heldAfter(step: number): ReadonlySet<TaskId> {
    return heldAfter(this.run.scheduler.changes, step);
  }

  override why(step: number): string | undefined {
    return this.running.whys.of(step);
  }

  override knownWhy(step: number): string | undefined {
    return this.running.whys.known(step);
  }

  override get next(): TaskId | undefined {
    return this.running.steering.next;
  }

  get notice(): Notice | undefined {
    return noticeOf(this);
  }

  /** Steps a second, while running. */
  get rate(): number | undefined {
    const millis = Date.now() - this.started.millis;
    if (this.shownStatus !== "running" || millis <= 0) return undefined;
    return Math.round(((this.head - this.started.step) / millis) * 1000);
  }

  override select(step: number): void {
    this.rebuilding.leave();
    super.select(step);
  }

  /** Where nobody looked on the way, the change is found by replaying. */
  protected override async goToChange(place: ChangePlace, expression: string): Promise<void> {
    const known = changeAt(this, place, expression);
    const from = this.cursor;
    if (!known.unknown) return this.showChange(place, expression, from, known);
    try {
      const found = await this.rebuilding.findChange(place, expression);
      if (!found) return;
      this.showChange(place, expression, from, found);
      if (found.step !== undefined) await this.rebuilding.rebuild(found.step);
    } catch (error) {
      this.showChange(place, expression, from, changeAt(this, place, expression), adviceOf(error));
    }
  }

  protected override followHead(): void {
    this.rebuilding.leave();
    super.followHead();
  }

  setUntil(until: Until): void {
    this.until = until;
    this.changed();
  }

  /** Says that the file on disk is no longer what was loaded. */
  markStale(): void {
    this.stale = true;
    this.changed();
  }

  /** How far the schedule is that is followed. */
  get steering(): Steering {
    return this.running.steering;
  }

  /** The most space that the trace may take, in bytes. */
  get traceRoom(): number {
    return this.options.maxTraceBytes - this.branches.bytes;
  }

  /** @throws SteeringError when it is no policy */
  choosePolicy(text: string): Chosen {
    return choosePolicy(text, this.options.policyFiles);
  }

  /**
   * A fresh process with an empty trace.
   *
   * @throws SteeringError when the policy is a file that is not there any more
   */
  freshRunning(policy = this.policy, command = this.command): Running {
    const chosen = this.choosePolicy(policy);
    const { storage, traceFile } = this.options;
    const run: Run = new Run(command, new TraceFile(storage, traceFile), () => {
      if (run === this.running?.run) this.runChanged();
      else this.changed(); // it is prepared, and may hang
    });
    const running = new Running(run, this);
    running.steering.setPolicy(chosen);
    return running;
  }

  protected setStatus(status: SessionStatus): void {
    this.status = status;
    this.changed();
  }

  /** Policies side by side, until it is dismissed. */
  comparison: PolicyComparison | undefined;
  /** Other ways that the run went. */
  abstract readonly branches: Branches;
  protected abstract runChanged(): void;
  protected abstract rulesChanged(): void;
  protected abstract watchesChanged(): void;
}
