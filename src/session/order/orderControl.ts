/**
 * What happens before the next step is planned: changes that a followed schedule makes, and questions to a policy that must be
 * asked. Also knows why there may be no next step.
 */

import type { Policy } from "../../core/policies/policy";
import { cut } from "../../core/printable";
import type { Change } from "../../core/schedule/changes";
import { changeText } from "../../core/schedule/format";
import { isStep, type ScheduleItem } from "../../core/schedule/items";
import { PickError } from "../../core/scheduler/pickErrors";
import { ScheduleReplay } from "../../core/scheduler/replay";
import type { TaskId } from "../../core/task";
import type { Condition } from "../../protocol/requests";
import type { Answer } from "../../protocol/runner";
import { OrderError, ScheduleStepError, UserCodeError } from "../common/errors";
import type { ReplayError } from "../common/replayErrors";
import type { Run } from "../run/run";
import { Agreement, type Recorded } from "./agreement";
import type { FilePolicy } from "./filePolicy";
import { LastSteps } from "./lastSteps";
import { type Chosen, mustSuit } from "./policies";

/** The maximum length of a change when it is quoted in an error. */
const longestChange = 80;

/** A schedule to follow. */
export interface Followed {
  readonly items: Iterable<ScheduleItem>;
  /** The number of steps in the schedule. */
  readonly steps: number;
  /** Whether all tasks exist before the first step. If so, task names given to the policy are checked. */
  readonly namesTasks?: boolean;
  /** The run that the schedule comes from, if known. Every step is compared with it. */
  readonly recorded?: Recorded;
  /** Whether the run has the schedule's virtual time instead of the time that the session had. */
  readonly changesTime?: boolean;
}

export class OrderControl {
  /** The number of steps in the schedule that is or was followed. */
  #of: number | undefined;
  #refusal: Error | undefined;
  /** Whether the task names given to policies are checked, and the last policy that passed the check. */
  #namesTasks = false;
  #suits: string | undefined;
  #agreement: Agreement | undefined;
  #changesTime = false;
  #difference: ReplayError | undefined;
  #policies: FilePolicy[] = [];
  #lastSteps: LastSteps | undefined;

  /** @param choose makes a policy from its text */
  constructor(
    readonly run: Run,
    readonly choose: (text: string) => Chosen,
  ) {}

  /** Whether a schedule determines what comes next. */
  get isFollowing(): boolean {
    return this.#of !== undefined && (this.run.scheduler.replay !== undefined || this.run.trace.length < this.#of);
  }

  /** The first difference from the recording since a schedule was followed. */
  get difference(): ReplayError | undefined {
    return this.#agreement ? this.#agreement.difference : this.#difference;
  }

  /** The progress of the schedule that is followed, or that does not fit. */
  get follows(): { readonly done: number; readonly of: number } | undefined {
    return this.#of === undefined || !this.isFollowing ? undefined : { done: this.run.trace.length, of: this.#of };
  }

  /** Whether the run is about to begin under another time than the session had, because the schedule says so. */
  get changesTime(): boolean {
    return this.#changesTime && this.run.trace.length === 0;
  }

  /** Why there is no next step although tasks are ready. */
  get refusal(): Error | undefined {
    return this.#refusal ?? this.run.scheduler.refusal;
  }

  /** The task of the next step. */
  get next(): TaskId | undefined {
    const due = this.run.scheduler.replay?.due;
    if (due && (due.kind === "throw" || due.kind === "close")) return due.task;
    return this.run.scheduler.next;
  }

  /** Plans by a schedule from here on. The schedule must begin at the current step. */
  follow({ items, steps, namesTasks = false, recorded, changesTime = false }: Followed): void {
    this.#changesTime = changesTime;
    this.#of = steps;
    this.#namesTasks = namesTasks;
    this.#suits = undefined;
    this.#agreement = recorded && new Agreement(recorded, this.run);
    this.run.scheduler.follow(new ScheduleReplay(items));
  }

  /** Compares the steps that arrived since the last call with the run that the schedule comes from. */
  compare(): void {
    this.#agreement?.check();
  }

  /** Stops following the schedule: the policy picks from here on, and refusals are cleared. */
  leave(): void {
    this.compare();
    this.#difference = this.difference;
    this.#agreement = undefined;
    if (this.isFollowing) this.run.scheduler.unpick();
    this.#refusal = undefined;
    this.#of = undefined;
    this.run.scheduler.follow(undefined);
  }

  /** Changes the policy, and stops following a schedule. */
  setPolicy(chosen: Chosen): void {
    this.leave();
    this.#setPolicy(chosen);
  }

  /** Clears refusals, so that what was refused is tried again: a policy file may have been corrected. */
  retry(): void {
    this.#refusal = undefined;
    const { policy, policyText } = this.run.scheduler;
    if (isOfFile(policy) && policy.refusal) this.#setPolicy(this.choose(policyText));
  }

  /**
   * Makes the changes that come before the next step, and asks the policy if it must be asked. Afterwards it is known which task is
   * next, or why there is none. Changes that the user makes in the meantime are taken into account.
   */
  async prepare(): Promise<void> {
    do await this.#makeDue();
    while (await this.#ask());
  }

  async #makeDue(): Promise<void> {
    for (let due = this.#due; due; due = this.#due) {
      try {
        await this.#make(due);
      } catch (error) {
        this.#refuseOrThrow(error, due);
      }
    }
    this.#checkPolicy();
  }

  #checkPolicy(): void {
    const { policyText: policy, tasks } = this.run.scheduler;
    if (!this.#namesTasks || !this.isFollowing || this.refusal || policy === this.#suits) return;
    try {
      mustSuit(policy, tasks);
      this.#suits = policy;
    } catch (error) {
      this.#refuseOrThrow(error, { kind: "policy", policy });
    }
  }

  /**
   * Makes the next step if it cannot be part of a plan; undefined if the next step can be planned.
   *
   * @param until the conditions for which the run must rest after that step
   */
  async byHand(until: Condition[] = []): Promise<Answer<"advance"> | undefined> {
    const { scheduler, resuming } = this.run;
    const due = scheduler.replay?.due;
    const { picked } = scheduler;
    try {
      if (picked?.send !== undefined) return await resuming.send(picked.task, picked.send, until);
      if (due?.kind === "throw") return await this.#stepOf(due, () => resuming.throwInto(due.task, due.expression, until));
      if (due?.kind === "close") return await this.#stepOf(due, () => resuming.close(due.task, until));
    } catch (error) {
      this.#refuseOrThrow(error, picked ? { kind: "pick", ...picked } : due);
    }
    return undefined;
  }

  /** Ends the processes of policies. */
  end(): void {
    for (const policy of this.#policies) policy.end();
  }

  /** The next change that must be made before a step. Changes after a pick by hand wait until its step is made. */
  get #due(): Change | undefined {
    const { picked, replay } = this.run.scheduler;
    const due = picked || this.refusal ? undefined : replay?.due;
    return due && (due.kind === "pick" || !isStep(due)) ? due : undefined;
  }

  async #make(change: Change): Promise<void> {
    const { scheduler } = this.run;
    const { replay } = scheduler;
    if (change.kind === "add") await this.run.spawn(change.call);
    else if (change.kind === "policy") this.#setPolicy(this.choose(change.policy));
    else if (change.kind === "hold") scheduler.hold(change.task);
    else if (change.kind === "release") scheduler.release(change.task);
    else if (change.kind === "pick") scheduler.pick(change.task, change.send);
    replay?.made();
  }

  async #stepOf(due: Change, step: () => Promise<Answer<"advance">>): Promise<Answer<"advance">> {
    const { replay } = this.run.scheduler;
    const advanced = await step();
    if (advanced.ran > 0 && replay?.due === due) replay.made();
    return advanced;
  }

  #setPolicy({ policy, text }: Chosen): void {
    const { scheduler } = this.run;
    if (isOfFile(scheduler.policy)) scheduler.policy.end();
    if (isOfFile(policy)) this.#policies = [policy];
    scheduler.setPolicy(policy, text);
  }

  /** Asks the policy if necessary. @returns whether it was asked; the policy may have been changed in the meantime */
  async #ask(): Promise<boolean> {
    const { scheduler, trace } = this.run;
    const { policy } = scheduler;
    if (!(isOfFile(policy) && policy.isToBeAsked) || scheduler.replay || scheduler.picked) return false;
    const record = trace.length > 0 ? trace.at(trace.length) : undefined;
    const last = record && { task: record.task, event: record.event, value: record.value, micros: record.micros };
    this.#lastSteps ??= new LastSteps(this.run);
    await policy.prepare(trace.length + 1, scheduler.ready, last, this.#lastSteps);
    return true;
  }

  /** Errors in the user's code or input become a refusal, and do not fail the session. In a schedule, the error names its step. */
  #refuseOrThrow(error: unknown, change: Change | undefined): void {
    if (!(error instanceof UserCodeError || error instanceof OrderError || error instanceof PickError)) throw error;
    const isOfSchedule = change && this.isFollowing;
    const what = isOfSchedule ? cut(changeText(change), longestChange) : "";
    this.#refusal = isOfSchedule ? new ScheduleStepError(this.run.trace.length + 1, what, error) : error;
  }
}

/** Told without the class, which is loaded only where a policy of a file is made. */
function isOfFile(policy: Policy): policy is FilePolicy {
  return "isToBeAsked" in policy;
}
