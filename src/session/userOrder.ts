/**
 * The user's changes to the order of a run: choosing the policy, picking by hand, holding tasks back, replaying a schedule. All of
 * them become part of the schedule.
 */

import { isDeepStrictEqual } from "node:util";
import { isStep, recordedItems, type Schedule, type ScheduleItem, scheduleLength } from "../core/schedule/items";
import { parseSchedule } from "../core/schedule/parser";
import { ScheduleTextError } from "../core/schedule/textError";
import { PickError } from "../core/scheduler/pickErrors";
import type { TaskId } from "../core/task";
import { OrderError } from "./common/errors";
import { Comparison, underPolicies } from "./compare/comparison";
import type { Execution } from "./loop/execution";
import type { Program } from "./loop/program";
import type { RunEnd } from "./loop/rest";
import type { Running } from "./loop/running";
import type { SessionRules } from "./loop/sessionRules";
import type { Stepping } from "./loop/stepping";
import type { Recorded } from "./order/agreement";
import { mustSuit } from "./order/policies";
import { scheduleTextOf } from "./order/scheduleExport";
import { workingUnder } from "./process/runnerProcess";
import type { Fresh, Restarts } from "./restarts";
import type { Run } from "./run/run";

/** What the user's changes apply to: the current run, its rules, and how to start a new run. */
export interface Orderable {
  readonly execution: Execution;
  readonly stepping: Stepping;
  readonly program: Program;
  readonly rules: SessionRules;
  readonly restarts: Restarts;
  /** Must be called when something that is displayed has changed. */
  readonly changed: () => void;
}

export class Order {
  #comparison: Comparison | undefined;

  constructor(readonly shown: Orderable) {}

  /** The comparison of policies, until it is dismissed. */
  get comparison(): Comparison | undefined {
    return this.#comparison;
  }

  /**
   * Changes the policy. A plan in progress ends early, and the run continues.
   *
   * @param text `NAME[:key=value,…]`, or the path of a file
   * @throws OrderError if the text is not a policy, or if it gives a number to a task that does not exist. If there are no tasks yet, the
   *   task may still be added
   */
  async setPolicy(text: string): Promise<void> {
    const chosen = this.shown.rules.choosePolicy(text);
    const { tasks } = this.shown.execution.run;
    if (tasks.length > 0) mustSuit(chosen.text, tasks);
    this.shown.rules.policy = text.trim();
    await this.#between(({ control }) => control.setPolicy(chosen));
  }

  /**
   * Makes the next step resume a task, whatever the policy says.
   *
   * @param send an expression; the task's `yield` evaluates to its value
   * @throws OrderError if the task is not ready
   */
  pick(task: TaskId, send?: string): Promise<void> {
    this.shown.program.mustDecide();
    return this.#atRest(({ run, control }) => {
      control.leave();
      run.scheduler.pick(task, send);
    });
  }

  /** Cancels a pick by hand, so that the policy or the followed schedule picks the next step. */
  unpick(): Promise<void> {
    this.shown.program.mustDecide();
    return this.#atRest(({ run, control }) => {
      control.leave();
      run.scheduler.unpick();
    });
  }

  /**
   * Holds a task back, even while the others run.
   *
   * @throws OrderError if it is not ready
   */
  hold(task: TaskId): Promise<void> {
    this.shown.program.mustDecide();
    return this.#between(({ run, control }) => {
      if (control.isFollowing) control.leave();
      run.scheduler.hold(task);
    });
  }

  /** Releases a task that was held back. */
  release(task: TaskId): Promise<void> {
    this.shown.program.mustDecide();
    return this.#between(({ run, control }) => {
      if (control.isFollowing) control.leave();
      run.scheduler.release(task);
    });
  }

  /**
   * Makes one step that throws into a task.
   *
   * @param expression its value is thrown
   * @throws UserCodeError if the task has ended, or the expression throws; nothing has run then
   */
  throwInto(task: TaskId, expression: string): Promise<RunEnd> {
    this.shown.program.mustDecide();
    return this.shown.stepping.atRest((running) => running.byHand(() => running.run.resuming.throwInto(task, expression)));
  }

  /**
   * Makes one step that closes a task.
   *
   * @throws UserCodeError if the task has ended
   */
  close(task: TaskId): Promise<RunEnd> {
    this.shown.program.mustDecide();
    return this.shown.stepping.atRest((running) => running.byHand(() => running.run.resuming.close(task)));
  }

  /**
   * Starts a fresh run that follows a schedule, at rest before the first step. If the schedule has no calls, it applies to the current
   * tasks. If it has no virtual time, the run has the time of the session.
   *
   * @param others the calls of the tasks if the schedule has none; left out, those of the session
   * @param recorded the run that the schedule comes from, with which the new run is compared; left out, the session's run if the schedule
   *   is its own
   * @throws OrderError if it cannot be parsed, or if it has calls and `others` are given; the current run does not change then
   */
  async follow(text: string, others: readonly string[] = [], recorded?: Recorded): Promise<void> {
    this.shown.program.mustDecide();
    const { items, virtualTime, threads, processes } = this.#read(text);
    const [policy, ...rest] = items;
    const own = items.flatMap((item) => (item.kind === "add" ? [item.call] : []));
    if (own.length > 0 && others.length > 0) {
      throw new OrderError("The schedule already contains the calls of its tasks.", "Leave the other calls out.");
    }
    const calls = own.length > 0 ? own : others.length > 0 ? others : this.shown.restarts.calls;
    const added = own.length > 0 ? [] : calls.map((call): ScheduleItem => ({ kind: "add", call }));
    const all = [...(policy ? [policy] : []), ...added, ...rest];
    const firstStep = all.findIndex((item) => item.kind === "picks" || isStep(item));
    const namesTasks = firstStep < 0 || all.findLastIndex(({ kind }) => kind === "add") < firstStep;
    const source = recorded ? undefined : await this.#runOf(text);
    const known = recorded ?? source;
    const changesTime = virtualTime !== undefined && !isDeepStrictEqual(virtualTime, this.shown.rules.virtualTime);
    const follow = { items: all, steps: scheduleLength(all), namesTasks, changesTime, ...(known ? { recorded: known } : {}) };
    const { rules } = this.shown;
    const way = threads || processes ? { threads, processes } : { threads: rules.threads, processes: rules.processes };
    const conditions = { virtualTime: virtualTime ?? rules.virtualTime, ...way };
    await this.shown.restarts.begin({ calls, follow, conditions, ...(source ? { source } : {}) });
  }

  /** Stops following a schedule: the policy picks from here on. */
  leave(): Promise<void> {
    return this.#between(({ control }) => control.leave());
  }

  /** Starts a fresh run with the same picks, or with the same policy and seed. */
  restartSame(what: "schedule" | "policy"): Promise<void> {
    this.shown.program.mustDecide();
    const { calls } = this.shown.restarts;
    const { run } = this.shown.execution;
    const head = run.trace.length;
    const { changes, policyText } = run.scheduler;
    const again: Fresh =
      what === "policy"
        ? { calls, policy: policyText }
        : {
            calls,
            follow: {
              items: recordedItems([...changes], (step) => run.trace.chunkAt(step), head),
              steps: head,
              recorded: run,
            },
            conditions: run,
            source: run,
          };
    return this.shown.restarts.begin(again);
  }

  /**
   * Runs the session's tasks under each policy, in separate processes, while the session continues.
   *
   * @param steps the maximum number of steps for each policy
   * @returns a promise that resolves when all have been run, or the comparison was cancelled
   * @throws OrderError if there are no tasks, or if a policy is invalid
   */
  async compare(policies: readonly string[], steps: number): Promise<void> {
    this.shown.program.mustDecide();
    const { program, rules, restarts, changed } = this.shown;
    const { maxTraceBytes, policyFiles } = rules.options;
    const { file, command, options } = program;
    const { virtualTime } = rules;
    const compared = {
      file,
      command: workingUnder(command, rules),
      storage: options.storage,
      maxTraceBytes,
      calls: restarts.calls,
      virtualTime,
      ...(policyFiles ? { policyFiles } : {}),
    };
    const comparison = new Comparison(underPolicies(compared, policies), { steps }, changed);
    this.#comparison?.cancel();
    this.#comparison = comparison;
    await comparison.run();
  }

  /** Cancels the comparison, and removes its results. */
  dismiss(): void {
    this.#comparison?.cancel();
    this.#comparison = undefined;
    this.shown.changed();
  }

  /** The session's run, if a schedule is the schedule of that run. A schedule that is too long to be written has no text. */
  async #runOf(schedule: string): Promise<Run | undefined> {
    const { run } = this.shown.execution;
    if (run.trace.length === 0) return undefined;
    const own = await scheduleTextOf(run).catch(() => undefined);
    return own === schedule.trim() ? run : undefined;
  }

  #read(text: string): Schedule {
    try {
      const schedule = parseSchedule(text);
      for (const item of schedule.items) if (item.kind === "policy") this.shown.rules.choosePolicy(item.policy);
      return schedule;
    } catch (error) {
      throw error instanceof ScheduleTextError ? new OrderError(error.message, error.remedy, { cause: error }) : error;
    }
  }

  /** Makes a change: between two plans if the run is in progress, otherwise at rest. */
  async #between(change: (running: Running) => void): Promise<void> {
    const { execution, changed } = this.shown;
    const { status, running, isAtRest } = execution;
    if (status === "loading" && running.run.trace.length === 0) change(running);
    else if (status === "running") await running.between(() => inWords(() => change(execution.running)));
    else if (isAtRest) await this.#atRest(change);
    changed();
  }

  #atRest(change: (running: Running) => void): Promise<void> {
    return this.shown.stepping.atRest(async (running) => {
      inWords(() => change(running));
      await running.control.prepare();
    });
  }
}

/** @throws OrderError if `change` throws a PickError */
function inWords(change: () => void): void {
  try {
    change();
  } catch (error) {
    throw error instanceof PickError ? new OrderError(error.message, error.remedy, { cause: error }) : error;
  }
}
