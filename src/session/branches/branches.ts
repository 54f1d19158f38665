/**
 * Branches: a run can take another way from any past step. Each branch keeps its trace; one of them is shown and can continue.
 */
import { basename } from "node:path";
import { heldAfter } from "../../core/schedule/changes";
import type { TaskId } from "../../core/task";
import { type Branch as BranchView, maxBranches, type Replaying } from "../../protocol/schedule";
import { outcomeLine } from "../analysis/outcomes";
import { OrderError, StoppedError } from "../common/errors";
import type { Execution } from "../loop/execution";
import type { Program } from "../loop/program";
import type { Running } from "../loop/running";
import type { Stepping } from "../loop/stepping";
import { reexecute } from "../replay/reexecution";

interface Branch {
  readonly id: number;
  name: string;
  /** Where it leaves its parent, and which one that is; absent for the first branch. */
  readonly after?: number;
  readonly parent?: number;
  running: Running;
}

/** The current branch: the run that is shown. */
export interface Branching {
  readonly execution: Execution;
  readonly stepping: Stepping;
  readonly program: Program;
  /** The step that is shown. */
  readonly cursor: { readonly step: number };
  /** Shows another run, at its last step, instead of the current one. */
  show(running: Running): void;
  /** Tells that something changed which is to be shown. */
  readonly changed: () => void;
}

export class Branches {
  #all: Branch[] = [];
  #lastId = 0;
  #replay: { readonly branch: string; readonly of: number; readonly fresh: Running } | undefined;

  constructor(readonly shown: Branching) {}

  /** All of them, where there is more than one. */
  get list(): BranchView[] {
    if (this.#all.length < 2) return [];
    return this.#all.map(({ running: { run, control }, ...branch }) => ({
      ...branch,
      head: run.trace.length,
      current: run === this.shown.execution.run,
      rests: run.ending,
      outcome: outcomeLine(run, control.next),
    }));
  }

  /** The progress of a fresh runner with the steps of a branch. */
  get replaying(): Replaying | undefined {
    const { branch, of, fresh } = this.#replay ?? {};
    return branch === undefined || of === undefined ? undefined : { branch, of, done: fresh?.run.trace.length ?? 0 };
  }

  /** The size of the traces of hidden branches, in bytes. */
  get bytes(): number {
    return this.#all.reduce((sum, { running: { run } }) => sum + (run === this.shown.execution.run ? 0 : run.trace.bytes), 0);
  }

  /**
   * Begins a branch at the cursor: another task goes next. The steps up to there are made again by a fresh runner.
   *
   * @param send an expression, the value of which the task's `yield` gives
   * @throws OrderError when there are too many branches, or the task was not ready
   * @throws ReplayError where a step is another one than was recorded; all stays as it was
   */
  async fork(task: TaskId, send?: string): Promise<void> {
    const { cursor, stepping } = this.shown;
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

  /** Shows another branch. It continues when a step is made in it. */
  async switchTo(id: number): Promise<void> {
    await this.shown.stepping.alone(async () => this.#show(this.#find(id)));
  }

  rename(id: number, name: string): void {
    this.#find(id).name = name;
    this.shown.changed();
  }

  /** @throws OrderError when it is the one that is shown */
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

  /** Ends the current replay; what was shown stays. */
  cancel(): void {
    this.#replay?.fresh.end("The replay was cancelled.");
    this.#replay = undefined;
    this.shown.changed();
  }

  /**
   * The tasks of the branch that is shown get a process again.
   *
   * @throws ReplayError where a step is another one than was recorded
   */
  async wake(): Promise<void> {
    const branch = this.#current();
    const { run } = branch.running;
    branch.running = await this.#reexecuted(branch, run.trace.length, branch.name);
    this.shown.show(branch.running);
    run.dispose();
  }

  /** Forgets all branches except that of the run which is shown, which is about to be replaced or dropped. */
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

  async #reexecuted({ running: { run: source } }: Branch, steps: number, branch: string): Promise<Running> {
    const { program, changed } = this.shown;
    const { file } = program;
    if (program.isStale) throw fileChanged(file);
    const fresh = program.fresh();
    const replay = { branch, of: steps, fresh };
    this.#replay = replay;
    changed();
    try {
      await reexecute(fresh, { source, steps, file }, changed);
      if (this.#replay !== replay) throw cancelled;
      return fresh;
    } catch (error) {
      discard(fresh);
      throw this.#replay === replay ? error : cancelled;
    } finally {
      if (this.#replay === replay) this.#replay = undefined;
    }
  }

  /** Called before anything is replayed. */
  #mustBeReady(id: TaskId, step: number): void {
    const { run } = this.shown.execution;
    const { lastStep = 0 } = run.trace.totals(step, run.tasks.length)[id] ?? {};
    const event = lastStep > 0 ? run.trace.at(lastStep).event : "yielded";
    const isThere = (run.added[id]?.step ?? Number.POSITIVE_INFINITY) <= step;
    const name = run.tasks[id]?.name ?? `task ${id}`;
    if (!isThere) throw new OrderError(`"${name}" was not there yet after step ${step}.`, "Pick another task.");
    if (event !== "yielded") throw new OrderError(`"${name}" was over after step ${step}.`, "Pick another task.");
    if (heldAfter(run.scheduler.changes, step).has(id)) {
      throw new OrderError(`"${name}" was held back after step ${step}.`, "Pick another task.");
    }
  }
}

function discard(running: Running): void {
  running.end("The branch is not needed any more.");
  running.run.dispose();
}

const tooMany = new OrderError(`There are ${maxBranches} branches, as many as are kept.`, "Delete one of them first.");

const cancelled = new StoppedError("The replay was cancelled.", "What was shown stays as it was.");

function fileChanged(file: string): OrderError {
  return new OrderError(`${basename(file)} was changed after it was loaded, so a replay would run other code.`, "Restart.");
}
