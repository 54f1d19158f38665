/**
 * The reasons why a run comes to rest: the first return, a breakpoint, no task that can run.
 */
import type { Stay } from "../../core/stay";
import type { TaskId } from "../../core/task";
import type { StepRecord } from "../../core/trace/trace";
import type { Until } from "../../core/until";
import type { Condition } from "../../protocol/requests";
import type { Answer } from "../../protocol/runner";
import type { OrderControl } from "../order/orderControl";
import type { Breakpoints } from "../run/breakpoints";
import type { Run } from "../run/run";
import { certainOf } from "../seen/waitVerdict";
import { conditionOf, stayId } from "./staying";

/** Why a run came to rest. */
export type RunEnd =
  | "first-return"
  | "threw"
  | "breakpoint"
  | "task-stepped"
  | "task-ended"
  | "interrupted"
  | "all-finished"
  | "deadlock"
  | "blocked"
  | "held"
  | "schedule-over"
  | "refused"
  | "step-limit"
  | "paused"
  | "trace-full"
  | "output-full"
  | "stopped"
  | "failed"
  | "exited";

/** The rules that determine where a run rests. They can change, so they are read each time. */
export interface RestRules {
  readonly until: Until;
  readonly breakpoints: Breakpoints;
  /** The maximum size of the trace, in bytes. */
  readonly traceRoom: number;
}

export class Rest {
  /** The first step of the run that returned. */
  result: StepRecord | undefined;
  /** The id of the breakpoint at which the run rests. */
  hit: number | undefined;
  /** The task that the run stays with, or stayed with when it last went on. */
  stay: Stay | undefined;
  /** Whether a loss of output was reported before the run last continued. */
  #wasLossSaid = false;

  constructor(
    readonly run: Pick<Run, "trace" | "scheduler" | "tasks" | "output" | "problem" | "waits" | "observed" | "processes">,
    readonly control: Pick<OrderControl, "isFollowing">,
    readonly rules: RestRules,
  ) {}

  /** Whether the trace has reached its maximum size. */
  get isTraceFull(): boolean {
    const { trace, problem } = this.run;
    return problem !== undefined || trace.bytes > this.rules.traceRoom;
  }

  /** Whether output was lost for the first time, and was not passed on elsewhere. A run rests only once for this. */
  get isOutputFull(): boolean {
    const { lost, passOn } = this.run.output;
    return lost > 0 && !passOn && !this.#wasLossSaid;
  }

  /**
   * Why nothing can run; undefined if a task is ready or can be woken, or if a schedule or the program itself determines what comes next.
   */
  get idle(): RunEnd | undefined {
    if (this.run.observed) return undefined;
    const { isIdle, waiting } = this.run.scheduler;
    return isIdle && waiting === 0 && !this.control.isFollowing ? this.nothingReady : undefined;
  }

  /** Whether tasks wait, each for something that no task is left to give. */
  get isStuck(): boolean {
    const { cycles, stuck } = certainOf(this.run);
    const { waiting } = this.run.scheduler;
    return waiting > 0 && cycles.flat().length + stuck.length === waiting;
  }

  /** Why nothing can run, given that no task can be woken any more. */
  get nobodyWakes(): RunEnd {
    if (certainOf(this.run).cycles.length > 0) return "deadlock";
    return this.run.scheduler.held.length > 0 ? "held" : "blocked";
  }

  /** Why no task is ready. */
  get nothingReady(): RunEnd {
    return this.run.scheduler.held.length > 0 ? "held" : "all-finished";
  }

  /** What ends a plan because of a single task. It comes after all breakpoints: of these, the first that is met is told. */
  get conditions(): Condition[] {
    return this.stay ? [conditionOf(this.stay)] : [];
  }

  /** Must be called when the run continues: it leaves its breakpoint, and output lost so far needs no further report. */
  leave(stay?: Stay): void {
    this.hit = undefined;
    this.stay = stay;
    this.#wasLossSaid = this.run.output.lost > 0;
  }

  /** The reason to rest after the steps that were just made, if there is one. */
  after(advanced: Answer<"advance">): RunEnd | undefined {
    const mayReturn = advanced.stopped === "returned" || advanced.stopped === "deadlock" || this.run.processes;
    const isNew = mayReturn && !this.result;
    if (isNew) this.catchUp();
    const first = isNew && this.result !== undefined;
    if (advanced.stopped === "interrupted") return "interrupted";
    if (advanced.stopped === "deadlock") return "deadlock";
    if (this.#isHit(advanced)) return "breakpoint";
    if (first && this.rules.until === "first") return "first-return";
    if (advanced.stopped === "threw" && this.rules.until === "first") return "threw";
    if (this.stay && advanced.condition?.id === stayId) return this.stay.until === "step" ? "task-stepped" : "task-ended";
    return this.idle;
  }

  /** Notes the breakpoint, if there is one, at which the run rests before a step of the task `next`. */
  before(next: TaskId | undefined): void {
    this.hit ??= this.rules.breakpoints.before(next, this.run.tasks);
  }

  /** Finds the first return among steps that were made without checking for reasons to rest. */
  catchUp(): void {
    this.result = this.#ends.find(({ event }) => event === "returned");
  }

  #isHit({ condition, ran }: Answer<"advance">): boolean {
    const { trace, tasks, processes } = this.run;
    const asked = condition?.id === stayId ? undefined : condition;
    if (asked) this.rules.breakpoints.report(asked.id, asked.problem);
    // Others make their steps after that of a task that ends, if all run at the same time.
    const ended = processes ? this.#ends.filter(({ step }) => step > trace.length - ran) : [];
    const met = [trace.at(trace.length), ...ended].map((step) => this.rules.breakpoints.metBy(step, tasks));
    this.hit = asked?.id ?? met.find((id) => id !== undefined);
    return this.hit !== undefined;
  }

  /** The steps in which tasks ended. */
  get #ends(): StepRecord[] {
    const { trace, tasks } = this.run;
    const lasts = trace.totals(trace.length, tasks.length).flatMap(({ lastStep }) => (lastStep > 0 ? trace.at(lastStep) : []));
    return lasts.filter(({ event }) => event !== "yielded").sort((one, other) => one.step - other.step);
  }
}
