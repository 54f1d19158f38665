/**
 * The program of a session: its file, how it is started, and whether the loaded code is still what is on disk.
 */
import type { Chosen } from "../order/policies";
import type { RunnerCommand } from "../process/runnerProcess";
import { type FileLife, TraceFile } from "../recording/traceFile";
import { Run } from "../run/run";
import { Running } from "./running";
import type { SessionRules } from "./sessionRules";

export interface ProgramOptions {
  /** The user's file, absolute. */
  readonly file: string;
  readonly command: RunnerCommand;
  /** How a restart starts the runner: the interpreter may be another one by then. Left out, as before. */
  readonly commandNow?: () => Promise<RunnerCommand>;
  /** The folder for what does not fit in memory. */
  readonly storage: string;
  /** Whether the content can be found after this process has ended; by default it cannot. */
  readonly traceFile?: FileLife;
}

export class Program {
  /** How the runner of the run that is shown was started. */
  command: RunnerCommand;
  /** The file was changed since it was loaded. */
  isStale = false;

  /** @param changed called after everything that a view may want to show of a run */
  constructor(
    readonly options: ProgramOptions,
    readonly rules: SessionRules,
    readonly changed: (run: Run) => void,
  ) {
    this.command = options.command;
  }

  get file(): string {
    return this.options.file;
  }

  /** How the runner of another run is to be started. */
  async commandNow(): Promise<RunnerCommand> {
    return (await this.options.commandNow?.()) ?? this.command;
  }

  /**
   * The policy of a run in its first state.
   *
   * @param text left out, the policy that was chosen
   * @throws OrderError when it is none, or a file that is not there any more
   */
  choosePolicy(text = this.rules.policy): Chosen {
    return this.rules.choosePolicy(text);
  }

  /**
   * A fresh process with an empty trace.
   *
   * @throws OrderError when the policy is a file that is not there any more
   */
  fresh(policy?: string, command = this.command): Running {
    const chosen = this.choosePolicy(policy);
    const { storage, traceFile } = this.options;
    const run: Run = new Run(command, new TraceFile(storage, traceFile), () => this.changed(run));
    const running = new Running(run, this.rules);
    running.control.setPolicy(chosen);
    return running;
  }
}
