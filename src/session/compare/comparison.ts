/**
 * Runs the lines of a comparison, each in fresh processes, and compares times, waits and outcomes.
 */
import { type ComparedKind, type Comparing, maxCompared } from "../../protocol/schedule";
import { adviceOf, OrderError } from "../common/errors";
import type { RunEnd } from "../loop/rest";
import { Running } from "../loop/running";
import { choosePolicy, mustSuit } from "../order/policies";
import { mustBeFew } from "../process/runnerProcess";
import { TraceFile } from "../recording/traceFile";
import { Breakpoints } from "../run/breakpoints";
import { Run } from "../run/run";
import { Watches } from "../seen/watches";
import { type LineOutcome, lineOutcome } from "./lineOutcome";
import type { ComparedLine, ComparedProgram, Limits, TriedOrders, TryOrders } from "./lines";
import { type MeasuredAtEnd, measuresOf } from "./measures";
import { measured, notBegun, notRun, type RunOutcome } from "./runOutcome";
import { StepClock } from "./stepClock";

/** The default limit for the time of a run, and how much longer its last slice may take, in milliseconds. */
const usualMillis = 20_000;
const graceMillis = 1_000;

/** The maximum number of lines that run at the same time if no time is measured. */
const lanes = 2;

interface Line {
  readonly compared: ComparedLine;
  readonly name: string;
  state: Comparing["lines"][number]["state"];
  running?: Running;
  readonly outcomes: RunOutcome[];
  failure?: unknown;
  orders?: TriedOrders | undefined;
  /** Whether its orders are still to be tried. */
  isToTry: boolean;
}

/** What a run has come to, apart from what its trace says. */
interface Executed {
  readonly stopped: RunEnd | "time-limit";
  readonly measures: readonly MeasuredAtEnd[];
  /** Which part of the real time processors have worked for it; 2 if two have all the time. */
  readonly processor: number;
}

export class Comparison {
  readonly #lines: Line[];
  readonly #cancel = new AbortController();

  /**
   * @param changed called after every change that a view may display; another view may take it over
   * @param tryOrders tries orders of the lines once all have run; left out, none are tried
   * @throws OrderError if there are no tasks, or if a policy is invalid
   */
  constructor(
    readonly kind: ComparedKind,
    lines: readonly ComparedLine[],
    readonly limits: Limits,
    public changed: () => void,
    readonly tryOrders?: TryOrders,
  ) {
    if (lines.length > maxCompared) throw new OrderError(`At most ${maxCompared} ${kind} can be compared.`, "Leave some out.");
    this.#lines = lines.map((line) => ({ ...lineOf(line), isToTry: tryOrders !== undefined && limits.runs !== undefined }));
  }

  get state(): Comparing {
    return {
      kind: this.kind,
      lines: this.#lines.map(({ name, state, running, outcomes }) => {
        return { name, state, runs: outcomes.length, steps: running?.run.trace.length ?? outcomes.at(-1)?.steps ?? 0 };
      }),
      runs: this.limits.runs ?? 1,
      isOver: this.#cancelled || this.#lines.every((line) => this.#isOver(line) && !line.isToTry),
      cancelled: this.#cancelled,
    };
  }

  /** The outcomes of the lines that have run so far, in the order in which the lines were given. */
  get outcomes(): LineOutcome[] {
    return this.#lines.flatMap((line) => outcomeOf(line) ?? []);
  }

  /** A line with its outcome, by its position among the outcomes. */
  outcomeAt(index: number): { readonly line: ComparedLine; readonly outcome: LineOutcome } | undefined {
    const begun = this.#lines.filter(({ outcomes }) => outcomes.length > 0)[index];
    const outcome = begun && outcomeOf(begun);
    return outcome && { line: begun.compared, outcome };
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
    for (const line of this.#lines) await this.#tryOrders(line);
    this.changed();
  }

  /** Cancels the comparison. The outcomes so far are kept. */
  cancel(): void {
    if (this.state.isOver) return;
    this.#cancel.abort();
    for (const { running } of this.#lines) running?.end("The comparison was cancelled.");
    this.changed();
  }

  get #cancelled(): boolean {
    return this.#cancel.signal.aborted;
  }

  /** Tries orders of a line that has run. An error of the search is told in its own column, since the line's figures are right. */
  async #tryOrders(line: Line): Promise<void> {
    const { compared, failure } = line;
    if (line.isToTry && !this.#cancelled && failure === undefined && !("problem" in compared)) {
      const state = line.state;
      line.state = "running";
      this.changed();
      line.orders = await this.tryOrders?.(compared.program, this.#cancel.signal).catch(notTried);
      line.state = state;
    }
    line.isToTry = false;
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
      const { processor, ...executed } = await this.#execute(running, program, clock);
      const times = this.limits.runs === undefined ? {} : { millis: clock.millis, processor };
      if (!this.#cancelled) line.outcomes.push(await measured(running, { policy, ...executed, ...times }));
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

  async #execute(running: Running, { file, calls, measures = [] }: ComparedProgram, clock: StepClock): Promise<Executed> {
    const { run } = running;
    const millis = this.limits.millis ?? usualMillis;
    mustBeFew(run, calls.length);
    await within(
      running,
      millis,
      () => "The file, or a call,",
      async () => {
        await run.load(file);
        for (const call of calls) await run.spawn(call);
      },
    );
    mustSuit(run.scheduler.policyText, run.tasks);
    let isOver = false;
    const who = () => (isOver ? "A measure" : running.sampling.watching === undefined ? "A task" : "A watch");
    const late = setTimeout(() => void running.pause(), millis);
    return within(running, millis + graceMillis, who, async () => {
      const [used, began] = [await run.processorMicros(), performance.now()];
      clock.start();
      const end = await running.forward(this.limits.steps);
      if (end === "refused") throw running.control.refusal;
      const processor = ((await run.processorMicros()) - used) / (1_000 * (performance.now() - began));
      isOver = true;
      return { stopped: end === "paused" ? "time-limit" : end, measures: await measuresOf(run, measures), processor } as const;
    }).finally(() => clearTimeout(late));
  }
}

/** Ends a run whose user code takes too long. @param who the name of that code, for the beginning of a sentence */
async function within<T>(running: Running, millis: number, who: () => string, work: () => Promise<T>): Promise<T> {
  const tooLate = setTimeout(() => running.end(`${who()} did not give back control in time.`), millis);
  try {
    return await work();
  } finally {
    clearTimeout(tooLate);
  }
}

function notTried(error: unknown): TriedOrders {
  return { tried: 0, failing: 0, problem: adviceOf(error) };
}

function outcomeOf({ compared, outcomes, orders }: Line): LineOutcome | undefined {
  const outcome = lineOutcome(compared.name, outcomes);
  return outcome && { ...outcome, ...(orders ? { orders } : {}) };
}

/** @throws OrderError if there are no tasks, or if the policy is invalid */
function lineOf(compared: ComparedLine): Omit<Line, "isToTry"> {
  if ("problem" in compared) {
    const { name, problem } = compared;
    return { compared, name, state: "failed", outcomes: [notBegun("", adviceOf(problem))], failure: problem };
  }
  const { name, program } = compared;
  if (program.calls.length === 0) throw new OrderError("There are no tasks to run.", "Add one first.");
  const policy = choosePolicy(compared.policy, program.policyFiles).text;
  return { compared: { ...compared, policy }, name: name ?? policy, state: "waiting", outcomes: [] };
}
