/**
 * Why each step went to its task. Reasons are not recorded during a run. Since a policy's state depends only on the picks, its
 * state before any step is recomputed by applying the recorded picks to the nearest earlier copy.
 */

import type { Policy } from "../policies/policy";
import type { Change } from "../schedule/changes";
import type { TaskId } from "../task";
import { type StepChunk, stepEvents } from "../trace/trace";
import { firstAtLeast, type WaitRows } from "../waiting/rows";
import { Scheduler } from "./scheduler";

/** The parts of a run that reasons are derived from. */
export interface Explained {
  /** The current scheduler: its tasks, and the user's changes. */
  readonly scheduler: Pick<Scheduler, "tasks" | "changes"> & Partial<Pick<Scheduler, "followed">>;
  /** The chunk of the trace that holds a step. */
  chunkAt(step: number): StepChunk;
  /** The effects of requests from a step on: batches of rows, the first of which may begin before that step. */
  waitsFrom?(step: number): Iterable<WaitRows>;
  /** The step in which a task was spawned; undefined if the user added it. */
  spawnedIn?(task: TaskId): number | undefined;
  /** Creates a policy in its initial state from the text that users type. */
  policyFor(text: string): Policy;
}

/** The scheduler at an earlier step, how many changes had been made by then, and the step from which it still needs the wait log. */
interface Past {
  readonly scheduler: Scheduler;
  changes: number;
  untold: number;
}

/** A change that is itself a step. */
type StepByHand = Extract<Change, { kind: "pick" | "throw" | "close" }>;

const byHand: Readonly<Record<StepByHand["kind"], string>> = {
  pick: "picked by hand",
  throw: "thrown into by hand",
  close: "closed by hand",
};

const mostCopies = 64;
const yielded = stepEvents.indexOf("yielded");

export class Reasons {
  #past: Past = beginning();
  /** Copies in ascending order of steps. None is made at step 0, where a new scheduler is just as good. */
  #copies: Past[] = [];
  #stride: number;

  /** @param stride the number of steps between two copies; doubled when there are too many copies */
  constructor(
    readonly run: Explained,
    stride = 131_072,
  ) {
    this.#stride = stride;
  }

  /**
   * The reason for a recorded step, in words that follow the task's name.
   *
   * @param step from 1 to the last step of the trace
   * @throws Error if the picks and changes up to the step are inconsistent, which can happen with a trace read from a file
   */
  of(step: number): string {
    const change = this.#goTo(step - 1);
    const { first, task } = this.run.chunkAt(step);
    const id = task[step - first] as TaskId;
    if (change) return byHand[sameTask(change, id).kind];
    this.#mustBeReady([id]);
    return this.#past.scheduler.reasonFor(id, step <= (this.run.scheduler.followed ?? 0));
  }

  /** @returns the change that is the next step, if there is one */
  #goTo(steps: number): StepByHand | undefined {
    const nearest = this.#copies.findLast(({ scheduler }) => scheduler.steps <= steps);
    if (steps < this.#past.scheduler.steps || (nearest && nearest.scheduler.steps > this.#past.scheduler.steps)) {
      this.#past = nearest ? copyOf(nearest) : beginning();
    }
    for (;;) {
      const change = this.#change();
      if (this.#past.scheduler.steps === steps) return change;
      if (change) this.#stepBy(change);
      else this.#steps(steps);
      this.#keep();
    }
  }

  /** Applies the changes before the next step. @returns the change that is itself the next step, if any */
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
    const { first, task, event, micros } = this.#chunk();
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

  /** Applies steps of one chunk, up to the next change or the end of a task. */
  #steps(to: number): void {
    const { scheduler, changes } = this.#past;
    const { first, task, event, micros } = this.#chunk();
    const begin = scheduler.steps + 1 - first;
    const nextChange = this.run.scheduler.changes[changes]?.after ?? to;
    const limit = Math.min(to, nextChange, this.#nextCopy, scheduler.nextWait, this.#past.untold - 1) - first + 1;
    let end = begin + 1;
    while (end < Math.min(limit, task.length) && event[end - 1] === yielded) end += 1;
    const last = stepEvents[event[end - 1] ?? yielded] ?? "yielded";
    const plan = { picks: Array.from(task.subarray(begin, end)), times: 1 };
    this.#mustBeReady(plan.picks);
    scheduler.apply(plan, { ran: end - begin, last, micros: (index) => micros[begin + index] ?? 0 });
  }

  /** The chunk with the next step. Passes its effects of requests and its spawned tasks to the scheduler. */
  #chunk(): StepChunk {
    const { scheduler } = this.#past;
    const chunk = this.run.chunkAt(scheduler.steps + 1);
    // While the run continues, a task may still be woken after the last step.
    const end = Math.max(chunk.first + chunk.task.length - 1, scheduler.steps + 2);
    this.#tellSpawned(end);
    if (this.#past.untold >= end) return chunk;
    for (const rows of this.run.waitsFrom?.(this.#past.untold) ?? []) {
      if (rows.base >= end) break;
      scheduler.noteWaits(rowsBetween(rows, this.#past.untold, end));
    }
    this.#past.untold = end;
    return chunk;
  }

  /** Tasks are numbered in the order in which they were created, so a task that the user added may have to be added first. */
  #tellSpawned(end: number): void {
    const { scheduler } = this.#past;
    for (;;) {
      const id = scheduler.tasks.length;
      const step = this.run.spawnedIn?.(id);
      if (step === undefined || step >= end) return;
      scheduler.addSpawned(step, this.run.scheduler.tasks[id]?.name ?? "", "");
    }
  }

  #mustBeReady(picks: readonly TaskId[]): void {
    const { tasks } = this.#past.scheduler;
    for (const id of picks) {
      const state = tasks[id]?.state;
      if (state !== "ready" && state !== "created")
        throw new RangeError(`Task ${id} was not ready at that step, so it cannot have run.`);
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
  if (change.task !== ran) throw new RangeError(`Task ${change.task} was picked by hand, but task ${ran} ran.`);
  return change;
}

/** The copy does not contain effects of later steps, so they must be passed to it again. */
function copyOf({ scheduler, changes }: Past): Past {
  return { scheduler: scheduler.copy(), changes, untold: scheduler.steps + 1 };
}

function beginning(): Past {
  return { scheduler: new Scheduler(), changes: 0, untold: 1 };
}

/** The rows of the steps from `from` up to, but not including, `end`. */
function rowsBetween({ base, offset, object, task, kind, numbers }: WaitRows, from: number, end: number): WaitRows {
  const first = firstAtLeast(offset, from - base);
  const last = firstAtLeast(offset, end - base);
  const [offsets, objects] = [offset.subarray(first, last), object.subarray(first, last)];
  return { base, offset: offsets, object: objects, task: task.subarray(first, last), kind: kind.subarray(first, last), numbers };
}
