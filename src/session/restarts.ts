/**
 * The sequence of runs in a session: how a new run replaces the current one, and what it takes over from it.
 */
import type { Conditions } from "../core/conditions";
import { CallFailedError, ScheduleStepError, StoppedError } from "./common/errors";
import type { Execution } from "./loop/execution";
import type { Program } from "./loop/program";
import type { Running } from "./loop/running";
import type { Stepping } from "./loop/stepping";
import type { Followed } from "./order/orderControl";
import { mustBeFew, type RunnerCommand } from "./process/runnerProcess";
import type { Run } from "./run/run";
import { typedUpTo } from "./run/typedInput";

/** The initial state of a fresh run. */
export interface Fresh {
  readonly calls: readonly string[];
  /** The policy; left out, the one that the user chose. */
  readonly policy?: string;
  /** Which time it has; left out, the one that the user chose. */
  readonly conditions?: Conditions;
  /** A schedule to follow. It adds the tasks itself. */
  readonly follow?: Followed;
  /** The run whose trace the schedule is read from. It is kept until the schedule has been followed. */
  readonly source?: Run;
}

/** A fresh run that is prepared while the current one continues. */
interface Preparation {
  running?: Running;
  command?: RunnerCommand;
  isCancelled: boolean;
}

/** The run that is replaced, with everything that belongs to it. */
export interface Replaceable {
  readonly execution: Execution;
  readonly stepping: Stepping;
  readonly program: Program;
  readonly branches: { forget(): void };
  /** Takes over the trace file of the replaced run; left out, the file is removed. */
  readonly options: { readonly keep?: (path: string) => void };
  /** Ends all work on the current run. */
  interrupt(): void;
  /** Writes new data to the trace file. @throws Error of the file system */
  checkpoint(): void;
  /** Shows another run at its last step, in place of the current one. */
  show(running: Running): void;
  /** Must be called when something that is displayed has changed. */
  readonly changed: () => void;
}

export class Restarts {
  #calls: readonly string[] = [];
  /** Kept because the followed schedule is read from its trace. */
  #source: Run | undefined;
  #preparation: Preparation | undefined;

  constructor(readonly shown: Replaceable) {}

  /** The run that is being prepared, or the last one whose preparation failed. */
  get fresh(): Run | undefined {
    return this.#preparation?.running?.run;
  }

  /**
   * The calls of the tasks, in the order in which they were added, without those that were spawned by tasks or made by an observed program.
   * A restart runs them again, even after a failed restart.
   */
  get calls(): string[] {
    const { tasks, added, observed } = this.shown.execution.run;
    if (observed) return [];
    const own = tasks.filter(({ id }) => added[id]?.parent === undefined);
    return [...own.map(({ call }) => call), ...this.#calls.slice(own.length)];
  }

  /** Sets the calls of the tasks that the run will have. Not all of the tasks exist yet. */
  expect(calls: readonly string[]): void {
    this.#calls = [...calls];
  }

  /** Starts another run. It replaces the current one when its tasks exist. */
  async begin(fresh: Fresh): Promise<void> {
    const { execution, program, stepping } = this.shown;
    program.choosePolicy(fresh.policy);
    execution.running.passOverHanging();
    this.cancel();
    if (execution.status === "loading") {
      // What loads does not have to end.
      execution.running.end("Another run is begun.");
      return stepping.turns.take(() => this.#beginFirst(fresh));
    }
    const preparation: Preparation = { isCancelled: false };
    this.#preparation = preparation;
    const interrupt = () => this.#interrupt();
    const takePlace = (running: Running) => this.#takePlace(running, preparation, fresh);
    try {
      await stepping.turns.replace(this.#prepare(preparation, fresh), interrupt, takePlace);
    } catch (error) {
      if (preparation.running !== execution.running) discard(preparation.running);
      if (!(error instanceof StoppedError)) throw error;
    }
  }

  /** Drops the run that is being prepared. @returns whether there was one */
  cancel(): boolean {
    const preparation = this.#preparation;
    this.#preparation = undefined;
    if (!preparation) return false;
    preparation.isCancelled = true;
    discard(preparation.running);
    return true;
  }

  /** Frees the disk space of the previous run. */
  dispose(): void {
    this.#source?.dispose();
  }

  /** Starts the first run of a session that has not been opened, which has no state to preserve. */
  async #beginFirst(fresh: Fresh): Promise<void> {
    const { execution, program, changed } = this.shown;
    execution.run.dispose();
    execution.replace(program.fresh(fresh.policy, program.command, fresh.conditions));
    program.rules.use(execution.run);
    this.expect(fresh.calls);
    repeatOf(fresh, execution.run);
    await execution.load(program.file);
    await this.#start(execution.running, fresh);
    changed();
  }

  async #prepare(preparation: Preparation, fresh: Fresh): Promise<Running> {
    const { program } = this.shown;
    preparation.command = await program.commandNow();
    mustGoOn(preparation);
    const running = program.fresh(fresh.policy, preparation.command, fresh.conditions);
    preparation.running = running;
    repeatOf(fresh, running.run);
    await running.run.load(program.file);
    await this.#start(running, fresh);
    mustGoOn(preparation);
    const { refusal } = running.control;
    if (fresh.follow && refusal instanceof ScheduleStepError) throw refusal;
    return running;
  }

  /**
   * Adds the tasks to a fresh run, or starts following the schedule that adds them.
   *
   * @throws CallFailedError if one of the calls fails
   */
  async #start({ run, control, sampling }: Running, { calls, follow }: Fresh): Promise<void> {
    mustBeFew(run, calls.length);
    if (follow) control.follow(follow);
    else for (const [index, call] of calls.entries()) await run.spawn(call).catch(CallFailedError.of(call, index));
    await control.prepare();
    await sampling.watch();
  }

  /** Ends all work on the current run. From here on the replacement cannot be cancelled. */
  #interrupt(): void {
    this.#preparation = undefined;
    this.shown.interrupt();
  }

  #takePlace(running: Running, { command }: Preparation, { source }: Fresh): void {
    const { execution, program, branches } = this.shown;
    const { run } = execution;
    branches.forget();
    this.#keep(run);
    if (this.#source !== source) this.#source?.dispose();
    if (run !== source) run.dispose();
    this.#source = source;
    if (command) program.command = command;
    program.differing.clear();
    program.rules.use(running.run);
    this.shown.show(running);
  }

  /** Keeps the trace file of a run that is replaced. It is dropped if it has no steps, or if it cannot be written to disk. */
  #keep(run: Run): void {
    const { options } = this.shown;
    if (!options.keep || run.trace.length === 0) return;
    try {
      this.shown.checkpoint();
      const path = run.file.giveAway();
      if (path !== undefined) options.keep(path);
    } catch {
      return;
    }
  }
}

/** Prepares a run that repeats another one, if that is known. What was typed there is given again. */
function repeatOf({ follow: { recorded } = { items: [], steps: 0 } }: Fresh, run: Run): void {
  run.isCompared = recorded !== undefined;
  if (recorded?.output) run.typed.repeat(typedUpTo(recorded.trace.length, recorded.output), recorded.typed);
}

function mustGoOn({ isCancelled }: Preparation): void {
  if (isCancelled) throw new StoppedError("The restart was cancelled.", "Restart the session.");
}

function discard(running: Running | undefined): void {
  running?.end("The run is not needed any more.");
  running?.run.dispose();
}
