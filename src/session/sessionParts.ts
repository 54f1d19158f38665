/**
 * Assembles the parts of a session. The parts do not depend on each other directly, so changes in one part are passed on to the
 * others here.
 */
import { WarningWatch } from "./analysis/warnings";
import { Branches } from "./branches/branches";
import { Listeners } from "./common/listeners";
import { Comparisons } from "./comparisons";
import { Exploration } from "./exploration";
import { Execution } from "./loop/execution";
import { Program, type ProgramOptions } from "./loop/program";
import { ignoreEnd, type Running } from "./loop/running";
import { type RuleOptions, SessionRules } from "./loop/sessionRules";
import { Stepping } from "./loop/stepping";
import type { Recordable } from "./recording/recordable";
import { Rebuilding } from "./replay/rebuild";
import { Restarts } from "./restarts";
import type { Run } from "./run/run";
import { Order } from "./userOrder";
import { Cursor } from "./view/cursor";

export interface SessionOptions extends ProgramOptions, RuleOptions {
  /** Takes over the trace file of a run that is replaced; left out, the file is removed. */
  readonly keep?: (path: string) => void;
}

export class SessionParts {
  readonly listeners = new Listeners();
  readonly rules: SessionRules;
  readonly program: Program;
  readonly execution: Execution;
  readonly rebuilding: Rebuilding;
  readonly cursor: Cursor;
  readonly stepping: Stepping;
  readonly branches: Branches;
  readonly restarts: Restarts;
  readonly order: Order;
  readonly comparisons: Comparisons;
  readonly exploration: Exploration;
  /** Must be called when something that is displayed has changed. */
  readonly changed = () => {
    this.#warnings.noticed();
    this.listeners.tell();
  };
  readonly #warnings = new WarningWatch(
    () => this.run,
    () => this.listeners.tell(),
  );

  /** @param recordable the source of the data written to the trace's file */
  constructor(
    readonly options: SessionOptions,
    readonly recordable: Recordable,
  ) {
    this.rules = new SessionRules(options, {
      breakpointsChanged: () => this.#breakpointsChanged(),
      watchesChanged: () => this.#watchesChanged(),
      decidedChanged: () => this.#decidedChanged(),
      silencedChanged: () => this.changed(),
      bytesOfOthers: () => this.branches.bytes,
    });
    this.program = new Program(options, this.rules, (run) => this.execution.runChanged(run));
    this.execution = new Execution(this.program.fresh(), this.changed);
    this.rebuilding = new Rebuilding(this, this.changed);
    this.cursor = new Cursor(this, this.changed, this.rebuilding);
    this.stepping = new Stepping(this.execution, this.cursor, () => this.branches.wake());
    this.branches = new Branches(this);
    this.restarts = new Restarts(this);
    this.order = new Order(this);
    this.comparisons = new Comparisons(this);
    this.exploration = new Exploration(this);
  }

  get run(): Run {
    return this.execution.run;
  }

  /** Shows another run at its last step, in place of the current one. */
  show(running: Running): void {
    this.rebuilding.forget();
    this.execution.replace(running);
    this.restarts.expect([]);
    this.cursor.followHead();
    this.execution.rest();
  }

  /** Ends all work on the current run, because another one is about to replace it. */
  interrupt(): void {
    this.branches.cancel();
    this.rebuilding.forget();
    this.execution.running.end("The session was restarted.");
  }

  /** Ends the process, and any run that is being prepared. What was recorded is kept. */
  stop(): void {
    this.execution.running.passOverHanging();
    this.restarts.cancel();
    this.stepping.turns.clear();
    this.rebuilding.cancel();
    this.branches.cancel();
    this.execution.stop();
  }

  /** Stops the session permanently. */
  end(): void {
    this.stop();
    this.#warnings.end();
    this.comparisons.cancel();
    this.exploration.cancel();
    this.branches.forget();
  }

  /** Pauses the run and the search, and cancels other long work: a restart, a comparison, a replay. */
  async settle(): Promise<void> {
    this.cancelBegin();
    this.comparisons.cancel();
    this.exploration.pause();
    this.rebuilding.cancel();
    this.branches.cancel();
    await this.stepping.pause().catch(ignoreEnd);
  }

  /** Drops the run that is being prepared, and all queued actions. */
  cancelBegin(): void {
    if (this.restarts.cancel()) this.stepping.turns.clear();
  }

  /** Writes new data to the trace's file, if the file is kept. @throws Error of the file system */
  checkpoint(): void {
    this.run.checkpoint(this.recordable);
  }

  /** Ends the current plan, which was made with the previous breakpoints. */
  #breakpointsChanged(): void {
    void this.execution.running.replan();
    this.changed();
  }

  /** A run that was not asked for yet has the new decisions. */
  #decidedChanged(): void {
    if (!this.run.runtime) this.run.observed = this.program.observed;
    this.changed();
  }

  #watchesChanged(): void {
    const { execution, rebuilding, stepping } = this;
    rebuilding.watchesChanged();
    const { watching } = execution.running.sampling;
    if (watching !== undefined && !this.rules.watches.list.includes(watching)) execution.run.interruptEvaluation();
    this.changed();
    if (!execution.isAtRest || execution.run.ending) return;
    const watch = async () => {
      if (execution.isAtRest) await execution.running.sampling.watch();
      this.changed();
    };
    void stepping.turns.take(watch).catch(ignoreEnd);
  }
}
