/**
 * What determines the next step before it is planned: the changes that a followed schedule makes, a policy that has to be
 * asked, and why there may be no next step.
 */

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
import { FilePolicy } from "./filePolicy";
import { type Chosen, mustSuit } from "./policies";

/** How many characters of a change are repeated in the error when it is refused. */
const longestChange = 80;

/** A schedule to follow. */
export interface Followed {
  readonly items: Iterable<ScheduleItem>;
  /** How many steps it has. */
  readonly steps: number;
  /** All of its tasks exist before its first step, so a policy that it names must be valid for them. */
  readonly namesTasks?: boolean;
  /** The run that it comes from, if known: every step is compared with it. */
  readonly recorded?: Recorded;
}

export class OrderControl {
  /** How many steps the schedule has that is, or was, followed. */
  #of: number | undefined;
  #refusal: Error | undefined;
  /** Whether the schedule's policies have to be valid for the tasks, and the last policy that was found valid. */
  #namesTasks = false;
  #suits: string | undefined;
  #agreement: Agreement | undefined;
  #difference: ReplayError | undefined;
  #policies: FilePolicy[] = [];

  /** @param choose from the text of a policy to the policy */
  constructor(
    readonly run: Run,
    readonly choose: (text: string) => Chosen,
  ) {}

  /** Whether a schedule says what comes next. */
  get isFollowing(): boolean {
    return this.#of !== undefined && (this.run.scheduler.replay !== undefined || this.run.trace.length < this.#of);
  }

  /** The first step that differs from the recording, while or after a schedule was followed. */
  get difference(): ReplayError | undefined {
    return this.#agreement ? this.#agreement.difference : this.#difference;
  }

  /** The progress of the followed schedule, or of the one that does not fit. */
  get follows(): { readonly done: number; readonly of: number } | undefined {
    return this.#of === undefined || !this.isFollowing ? undefined : { done: this.run.trace.length, of: this.#of };
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

  /** Plans by a schedule from here on; the schedule must begin here. */
  follow({ items, steps, namesTasks = false, recorded }: Followed): void {
    this.#of = steps;
    this.#namesTasks = namesTasks;
    this.#suits = undefined;
    this.#agreement = recorded && new Agreement(recorded, this.run);
    this.run.scheduler.follow(new ScheduleReplay(items));
  }

  /** Compares the steps that arrived since the last time with the run that the schedule comes from. */
  compare(): void {
    this.#agreement?.check();
  }

  /** The policy picks from here on; the schedule's picks and refusals no longer count. */
  leave(): void {
    this.compare();
    this.#difference = this.difference;
    this.#agreement = undefined;
    if (this.isFollowing) this.run.scheduler.unpick();
    this.#refusal = undefined;
    this.#of = undefined;
    this.run.scheduler.follow(undefined);
  }

  /** Another policy picks from here on, and a schedule is no longer followed. */
  setPolicy(chosen: Chosen): void {
    this.leave();
    this.#setPolicy(chosen);
  }

  /** What was refused is tried again: a policy file may have changed by now. */
  retry(): void {
    this.#refusal = undefined;
    const { policy, policyText } = this.run.scheduler;
    if (policy instanceof FilePolicy && policy.refusal) this.#setPolicy(this.choose(policyText));
  }

  /**
   * Makes the changes that come before the next step, and asks a policy that has to be asked: then it is known which task is
   * next, or why none is. What is done to the run meanwhile counts.
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
   * Makes the step that is due and that no plan has; undefined where the next step is planned.
   *
   * @param until what the run is to rest for after that step
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

  /** The next change that can be made before a step: changes after a pick by hand wait for its step. */
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
    if (scheduler.policy instanceof FilePolicy) scheduler.policy.end();
    if (policy instanceof FilePolicy) this.#policies = [policy];
    scheduler.setPolicy(policy, text);
  }

  /** Asks the policy if necessary, and returns whether it was asked: in the meantime, another policy may have to be asked. */
  async #ask(): Promise<boolean> {
    const { scheduler, trace } = this.run;
    const { policy } = scheduler;
    if (!(policy instanceof FilePolicy && policy.isToBeAsked) || scheduler.replay || scheduler.picked) return false;
    const record = trace.length > 0 ? trace.at(trace.length) : undefined;
    const last = record && { task: record.task, event: record.event, value: record.value, micros: record.micros };
    await policy.prepare(trace.length + 1, scheduler.ready, last);
    return true;
  }

  /** An error in the user's code or input is not a failure of the session. An error in a schedule names its step. */
  #refuseOrThrow(error: unknown, change: Change | undefined): void {
    if (!(error instanceof UserCodeError || error instanceof OrderError || error instanceof PickError)) throw error;
    const isOfSchedule = change && this.isFollowing;
    const what = isOfSchedule ? cut(changeText(change), longestChange) : "";
    this.#refusal = isOfSchedule ? new ScheduleStepError(this.run.trace.length + 1, what, error) : error;
  }
}
