/**
 * Why each step went to its task. Nothing is recorded for this while a run goes at full speed: a policy's state follows from
 * the picks, so its state before any step is found by applying the recorded picks again from the nearest copy.
 */

import type { Policy } from "../policies/policy";
import type { Change } from "../schedule/changes";
import type { TaskId } from "../task";
import { type StepChunk, stepEvents } from "../trace/trace";
import { Scheduler } from "./scheduler";

/** The part of a run that reasons are derived from. */
export interface Explained {
  /** The scheduler as it is now: its tasks, and what the user did. */
  readonly scheduler: Pick<Scheduler, "tasks" | "changes"> & Partial<Pick<Scheduler, "followed">>;
  /** The chunk of the trace that holds a step. */
  chunkAt(step: number): StepChunk;
  /** A policy in its first state, by the text that users type. */
  policyFor(text: string): Policy;
}

/** The scheduler as it was, and how many changes it has seen. */
interface Past {
  readonly scheduler: Scheduler;
  changes: number;
}

/** A change that is the next step itself. */
type StepByHand = Extract<Change, { kind: "pick" | "throw" | "close" }>;

const byHand: Readonly<Record<StepByHand["kind"], string>> = {
  pick: "picked by hand",
  throw: "thrown into by hand",
  close: "closed by hand",
};

const mostCopies = 64;
const yielded = stepEvents.indexOf("yielded");

export class Reasons {
  #past: Past = { scheduler: new Scheduler(), changes: 0 };
  /** In the order of their steps; at step 0 there is nothing to copy. */
  #copies: Past[] = [];
  #stride: number;

  /** @param stride steps from one copy to the next; doubled when there are too many copies */
  constructor(
    readonly run: Explained,
    stride = 131_072,
  ) {
    this.#stride = stride;
  }

  /**
   * The reason of a recorded step, in words that follow the task's name.
   *
   * @param step from 1 to the last one of the trace
   * @throws Error when the steps up to it are not those that the changes lead to: what was read from a file may not fit together
   */
  of(step: number): string {
    const change = this.#goTo(step - 1);
    const { first, task } = this.run.chunkAt(step);
    const id = task[step - first] as TaskId;
    if (change) return byHand[sameTask(change, id).kind];
    this.#mustBeReady([id]);
    return this.#past.scheduler.reasonFor(id, step <= (this.run.scheduler.followed ?? 0));
  }

  /** @returns the change that is the next step, if it is one */
  #goTo(steps: number): StepByHand | undefined {
    const nearest = this.#copies.findLast(({ scheduler }) => scheduler.steps <= steps);
    if (steps < this.#past.scheduler.steps || (nearest && nearest.scheduler.steps > this.#past.scheduler.steps)) {
      this.#past = nearest ? copyOf(nearest) : { scheduler: new Scheduler(), changes: 0 };
    }
    for (;;) {
      const change = this.#change();
      if (this.#past.scheduler.steps === steps) return change;
      if (change) this.#stepBy(change);
      else this.#steps(steps);
      this.#keep();
    }
  }

  /** Makes the changes before the next step. @returns the change that is the next step itself, if any */
  #change(): StepByHand | undefined {
    const { scheduler } = this.#past;
    for (;;) {
      const { after, change } = this.run.scheduler.changes[this.#past.changes] ?? {};
      if (!change || after !== scheduler.steps) return undefined;
      if (change.kind === "policy") scheduler.setPolicy(this.run.policyFor(change.policy), change.policy);
      else if (change.kind === "add") scheduler.add(this.run.scheduler.tasks[scheduler.tasks.length]?.name ?? "", change.call);
      else if (change.kind === "hold") scheduler.hold(change.task);
      else if (change.kind === "release") scheduler.release(change.task);
      else return change;
      this.#past.changes += 1;
    }
  }

  #stepBy(change: StepByHand): void {
    const { scheduler } = this.#past;
    const { first, task, event, micros } = this.run.chunkAt(scheduler.steps + 1);
    const index = scheduler.steps + 1 - first;
    const last = stepEvents[event[index] ?? yielded] ?? "yielded";
    sameTask(change, task[index]);
    if (change.kind !== "pick") scheduler.settle(change.task, last, change);
    else {
      scheduler.pick(change.task);
      scheduler.apply({ picks: [change.task], times: 1 }, { ran: 1, last, micros: () => micros[index] ?? 0 });
    }
    this.#past.changes += 1;
  }

  /** The steps of one chunk, up to the next change or the end of a task. */
  #steps(to: number): void {
    const { scheduler, changes } = this.#past;
    const { first, task, event, micros } = this.run.chunkAt(scheduler.steps + 1);
    const begin = scheduler.steps + 1 - first;
    const limit = Math.min(to, this.run.scheduler.changes[changes]?.after ?? to, this.#nextCopy) - first + 1;
    let end = begin + 1;
    while (end < Math.min(limit, task.length) && event[end - 1] === yielded) end += 1;
    const last = stepEvents[event[end - 1] ?? yielded] ?? "yielded";
    const plan = { picks: Array.from(task.subarray(begin, end)), times: 1 };
    this.#mustBeReady(plan.picks);
    scheduler.apply(plan, { ran: end - begin, last, micros: (index) => micros[begin + index] ?? 0 });
  }

  #mustBeReady(picks: readonly TaskId[]): void {
    const { tasks } = this.#past.scheduler;
    for (const id of picks) {
      const state = tasks[id]?.state;
      if (state !== "ready" && state !== "created") throw new RangeError(`Task ${id} cannot have run then.`);
    }
  }

  get #nextCopy(): number {
    return (this.#copies.at(-1)?.scheduler.steps ?? 0) + this.#stride;
  }

  #keep(): void {
    if (this.#past.scheduler.steps < this.#nextCopy) return;
    this.#copies.push(copyOf(this.#past));
    if (this.#copies.length <= mostCopies) return;
    this.#copies = this.#copies.filter((_, index) => index % 2 === 1);
    this.#stride *= 2;
  }
}

function sameTask(change: StepByHand, ran: TaskId | undefined): StepByHand {
  if (change.task !== ran) throw new RangeError(`Task ${change.task} was to run, and task ${ran} did.`);
  return change;
}

function copyOf({ scheduler, changes }: Past): Past {
  return { scheduler: scheduler.copy(), changes };
}
