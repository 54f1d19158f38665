/**
 * The main loop of a run: it executes plans until there is a reason to rest.
 */
import { cutPlan } from "../../core/schedule/cutPlan";
import { type Plan, planLength } from "../../core/schedule/plan";
import type { Stay } from "../../core/stay";
import type { TaskId } from "../../core/task";
import type { Condition } from "../../protocol/requests";
import type { Answer } from "../../protocol/runner";
import { OrderControl } from "../order/orderControl";
import type { Chosen } from "../order/policies";
import { StepReasons } from "../order/reasons";
import { Pace } from "../run/pace";
import type { Run } from "../run/run";
import { Sampling } from "../run/sampling";
import type { Watches } from "../seen/watches";
import { Rest, type RestRules, type RunEnd } from "./rest";

/** The rules of a run. They can change, so they are read before each plan. */
export interface Rules extends RestRules {
  readonly watches: Watches;
  /** @throws OrderError if the text is not a policy */
  choosePolicy(text: string): Chosen;
}

/** How a run goes on. */
export interface Manner {
  /** The speed of a slow run in steps per second; left out, it runs at full speed. */
  readonly speed?: number;
  /** Rests for this task, too. */
  readonly stay?: Stay;
}

/** The maximum number of steps before the loop checks the rules again. `pause` ends a plan earlier, so this is only a safety limit. */
export const batchSteps = 1_000_000;
/** The number of steps in the first plan, and the growth factor. Plans start small: after a task's end, the rest of a plan is wasted. */
const firstBatch = 4_096;
const batchGrowth = 4;

/** The answer for a plan that could not be made yet. */
const nothingRan: Answer<"advance"> = { ran: 0, stopped: "stale" };

/** Why a run is paused from outside of its loop. */
type PauseEnd = Extract<RunEnd, "paused" | "trace-full" | "output-full">;

export class Running {
  /** Why the run last came to rest. */
  lastEnd: RunEnd | undefined;
  /** The pace of a slow run; undefined at full speed. */
  #pace: Pace | undefined;
  #restWanted: PauseEnd | undefined;
  /** The number of steps in the next plan. */
  #batch = firstBatch;
  /** Changes that are made when the current plan has ended. */
  #changes: (() => void)[] = [];
  readonly control: OrderControl;
  readonly rest: Rest;
  readonly reasons: StepReasons;
  readonly sampling: Sampling;

  constructor(
    readonly run: Run,
    readonly rules: Rules,
  ) {
    this.control = new OrderControl(run, (text) => rules.choosePolicy(text));
    this.rest = new Rest(run, this.control, rules);
    this.reasons = new StepReasons(run, (text) => rules.choosePolicy(text).policy, run.changed);
    this.sampling = new Sampling(run, rules.watches);
  }

  /** The speed of a slow run, in steps per second. */
  get speed(): number | undefined {
    return this.#pace?.speed;
  }

  /**
   * Runs until there is a reason to rest, and then captures where the tasks are suspended.
   *
   * @param limit the maximum number of steps
   */
  async forward(limit: number, { speed, stay }: Manner = {}): Promise<RunEnd> {
    this.rest.leave(stay);
    this.run.resuming.wasLate = false;
    if (speed !== undefined) this.#pace = new Pace(speed);
    this.run.flush();
    this.control.retry();
    try {
      this.lastEnd = await this.#untilRest(limit);
      if (this.lastEnd === "interrupted") this.run.typed.asked = undefined;
      await this.control.prepare();
      this.rest.before(this.control.next);
      if (this.lastEnd !== "exited") await this.sampling.look();
      if (this.rest.idle === "all-finished") await this.run.askRemaining();
    } finally {
      this.#pace = undefined;
      this.#restWanted = undefined;
      this.#makeChanges();
    }
    return this.lastEnd;
  }

  /**
   * Makes one step by hand, and then captures where the tasks are suspended. Makes no step if the trace is full.
   *
   * @throws UserCodeError if the step cannot be made; nothing has run then
   */
  async byHand(step: () => Promise<Answer<"advance">>): Promise<RunEnd> {
    this.rest.leave();
    this.run.flush();
    if (this.rest.isTraceFull) {
      this.lastEnd = "trace-full";
      return this.lastEnd;
    }
    this.control.leave();
    this.lastEnd = this.rest.after(await step()) ?? "step-limit";
    await this.control.prepare();
    await this.sampling.look();
    return this.lastEnd;
  }

  /** Makes a change between two plans: immediately, or when the current plan has ended. */
  async between(change: () => void): Promise<void> {
    if (!this.run.isAdvancing) return change();
    const made = new Promise<void>((resolve, reject) => {
      this.#changes.push(() => {
        try {
          resolve(change());
        } catch (error) {
          reject(error);
        }
      });
    });
    await this.replan();
    return made;
  }

  /** Ends the processes of the run. */
  end(reason: string): void {
    this.control.end();
    this.run.end(reason);
    this.#makeChanges();
  }

  /** Skips the watch that is hanging until the user asks for it again. Otherwise it would also keep the next run from starting. */
  passOverHanging(): void {
    const { watching, watches } = this.sampling;
    if (this.run.hung && watching !== undefined) watches.stop(watching);
  }

  /** Slows the current run down, or changes its speed. */
  async walk(speed: number): Promise<void> {
    if (this.#pace) this.#pace.change(speed);
    else this.#pace = new Pace(speed);
    await this.replan();
  }

  /** Lets a slow run continue at full speed. */
  hurry(): void {
    const pace = this.#pace;
    this.#pace = undefined;
    pace?.wake();
  }

  /** Rests after the step in progress. @param end the reason to report */
  async pause(end: PauseEnd = "paused"): Promise<void> {
    if (this.#restWanted) return;
    this.#restWanted = end;
    this.#pace?.wake();
    await this.replan();
  }

  /** Ends the current plan, so that changed rules take effect immediately. */
  async replan(): Promise<void> {
    if (this.run.isAdvancing) await this.run.resuming.pause().catch(ignoreEnd);
  }

  /**
   * Why nobody can run any more, where tasks wait that nobody is left to wake; otherwise undefined. A schedule ends before a run would find
   * out. Whatever would come from outside, or at a real time, is not waited for.
   */
  async nobodyLeft(): Promise<RunEnd | undefined> {
    const { run, rest } = this;
    if (!run.scheduler.isIdle || !rest.isStuck) return undefined;
    await run.askRemaining();
    if (run.remaining.length > 0) return undefined;
    return (await run.resuming.wait()).stopped === "idle" ? rest.nobodyWakes : undefined;
  }

  async #untilRest(limit: number): Promise<RunEnd> {
    for (let left = limit, firstStop = 1; left > 0; ) {
      await this.#pace?.turn(() => this.#restWanted !== undefined || !this.#pace);
      this.#makeChanges();
      if (this.rest.isTraceFull) return "trace-full";
      if (this.#restWanted) return this.#restWanted;
      const wasFollowing = this.control.isFollowing;
      await this.control.prepare();
      if (wasFollowing && !this.control.isFollowing) return (await this.nobodyLeft()) ?? "schedule-over";
      if (this.#restWanted) return this.#restWanted;
      const advanced = await this.#advance(left, firstStop);
      this.control.compare();
      if (typeof advanced === "string") return advanced;
      if (advanced.stopped === "idle") return this.control.refusal ? "refused" : this.rest.nobodyWakes;
      if (advanced.ran === 0) continue;
      left -= advanced.ran;
      firstStop = 0;
      const end = this.rest.after(advanced);
      if (end) return end;
      if (wasFollowing && !this.control.isFollowing) return (await this.nobodyLeft()) ?? "schedule-over";
      if (this.#pace) await this.sampling.look();
    }
    return "step-limit";
  }

  /** Executes the next plan. If the run must rest before the plan's first step, returns the reason. */
  async #advance(left: number, firstStop: number): Promise<Answer<"advance"> | RunEnd> {
    const { scheduler } = this.run;
    const { breakpoints } = this.rules;
    const mayAppear = this.run.observed !== undefined;
    const conditions = [...breakpoints.conditions(scheduler.tasks, mayAppear), ...this.rest.conditions];
    if (this.run.observed) {
      return this.#observe(this.#pace || breakpoints.isAboutTasks ? 1 : Math.min(left, this.#batch), conditions);
    }
    if (this.rest.idle) return this.rest.idle;
    const stops = breakpoints.stops(scheduler.tasks);
    const isCut = stops.before.size > 0 || stops.after.size > 0;
    const parallel = isCut || left === 1 || this.#pace ? undefined : this.#parallel(left);
    if (parallel) {
      const restsAtEnd = this.rules.until === "first" || breakpoints.isAboutTasks;
      return this.#grown(await this.run.resuming.allAtOnce({ ...parallel, until: conditions, restsAtEnd }));
    }
    const ring = isCut ? undefined : scheduler.planRing(this.#pace ? 1 : Math.min(left, this.#batch));
    if (ring || scheduler.mustWait) {
      const { resuming, changed } = this.run;
      const advancing = ring ? resuming.executeRing(ring, conditions) : resuming.wait();
      if (this.run.isAwaiting) changed(); // shows that the run waits, which may take long
      return this.#grown(await advancing);
    }
    const byHand = this.control.refusal ? undefined : await this.control.byHand(conditions);
    if (byHand) return byHand;
    if (this.control.refusal) return "refused";
    if (this.#restWanted) return this.#restWanted;
    const plan = scheduler.plan(this.#pace ? 1 : Math.min(left, this.#batch));
    if (!plan) return this.rest.nothingReady;
    if (plan.picks.length === 0) return this.run.ending ? "stopped" : nothingRan; // a policy in a file must be asked first
    if (planLength(plan) === 1) this.reasons.note(this.run.trace.length + 1, scheduler.reason);
    const cut = cutPlan(plan, stops, firstStop);
    if (!cut) return "breakpoint";
    const after = this.#pace || isCut ? undefined : this.#following(left - planLength(plan));
    return this.#grown(await this.run.resuming.execute(cut, conditions, after));
  }

  /** What runs at the same time, if tasks have processes of their own and nobody says who is next. */
  #parallel(left: number): { readonly tasks: readonly TaskId[]; readonly steps: number } | undefined {
    const tasks = this.run.resuming.isParallel ? this.run.scheduler.parallel : undefined;
    return tasks && { tasks, steps: Math.min(left, this.#batch) };
  }

  /** Lets an observed program go on. It does not answer if it ends. */
  async #observe(switches: number, until: Condition[]): Promise<Answer<"advance"> | RunEnd> {
    try {
      return this.#grown(await this.run.resuming.observe(switches, until));
    } catch (error) {
      if (this.run.exitCode === undefined) throw error;
      return "exited";
    }
  }

  /** The next plan is longer, unless a task has just ended. */
  #grown(advanced: Answer<"advance">): Answer<"advance"> {
    if (advanced.stopped === "returned" || advanced.stopped === "threw") this.#batch = firstBatch;
    else this.#batch = longer(this.#batch);
    return advanced;
  }

  /** A function that provides the plans to send ahead, up to a total number of steps. */
  #following(steps: number): (plan: Plan) => Plan | undefined {
    let left = steps;
    return (plan) => {
      if (left <= 0 || this.rest.isTraceFull) return undefined;
      this.#batch = longer(this.#batch);
      const next = this.run.scheduler.planAfter(plan, Math.min(left, this.#batch));
      left -= next ? planLength(next) : 0;
      return next;
    };
  }

  #makeChanges(): void {
    const changes = this.#changes;
    this.#changes = [];
    for (const change of changes) change();
  }
}

function longer(batch: number): number {
  return Math.min(batchGrowth * batch, batchSteps);
}

/** Handles the rejection of a request to a process that has ended. The end itself is reported separately. */
export function ignoreEnd(): void {
  // Nothing to do.
}
