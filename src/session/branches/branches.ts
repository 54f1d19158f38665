/**
 * Branches: a run can continue in a different way from any past step. Each branch keeps its trace. One branch is shown, and only that
 * one can continue.
 */

import { basename } from "node:path";
import type { Conditions } from "../../core/conditions";
import { heldAfter } from "../../core/schedule/changes";
import type { ScheduleItem } from "../../core/schedule/items";
import type { TaskId } from "../../core/task";
import { type Branch as BranchView, maxBranches, type Replaying } from "../../protocol/schedule";
import { outcomeLine } from "../analysis/outcomes";
import { OrderError, StoppedError } from "../common/errors";
import type { Execution } from "../loop/execution";
import type { Program } from "../loop/program";
import type { Running } from "../loop/running";
import type { Stepping } from "../loop/stepping";
import { executeUpTo, reexecute } from "../replay/reexecution";

interface Branch {
  readonly id: number;
  name: string;
  /** The step after which it leaves its parent, and the parent's id; undefined for the first branch. */
  readonly after?: number;
  readonly parent?: number;
  /** The text of the schedule that it was opened from. */
  readonly opened?: string;
  running: Running;
}

/** A schedule that is shown as a branch. */
export interface Opened {
  /** Its text, which identifies it. */
  readonly text: string;
  readonly items: readonly ScheduleItem[];
  readonly name: string;
  /** The number of steps that are made. */
  readonly steps: number;
  /** The time under which it was made. */
  readonly conditions: Conditions;
}

/** The current branch: the run that is shown. */
export interface Branching {
  readonly execution: Execution;
  readonly stepping: Stepping;
  readonly program: Program;
  /** The cursor, at the step that is shown. */
  readonly cursor: { readonly step: number };
  /** Shows another run at its last step, in place of the current one. */
  show(running: Running): void;
  /** Must be called when something that is displayed has changed. */
  readonly changed: () => void;
}

export class Branches {
  #all: Branch[] = [];
  #lastId = 0;
  #replay: { readonly branch: string; readonly of: number; readonly fresh: Running } | undefined;

  constructor(readonly shown: Branching) {}

  /** All branches, or none if there is only one. */
  get list(): BranchView[] {
    if (this.#all.length < 2) return [];
    return this.#all.map(({ running: { run, control }, opened: _, ...branch }) => ({
      ...branch,
      head: run.trace.length,
      current: run === this.shown.execution.run,
      rests: run.ending,
      outcome: outcomeLine(run, control.next),
    }));
  }

  /** The progress of the replay that brings a fresh runner to the end of a branch. */
  get replaying(): Replaying | undefined {
    const { branch, of, fresh } = this.#replay ?? {};
    return branch === undefined || of === undefined ? undefined : { branch, of, done: fresh?.run.trace.length ?? 0 };
  }

  /** The total size of the traces of hidden branches, in bytes. */
  get bytes(): number {
    return this.#all.reduce((sum, { running: { run } }) => sum + (run === this.shown.execution.run ? 0 : run.trace.bytes), 0);
  }

  /**
   * Starts a branch at the cursor, in which another task runs next. A fresh runner replays the steps up to there.
   *
   * @param send an expression; the task's `yield` evaluates to its value
   * @throws OrderError if there are too many branches, or if the task was not ready
   * @throws ReplayError if a replayed step differs from the recorded one; nothing changes then
   */
  async fork(task: TaskId, send?: string): Promise<void> {
    const { cursor, stepping, program } = this.shown;
    program.mustDecide();
    const after = cursor.step;
    await stepping.alone(async () => {
      const parent = this.#current();
      if (this.#all.length >= maxBranches) throw tooMany;
      this.#mustBeReady(task, after);
      const name = `Branch ${this.#lastId + 1}`;
      const fresh = await this.#reexecuted(parent, after, name);
      try {
        fresh.run.scheduler.pick(task, send);
      } catch (error) {
        discard(fresh);
        throw error;
      }
      this.#show(this.#add({ name, after, parent: parent.id, running: fresh }));
    });
    await stepping.step();
  }

  /**
   * Shows a whole schedule as a branch, at its end; if there is such a branch already, shows that one.
   *
   * @param beside another schedule to compare it with, opened too if there is room; the shown branch then leaves that one
   * @throws OrderError if there are too many branches, or the file was changed after it was loaded
   * @throws ScheduleMismatchError, UserCodeError if a step cannot be made; nothing changes then
   */
  async open(opened: Opened, beside?: Opened): Promise<void> {
    await this.shown.stepping.alone(async () => {
      const parent = this.#current();
      const other = beside && this.#all.length + 2 <= maxBranches ? await this.#beside(beside, parent) : undefined;
      this.#show(await this.#opened(opened, other ?? parent));
    });
  }

  /** Shows another branch. It gets a process only when a step is made in it. */
  async switchTo(id: number): Promise<void> {
    await this.shown.stepping.alone(async () => this.#show(this.#find(id)));
  }

  rename(id: number, name: string): void {
    this.#find(id).name = name;
    this.shown.changed();
  }

  /** @throws OrderError if the branch is the one that is shown */
  delete(id: number): void {
    const branch = this.#find(id);
    if (branch.running === this.shown.execution.running) {
      throw new OrderError(
        `${branch.name} is the branch that is shown.`,
        "Switch to another branch first, then delete this one.",
      );
    }
    this.#all = this.#all.filter((each) => each !== branch);
    discard(branch.running);
    this.shown.changed();
  }

  /** Ends the current replay. The shown branch does not change. */
  cancel(): void {
    this.#replay?.fresh.end("The replay was cancelled.");
    this.#replay = undefined;
    this.shown.changed();
  }

  /**
   * Starts a new process for the branch that is shown, and replays its steps.
   *
   * @throws ReplayError if a replayed step differs from the recorded one
   */
  async wake(): Promise<void> {
    const branch = this.#current();
    const { run } = branch.running;
    branch.running = await this.#reexecuted(branch, run.trace.length, branch.name);
    this.shown.show(branch.running);
    run.dispose();
  }

  /** Deletes all branches except the one that is shown, because its run is about to be replaced or deleted. */
  forget(): void {
    this.cancel();
    for (const { running } of this.#all) if (running !== this.shown.execution.running) discard(running);
    this.#all = [];
    this.#lastId = 0;
  }

  /** The run of a branch. */
  runOf(id: number): Running["run"] {
    return this.#find(id).running.run;
  }

  #current(): Branch {
    const { running } = this.shown.execution;
    return this.#all.find((branch) => branch.running === running) ?? this.#add({ name: "Branch 1", running });
  }

  #add(branch: Omit<Branch, "id">): Branch {
    this.#lastId += 1;
    const added = { id: this.#lastId, ...branch };
    this.#all.push(added);
    return added;
  }

  #find(id: number): Branch {
    const branch = this.#all.find((each) => each.id === id);
    if (!branch) throw new OrderError("There is no such branch any more.", "Choose another one.");
    return branch;
  }

  #show({ running }: Branch): void {
    const { execution } = this.shown;
    if (running === execution.running) return;
    execution.running.end("Another branch is shown.");
    this.shown.show(running);
  }

  async #opened({ text, items, name, steps, conditions }: Opened, parent: Branch): Promise<Branch> {
    const known = this.#all.find(({ opened }) => opened === text);
    if (known) return known;
    if (this.#all.length >= maxBranches) throw tooMany;
    const { file } = this.shown.program;
    const running = await this.#replayed(name, steps, conditions, (fresh) =>
      executeUpTo(fresh, { file, items, steps }, this.shown.changed),
    );
    return this.#add({ name, after: 0, parent: parent.id, opened: text, running });
  }

  /** Opens a branch without showing it. Where its steps cannot be made, the other one is opened all the same. */
  async #beside(opened: Opened, parent: Branch): Promise<Branch | undefined> {
    try {
      const branch = await this.#opened(opened, parent);
      if (branch.running !== this.shown.execution.running) branch.running.end("Another branch is shown.");
      return branch;
    } catch (error) {
      if (error instanceof StoppedError) throw error;
      return undefined;
    }
  }

  #reexecuted({ running: { run: source } }: Branch, steps: number, branch: string): Promise<Running> {
    const { program, changed } = this.shown;
    return this.#replayed(branch, steps, source, (fresh) => reexecute(fresh, { source, steps, file: program.file }, changed));
  }

  /** Replays steps in a fresh process, which can be cancelled. @param conditions of the run */
  async #replayed(
    branch: string,
    of: number,
    conditions: Conditions,
    execute: (fresh: Running) => Promise<void>,
  ): Promise<Running> {
    const { program, changed } = this.shown;
    if (program.isStale) throw fileChanged(program.file);
    const fresh = program.fresh(undefined, program.command, conditions);
    const replay = { branch, of, fresh };
    this.#replay = replay;
    changed();
    try {
      await execute(fresh);
      if (this.#replay !== replay) throw cancelled;
      return fresh;
    } catch (error) {
      discard(fresh);
      throw this.#replay === replay ? error : cancelled;
    } finally {
      if (this.#replay === replay) this.#replay = undefined;
    }
  }

  /** Checks that a task was ready after a step. Called before any step is replayed. */
  #mustBeReady(id: TaskId, step: number): void {
    const { run } = this.shown.execution;
    const { lastStep = 0 } = run.trace.totals(step, run.tasks.length)[id] ?? {};
    const event = lastStep > 0 ? run.trace.at(lastStep).event : "yielded";
    const isThere = (run.added[id]?.step ?? Number.POSITIVE_INFINITY) <= step;
    const name = run.tasks[id]?.name ?? `task ${id}`;
    if (!isThere) throw new OrderError(`"${name}" did not exist yet after step ${step}.`, "Pick another task.");
    if (event !== "yielded") throw new OrderError(`"${name}" had already ended after step ${step}.`, "Pick another task.");
    if (heldAfter(run.scheduler.changes, step).has(id)) {
      throw new OrderError(`"${name}" was held back after step ${step}.`, "Pick another task.");
    }
  }
}

function discard(running: Running): void {
  running.end("The branch is not needed any more.");
  running.run.dispose();
}

const tooMany = new OrderError(`There are already ${maxBranches} branches, which is the maximum.`, "Delete one of them first.");

const cancelled = new StoppedError("The replay was cancelled.", "What was shown stays as it was.");

function fileChanged(file: string): OrderError {
  return new OrderError(`${basename(file)} was changed after it was loaded, so a replay would run different code.`, "Restart.");
}
