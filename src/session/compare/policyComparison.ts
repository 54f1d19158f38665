/**
 * Runs the same tasks under several policies, each in a fresh process, and compares run times, waits and outcomes.
 */
import type { VirtualTime } from "../../core/virtualTime";
import { type Comparing, maxCompared, type PolicyOutcome } from "../../protocol/schedule";
import { adviceOf, OrderError } from "../common/errors";
import type { RunEnd } from "../loop/rest";
import { Running } from "../loop/running";
import { choosePolicy, mustSuit } from "../order/policies";
import type { PolicyFiles } from "../order/policyFiles";
import type { RunnerCommand } from "../process/runnerProcess";
import { TraceFile } from "../recording/traceFile";
import { Breakpoints } from "../run/breakpoints";
import { Run } from "../run/run";
import { Watches } from "../seen/watches";
import { measured, notRun } from "./policyOutcome";

/** The program that is run. */
export interface ComparedProgram {
  /** The absolute path of the user's file. */
  readonly file: string;
  readonly command: RunnerCommand;
  readonly calls: readonly string[];
  /** The folder for data that does not fit in memory. */
  readonly storage: string;
  readonly maxTraceBytes: number;
  /** The virtual time of all runs; undefined for real time. */
  readonly virtualTime?: VirtualTime | undefined;
  readonly policyFiles?: PolicyFiles;
}

/** When the run of a policy ends. */
export interface Limits {
  readonly steps: number;
  /** The maximum run time in milliseconds; by default, `usualMillis`. */
  readonly millis?: number;
}

/** The default limit for the run time of a policy, and how much longer its last slice may take, in milliseconds. */
const usualMillis = 20_000;
const graceMillis = 1_000;

/** The maximum number of policies that run at the same time. */
const lanes = 2;

interface Line {
  readonly policy: string;
  state: Comparing["policies"][number]["state"];
  running?: Running;
  outcome?: PolicyOutcome;
  failure?: unknown;
}

export class PolicyComparison {
  readonly #lines: Line[];
  #cancelled = false;

  /**
   * @param policies as users type them
   * @param changed called after every change that a view may display
   * @throws OrderError if there are no tasks, or if a policy is invalid
   */
  constructor(
    readonly program: ComparedProgram,
    policies: readonly string[],
    readonly limits: Limits,
    readonly changed: () => void,
  ) {
    if (program.calls.length === 0) throw new OrderError("There are no tasks to run.", "Add one first.");
    if (policies.length > maxCompared)
      throw new OrderError(`At most ${maxCompared} policies can be compared.`, "Leave some out.");
    this.#lines = policies.map((policy) => ({ policy: choosePolicy(policy, program.policyFiles).text, state: "waiting" }));
  }

  get state(): Comparing {
    return {
      policies: this.#lines.map(({ policy, state, running, outcome }) => {
        return { policy, state, steps: outcome?.steps ?? running?.run.trace.length ?? 0 };
      }),
      isOver: this.#cancelled || this.#lines.every(({ outcome }) => outcome),
      cancelled: this.#cancelled,
    };
  }

  /** The outcomes of the policies that have run so far, in the order in which the policies were given. */
  get outcomes(): PolicyOutcome[] {
    return this.#lines.flatMap(({ outcome }) => outcome ?? []);
  }

  /** The first policy that could not be run, and the error. */
  get failed(): { readonly policy: string; readonly failure: unknown } | undefined {
    const line = this.#lines.find(({ failure }) => failure !== undefined);
    return line && { policy: line.policy, failure: line.failure };
  }

  /** Resolves when all policies have run, or when the comparison was cancelled. An error in a run becomes the outcome of that policy. */
  async run(): Promise<void> {
    const left = [...this.#lines];
    const lane = async () => {
      for (let line = left.shift(); line && !this.#cancelled; line = left.shift()) await this.#runLine(line);
    };
    await Promise.all(Array.from({ length: lanes }, lane));
    this.changed();
  }

  /** Cancels the comparison. The outcomes so far are kept. */
  cancel(): void {
    if (this.state.isOver) return;
    this.#cancelled = true;
    for (const { running } of this.#lines) running?.end("The comparison was cancelled.");
    this.changed();
  }

  async #runLine(line: Line): Promise<void> {
    const running = this.#fresh(line.policy);
    line.running = running;
    line.state = "running";
    this.changed();
    try {
      const stopped = await this.#execute(running);
      if (!this.#cancelled) line.outcome = await measured(running, line.policy, stopped);
      line.state = "done";
    } catch (error) {
      line.state = "failed";
      if (!this.#cancelled) line.failure = error;
      if (!this.#cancelled) line.outcome = notRun(running.run, line.policy, adviceOf(error));
    } finally {
      running.end("The comparison is over.");
      running.run.dispose();
      delete line.running;
      this.changed();
    }
  }

  #fresh(policy: string): Running {
    const { command, storage, policyFiles, maxTraceBytes, virtualTime } = this.program;
    const run = new Run(command, new TraceFile(storage), () => this.changed(), virtualTime);
    const running = new Running(run, {
      until: "all",
      breakpoints: new Breakpoints(() => undefined),
      watches: new Watches(() => undefined),
      traceRoom: maxTraceBytes,
      choosePolicy: (text) => choosePolicy(text, policyFiles),
    });
    running.control.setPolicy(choosePolicy(policy, policyFiles));
    return running;
  }

  async #execute(running: Running): Promise<RunEnd | "time-limit"> {
    const { limits, program } = this;
    const { run } = running;
    const millis = limits.millis ?? usualMillis;
    const late = setTimeout(() => void running.pause(), millis);
    const tooLate = setTimeout(() => running.end("A task did not give back control in time."), millis + graceMillis);
    try {
      await run.load(program.file);
      for (const call of program.calls) await run.spawn(call);
      mustSuit(run.scheduler.policyText, run.tasks);
      const end = await running.forward(limits.steps);
      if (end === "refused") throw running.control.refusal;
      return end === "paused" ? "time-limit" : end;
    } finally {
      clearTimeout(late);
      clearTimeout(tooLate);
    }
  }
}
