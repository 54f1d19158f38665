/**
 * Resumes tasks in the runner, by plans or by hand, and reports the results to the scheduler.
 */
import { isRing, type Plan, planLength, type RingPlan, type RunnerPlan } from "../../core/schedule/plan";
import type { Scheduler } from "../../core/scheduler/scheduler";
import type { TaskId } from "../../core/task";
import type { StepChunk } from "../../core/trace/trace";
import { packPicks } from "../../protocol/picks";
import type { Condition, Fields } from "../../protocol/requests";
import type { Answer } from "../../protocol/runner";
import { RunnerFailedError } from "../common/errors";
import type { AllAtOnce } from "../processes/planInProgress";
import type { Runner } from "../processes/startRunner";
import type { RunRecord } from "../seen/runRecord";
import { type ByHand, changeOf, type Resumption } from "./byHand";
import { type Relay, sendAhead } from "./sendAhead";

/** After this many milliseconds without a step, the user sees that an observed program runs. */
const lateMillis = 250;

/** The data that steps are added to. The runner client appends them to the trace before it answers. */
export interface Resumed extends Pick<RunRecord, "trace" | "inspections"> {
  readonly scheduler: Scheduler;
}

export class Resuming {
  /** The steps in which a task was sent a value, thrown into or closed, in ascending order. */
  readonly byHand: ByHand[] = [];
  #isUnderWay = false;
  /** Whether a step outside of any plan is in progress. */
  #isUnplanned = false;
  /** Whether who runs is known only from the trace, as in a ring and in an observed program: steps are applied as they arrive. */
  #isRing = false;
  #isLate = false;
  #late: NodeJS.Timeout | undefined;
  /** Whether that was so since the run last continued. Reset by whoever lets it continue. */
  wasLate = false;
  /** Whether a pause was requested, so that nothing more may be sent. */
  #pausing = false;

  /** @param settled called when the tasks are at rest again */
  constructor(
    readonly client: Pick<Runner, "request" | "allAtOnce">,
    readonly run: Resumed,
    readonly settled: () => void,
  ) {}

  /** Whether tasks are being resumed. */
  get isUnderWay(): boolean {
    return this.#isUnderWay;
  }

  /** Whether a step by hand is pending or in progress. It is recorded when it has ended. */
  get isByHand(): boolean {
    return this.#isUnplanned || this.run.scheduler.picked !== undefined;
  }

  /**
   * Lets the runner execute a plan of the scheduler.
   *
   * @param until conditions that end the plan early
   * @param after returns the plan that follows a given one, assuming that all of it runs
   */
  execute(plan: Plan, until: Condition[] = [], after: Relay["after"] = () => undefined): Promise<Answer<"advance">> {
    const conditions = conditionsOf(until);
    return this.#resume((from) =>
      sendAhead(plan, {
        send: (each, offset, ahead) =>
          this.client.request("advance", { from: from + offset, plan: packed(each), ...conditions, ...(ahead ? { ahead } : {}) }),
        after: (each) => (this.#pausing ? undefined : after(each)),
        ran: (each, offset, steps) => this.#apply(each, from + offset, steps),
        cutShort: (each, offset) => this.#cutShort(each, from + offset),
      }),
    );
  }

  /**
   * Executes a ring plan. If no task is ready, it waits until one is woken.
   *
   * @param ring a ring without steps only waits
   */
  async executeRing(ring: RingPlan, until: Condition[] = []): Promise<Answer<"advance">> {
    this.#isRing = true;
    try {
      return await this.#resume((from) => this.client.request("advance", { from, plan: packed(ring), ...conditionsOf(until) }));
    } finally {
      this.#isRing = false;
      this.run.scheduler.takeWaits();
    }
  }

  /** Whether the tasks can all go on at the same time, each in a process of its own. */
  get isParallel(): boolean {
    return this.client.allAtOnce !== undefined;
  }

  /** Lets tasks go on at the same time. Which of them has made a step is known only from the trace. */
  async allAtOnce(all: AllAtOnce): Promise<Answer<"advance">> {
    this.#isRing = true;
    try {
      return await this.#resume(
        (from) => this.client.allAtOnce?.(all) ?? this.client.request("advance", { from, plan: { ring: [], steps: 0 } }),
      );
    } finally {
      this.#isRing = false;
      this.run.scheduler.takeWaits();
    }
  }

  /** Whether an observed program makes no step for a while. */
  get isLate(): boolean {
    return this.#isLate;
  }

  /** Lets an observed program go on for so many switches, or until a condition is met. */
  async observe(switches: number, until: Condition[] = []): Promise<Answer<"advance">> {
    this.#isRing = true;
    this.#late = setTimeout(() => {
      this.#isLate = true;
      this.wasLate = true;
      this.settled();
    }, lateMillis);
    try {
      return await this.#resume((from) => this.client.request("advance", { from, plan: { switches }, ...conditionsOf(until) }));
    } finally {
      clearTimeout(this.#late);
      this.#isLate = false;
      this.#isRing = false;
    }
  }

  /** Waits until a blocked task is woken. */
  wait(): Promise<Answer<"advance">> {
    return this.executeRing({ ring: [], steps: 0 });
  }

  /** Called when steps have arrived from the runner. */
  arrived({ task, event }: StepChunk): void {
    if (!this.#isRing) return;
    this.#isLate = false;
    this.#late?.refresh();
    this.run.scheduler.applyRing(task, event);
  }

  /**
   * Makes one step: resumes the task that was picked by hand. Its `yield` evaluates to the value of an expression.
   *
   * @param until the conditions for which the run must rest after that step
   * @throws UserCodeError if the task does not accept a value or the expression throws; no step is made then
   */
  send(task: TaskId, expression: string, until: Condition[] = []): Promise<Answer<"send">> {
    return this.#byHand(task, { verb: "send", expression }, (from) =>
      this.client.request("send", { from, task, expression, ...conditionsOf(until) }),
    );
  }

  /**
   * Makes one step: resumes a task with an exception.
   *
   * @param expression evaluated in the module's scope; its value is thrown
   * @param until as for `send`
   * @throws UserCodeError if the task has ended or the expression throws; no step is made then
   */
  throwInto(task: TaskId, expression: string, until: Condition[] = []): Promise<Answer<"throwInto">> {
    return this.#byHand(task, { verb: "throwInto", expression }, (from) =>
      this.client.request("throwInto", { from, task, expression, ...conditionsOf(until) }),
    );
  }

  /**
   * Makes one step: closes a task. Its `finally` blocks run, and may yield, return or throw.
   *
   * @param until as for `send`
   * @throws UserCodeError if the task has ended; no step is made then
   */
  close(task: TaskId, until: Condition[] = []): Promise<Answer<"close">> {
    return this.#byHand(task, { verb: "close" }, (from) => this.client.request("close", { from, task, ...conditionsOf(until) }));
  }

  /** Ends the current plan after the step in progress. */
  async pause(): Promise<void> {
    this.#pausing = true;
    await this.client.request("pause", {});
  }

  async #byHand(task: TaskId, how: Resumption, request: (from: number) => Promise<Answer<"close">>): Promise<Answer<"close">> {
    const { trace } = this.run;
    const step = trace.length + 1;
    this.#isUnplanned = true;
    try {
      return await this.#resume(request);
    } finally {
      this.#isUnplanned = false;
      if (trace.length >= step) this.#madeByHand({ step, task, ...how });
    }
  }

  /** Records a step by hand. If it arrived, it was made, even if the process ended before it answered. */
  #madeByHand(made: ByHand): void {
    const { step, task } = made;
    const { trace, scheduler } = this.run;
    if (made.verb === "send") this.#apply({ picks: [task], times: 1 }, step, 1);
    else scheduler.settle(task, trace.at(step).event, changeOf(task, made));
    this.byHand.push(made);
  }

  /** Applies the steps of a plan that arrived, if its process ended before it answered. */
  #cutShort(plan: Plan, first: number): void {
    const came = this.run.trace.length + 1 - first;
    if (came > 0) this.#apply(plan, first, Math.min(came, planLength(plan)));
  }

  /** @throws RunnerFailedError if the number of steps received differs from the number in the runner's answer */
  async #resume(request: (from: number) => Promise<Answer<"advance">>): Promise<Answer<"advance">> {
    const { trace, inspections } = this.run;
    const from = trace.length + 1;
    this.#isUnderWay = true;
    this.#pausing = false;
    inspections.advance();
    try {
      const advanced = await request(from);
      const sent = trace.length + 1 - from;
      if (advanced.ran === sent && advanced.stopped !== "stale") return advanced;
      throw new RunnerFailedError(`The runner ran ${advanced.ran} steps and sent ${sent}.`, "Restart the session.");
    } finally {
      this.#isUnderWay = false;
      this.settled();
    }
  }

  /** Reports to the scheduler how many steps of a plan ran, beginning with step `first`. */
  #apply(plan: Plan, first: number, ran: number): void {
    const { trace, scheduler } = this.run;
    const last = ran > 0 ? trace.at(first + ran - 1).event : undefined;
    const micros = (index: number): number => {
      const chunk = trace.chunkAt(first + index);
      return chunk.micros[first + index - chunk.first] ?? 0;
    };
    scheduler.apply(plan, { ran, ...(last ? { last } : {}), micros });
  }
}

function packed(plan: RunnerPlan): Fields<"advance">["plan"] {
  if (isRing(plan)) return { ring: plan.ring.length > 0 ? packPicks(plan.ring) : [], steps: plan.steps };
  return { picks: packPicks(plan.picks), times: plan.times };
}

function conditionsOf(until: Condition[]): { until?: Condition[] } {
  return until.length > 0 ? { until } : {};
}
