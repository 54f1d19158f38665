/**
 * The program of a session: its file, how to start it, and whether the file on disk is still the one that was loaded.
 */
import type { Conditions } from "../../core/conditions";
import { OrderError } from "../common/errors";
import type { Chosen } from "../order/policies";
import { type RunnerCommand, workingUnder } from "../process/runnerProcess";
import { type FileLife, TraceFile } from "../recording/traceFile";
import { Run } from "../run/run";
import type { Observed } from "../seen/runRecord";
import { Running } from "./running";
import type { SessionRules } from "./sessionRules";

export interface ProgramOptions {
  /** The absolute path of the user's file. */
  readonly file: string;
  readonly command: RunnerCommand;
  /** How to start the runner at a restart, when the interpreter may have changed. If left out, the runner is started as before. */
  readonly commandNow?: () => Promise<RunnerCommand>;
  /** If the program decides itself who runs: what it is given. */
  readonly observed?: Observed;
  /** The folder for data that does not fit in memory. */
  readonly storage: string;
  /** Whether the trace can still be found after this process has ended. By default, it cannot. */
  readonly traceFile?: FileLife;
}

export class Program {
  /** How the runner of the current run was started. */
  command: RunnerCommand;
  /** The files that are different on disk from what was loaded. */
  readonly differing = new Set<string>();

  /** @param changed called after every change of a run that a view may display */
  constructor(
    readonly options: ProgramOptions,
    readonly rules: SessionRules,
    readonly changed: (run: Run) => void,
  ) {
    this.command = this.#startedBy(options.command);
  }

  get file(): string {
    return this.options.file;
  }

  /** Whether a file was changed after it was loaded. */
  get isStale(): boolean {
    return this.differing.size > 0;
  }

  /** If the program decides itself who runs: what a new run of it is given. */
  get observed(): Observed | undefined {
    const { all } = this.rules.decided;
    return this.options.observed && { ...this.options.observed, functions: Object.keys(all).length > 0 ? all : undefined };
  }

  /** How to start the runner of a new run. */
  async commandNow(): Promise<RunnerCommand> {
    const now = await this.options.commandNow?.();
    return now ? this.#startedBy(now) : this.command;
  }

  /** @throws OrderError if the program is observed: then nobody else decides who runs */
  mustDecide(): void {
    if (this.options.observed) throw observed;
  }

  /**
   * Creates a policy in its initial state.
   *
   * @param text by default, the policy that the user chose
   * @throws OrderError if it is not a policy, or if its file no longer exists
   */
  choosePolicy(text = this.rules.policy): Chosen {
    return this.rules.choosePolicy(text);
  }

  /**
   * Starts a fresh process with an empty trace.
   *
   * @param conditions by default, those that the user chose
   * @throws OrderError if the policy is a file that no longer exists, or for processes under virtual time
   */
  fresh(policy?: string, command = this.command, conditions: Conditions = this.rules): Running {
    if (conditions.processes && conditions.virtualTime) throw realTime;
    const chosen = this.choosePolicy(policy);
    const { storage, traceFile } = this.options;
    const file = new TraceFile(storage, traceFile);
    const run: Run = new Run(this.commandUnder(conditions, command), file, () => this.changed(run), conditions.virtualTime);
    run.observed = this.observed;
    const running = new Running(run, this.rules);
    running.control.setPolicy(chosen);
    return running;
  }

  /** How a runner is started under conditions. Whoever runs the program is asked for what it reads, unless it is given something. */
  commandUnder(conditions: Conditions, command = this.command): RunnerCommand {
    return workingUnder({ input: "typed", ...command }, conditions);
  }

  /** A runner that observes a program is started in a way of its own, with what the program is given. */
  #startedBy(command: RunnerCommand): RunnerCommand {
    const { observed } = this.options;
    if (!observed) return command;
    const { environment, input } = observed;
    const args = [...command.args, ...(command.toObserve ?? [])];
    return { ...command, args, env: { ...command.env, ...environment }, ...(input === undefined ? {} : { input }) };
  }
}

const realTime = new OrderError(
  "Tasks in processes run at the same time, which is real.",
  "Leave out the virtual time, or the processes.",
);

const observed = new OrderError(
  "This program decides itself who runs.",
  "To decide here, run its generator functions as cooperative tasks.",
);
