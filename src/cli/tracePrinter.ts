/**
 * Prints one session's steps and output as they arrive, each once and in order.
 */
import type { StepRecord } from "../core/trace/trace";
import type { StepWaits } from "../core/waiting/stepWaits";
import type { Printed } from "../protocol/printed";
import type { RunEnd, Session } from "../session/session";
import { type Outcome, outcomeOf } from "../session/view/scheduleOutcome";
import { endedOf, moreOf, type Printer, wokenBefore } from "./printer";
import type { Sink } from "./sink";

/** The number of steps whose lines are written at a time. */
const windowSteps = 1_000;

export class TracePrinter {
  /** The step whose line was printed last. */
  #last = 0;
  /** The waiting tasks after each step; undefined until the header has been printed. */
  #waits: StepWaits<string> | undefined;
  /** How many characters of each step's output were printed; entries of much earlier steps are dropped. */
  readonly #shown = new Map<number, number>();
  /** Output by step that the run does not keep and that has not been printed yet. */
  readonly #passing = new Map<number, Printed[]>();

  constructor(
    readonly session: Session,
    readonly printer: Printer,
    readonly sink: Sink,
  ) {}

  /** Prints the output of loading the file, then the header. Must be called once, when all tasks exist. */
  start(): void {
    this.#waits = this.printer.waits(this.session.run, 1);
    this.session.run.output.passOn = ({ step, ...printed }) => {
      this.#passing.set(step, [...(this.#passing.get(step) ?? []), printed]);
    };
    this.sink.write([...this.#output(0), ...this.printer.header(this.session.run.scheduler.tasks)]);
  }

  /** Prints what has arrived since the last call. */
  catchUp(): void {
    const { run } = this.session;
    const waits = this.#waits;
    if (!waits) return;
    this.sink.write(this.#output(this.#last));
    // The value that the user sent or threw is known only when the step is reported as a change.
    const end = run.isByHand ? run.scheduler.steps : this.session.head;
    while (this.#last < end) {
      const records = run.trace.window(this.#last + 1, Math.min(windowSteps, end - this.#last));
      waits.refresh();
      this.sink.write(records.flatMap((record) => this.#step(record, waits)));
      this.#last += records.length;
      for (const steps of [this.#shown, this.#passing]) {
        for (const step of steps.keys()) if (step < this.#last) steps.delete(step);
      }
    }
    if (run.hung) this.unfinished();
  }

  /**
   * Prints the rest, and the outcome.
   *
   * @returns the outcome
   */
  async finish(stopped: RunEnd): Promise<Outcome> {
    this.catchUp();
    this.#wokenAtEnd();
    this.unfinished();
    const outcome = await outcomeOf(this.session, stopped);
    this.sink.write(this.printer.outcome(outcome, endedOf(this.session)));
    return outcome;
  }

  /** Prints the output of a step that has not ended, and perhaps never will. */
  unfinished(): void {
    this.sink.write(this.#output(this.#waits ? this.#last + 1 : 0));
  }

  #wokenAtEnd(): void {
    if (!this.#waits) return;
    this.#waits.refresh();
    this.sink.write(wokenBefore(this.#last + 1, this.#waits, this.session.run, this.printer));
  }

  #step(record: StepRecord, waits: StepWaits<string>): string[] {
    const { run } = this.session;
    const name = run.scheduler.tasks[record.task]?.name ?? "";
    const woken = wokenBefore(record.step, waits, run, this.printer);
    return [...woken, ...this.printer.step(record, name, this.#output(record.step), moreOf(run, record, waits))];
  }

  #output(step: number): string[] {
    const printed = this.session.run.output.of(step);
    const passing = this.#passing.get(step) ?? [];
    this.#passing.delete(step);
    if (printed.length === 0 && passing.length === 0) return [];
    const fresh = after(printed, this.#shown.get(step) ?? 0);
    this.#shown.set(step, length(printed));
    return [...fresh, ...passing].flatMap((piece) => this.printer.output(step, piece));
  }
}

/** Output without its first `count` characters. Late output of a step follows what was printed already. */
function after(printed: readonly Printed[], count: number): Printed[] {
  let skip = count;
  return printed.flatMap((piece) => {
    const text = piece.text.slice(skip);
    const fresh = skip < piece.text.length || skip === 0;
    skip = Math.max(0, skip - piece.text.length);
    return fresh ? [{ ...piece, text }] : [];
  });
}

function length(printed: readonly Printed[]): number {
  return printed.reduce((sum, { text }) => sum + text.length, 0);
}
