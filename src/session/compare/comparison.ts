/**
 * Runs programs under several policies, or several setups, each in a fresh process, and compares times, waits and outcomes.
 */
import type { VirtualTime } from "../../core/virtualTime";
import { type Comparing, maxCompared } from "../../protocol/schedule";
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
import { type LineOutcome, lineOutcome } from "./lineOutcome";
import { measured, notBegun, notRun, type RunOutcome } from "./runOutcome";
import { StepClock } from "./stepClock";

/** What is run, apart from the policy. */
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
  /** Expressions whose values at the end are part of the outcome. */
  readonly watches?: readonly string[];
}

/** A line of the comparison: a program under a policy, or a setup that may have turned out not to be one that can run. */
export type ComparedLine =
  | { readonly setup?: string; readonly program: ComparedProgram /** As users type it. */; readonly policy: string }
  | { readonly setup: string; readonly problem: unknown };

/** When the run of a line ends, and how often it is repeated. */
export interface Limits {
  readonly steps: number;
  /** How often each line runs while nothing else does, so that its time can be measured. If left out, each runs once, two at a time. */
  readonly runs?: number | undefined;
  /** The maximum run time in milliseconds; by default, `usualMillis`. */
  readonly millis?: number;
}

/** The default limit for the time of a run, and how much longer its last slice may take, in milliseconds. */
const usualMillis = 20_000;
const graceMillis = 1_000;

/** The maximum number of lines that run at the same time if no time is measured. */
const lanes = 2;

interface Line {
  readonly compared: ComparedLine;
  readonly name: string;
  state: Comparing["policies"][number]["state"];
  running?: Running;
  readonly outcomes: RunOutcome[];
  failure?: unknown;
}

/** The same program under several policies. @param policies as users type them */
export function underPolicies(program: ComparedProgram, policies: readonly string[]): ComparedLine[] {
  return policies.map((policy) => ({ program, policy }));
}

export class Comparison {
  readonly #lines: Line[];
  #cancelled = false;

  /**
   * @param changed called after every change that a view may display
   * @throws OrderError if there are no tasks, or if a policy is invalid
   */
  constructor(
    lines: readonly ComparedLine[],
    readonly limits: Limits,
    readonly changed: () => void,
  ) {
    if (lines.length > maxCompared)
      throw new OrderError(
        `At most ${maxCompared} ${lines[0]?.setup === undefined ? "policies" : "setups"} can be compared.`,
        "Leave some out.",
      );
    this.#lines = lines.map(lineOf);
  }

  get state(): Comparing {
    return {
      policies: this.#lines.map(({ name, state, running, outcomes }) => {
        return { policy: name, state, steps: outcomes.at(-1)?.steps ?? running?.run.trace.length ?? 0 };
      }),
      isOver: this.#cancelled || this.#lines.every((line) => this.#isOver(line)),
      cancelled: this.#cancelled,
    };
  }

  /** The outcomes of the lines that have run so far, in the order in which the lines were given. */
  get outcomes(): LineOutcome[] {
    return this.#lines.flatMap(({ compared, outcomes }) => lineOutcome(compared.setup, outcomes) ?? []);
  }

  /** The lines that could not be run, with the errors. */
  get failures(): readonly { readonly name: string; readonly failure: unknown }[] {
    return this.#lines.flatMap(({ name, failure }) => (failure === undefined ? [] : { name, failure }));
  }

  /** Resolves when all lines have run, or when the comparison was cancelled. An error in a run becomes the outcome of that line. */
  async run(): Promise<void> {
    const { runs } = this.limits;
    // In rounds, so that whatever slows the machine down for a while slows all of them down.
    const left = Array.from({ length: runs ?? 1 }, () => this.#lines).flat();
    const lane = async () => {
      for (let line = left.shift(); line && !this.#cancelled; line = left.shift()) await this.#runLine(line);
    };
    await Promise.all(Array.from({ length: runs === undefined ? lanes : 1 }, lane));
    this.changed();
  }

  /** Cancels the comparison. The outcomes so far are kept. */
  cancel(): void {
    if (this.state.isOver) return;
    this.#cancelled = true;
    for (const { running } of this.#lines) running?.end("The comparison was cancelled.");
    this.changed();
  }

  #isOver({ outcomes, failure }: Line): boolean {
    return failure !== undefined || outcomes.length >= (this.limits.runs ?? 1);
  }

  async #runLine(line: Line): Promise<void> {
    const { compared } = line;
    if (line.failure !== undefined || "problem" in compared) return;
    const { program, policy } = compared;
    const clock = new StepClock();
    const running = this.#fresh(program, policy, clock);
    line.running = running;
    line.state = "running";
    this.changed();
    try {
      const stopped = await this.#execute(running, program, clock);
      const millis = this.limits.runs === undefined ? undefined : clock.millis;
      if (!this.#cancelled) line.outcomes.push(await measured(running, { policy, stopped, millis }));
      line.state = this.#isOver(line) ? "done" : "waiting";
    } catch (error) {
      line.state = "failed";
      if (!this.#cancelled) line.failure = error;
      if (!this.#cancelled) line.outcomes.push(notRun(running.run, policy, adviceOf(error)));
    } finally {
      running.end("The comparison is over.");
      running.run.dispose();
      delete line.running;
      this.changed();
    }
  }

  #fresh(program: ComparedProgram, policy: string, clock: StepClock): Running {
    const { command, storage, policyFiles, maxTraceBytes, virtualTime, watches = [] } = program;
    const changed = () => {
      clock.see(run.trace.length);
      this.changed();
    };
    const run: Run = new Run(command, new TraceFile(storage), changed, virtualTime);
    const running = new Running(run, {
      until: "all",
      breakpoints: new Breakpoints(() => undefined),
      watches: new Watches(() => undefined),
      traceRoom: maxTraceBytes,
      choosePolicy: (text) => choosePolicy(text, policyFiles),
    });
    for (const expression of watches) running.rules.watches.add(expression);
    running.control.setPolicy(choosePolicy(policy, policyFiles));
    return running;
  }

  async #execute(running: Running, { file, calls }: ComparedProgram, clock: StepClock): Promise<RunEnd | "time-limit"> {
    const { run } = running;
    const millis = this.limits.millis ?? usualMillis;
    const late = setTimeout(() => void running.pause(), millis);
    const tooLate = setTimeout(() => {
      const who = running.sampling.watching === undefined ? "A task" : "A watch";
      running.end(`${who} did not give back control in time.`);
    }, millis + graceMillis);
    try {
      await run.load(file);
      for (const call of calls) await run.spawn(call);
      mustSuit(run.scheduler.policyText, run.tasks);
      clock.start();
      const end = await running.forward(this.limits.steps);
      if (end === "refused") throw running.control.refusal;
      return end === "paused" ? "time-limit" : end;
    } finally {
      clearTimeout(late);
      clearTimeout(tooLate);
    }
  }
}

/** @throws OrderError if there are no tasks, or if the policy is invalid */
function lineOf(compared: ComparedLine): Line {
  if ("problem" in compared) {
    const { setup, problem } = compared;
    return { compared, name: setup, state: "failed", outcomes: [notBegun("", adviceOf(problem))], failure: problem };
  }
  const { setup, program } = compared;
  if (program.calls.length === 0) throw new OrderError("There are no tasks to run.", "Add one first.");
  const policy = choosePolicy(compared.policy, program.policyFiles).text;
  return { compared: { ...compared, policy }, name: setup ?? policy, state: "waiting", outcomes: [] };
}
