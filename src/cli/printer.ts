/**
 * The interface of an output format: how tasks, steps, output and the outcome become lines.
 */
import { thrownBy } from "../core/export/outcome";
import { type Waited, wokenIn } from "../core/export/waitTexts";
import { type Resumed, resumedIn } from "../core/schedule/resumption";
import type { Task } from "../core/task";
import type { Driver } from "../core/trace/driver";
import type { Thrown } from "../core/trace/thrown";
import type { StepRecord } from "../core/trace/trace";
import type { StepWaits } from "../core/waiting/stepWaits";
import type { Printed } from "../protocol/printed";
import type { OrderOutcome, Outcome } from "../session/view/scheduleOutcome";
import type { Viewed } from "../session/view/viewed";

/** Details that only some steps have. */
export interface More {
  /** What the user sent or threw into the task. */
  readonly resumed: Resumed | undefined;
  /** The error that the task threw, if it is known. */
  readonly thrown: Thrown | undefined;
  /** Who resumed the task, in an observed program. */
  readonly driver: Driver | undefined;
  /** What the task waits for after the step, in the words of the format. */
  readonly waits: string | undefined;
  /** The names of the tasks that it woke. */
  readonly woke: readonly string[];
  /** What the clock of the program's simulation shows, if it has one. */
  readonly simulated: number | undefined;
}

/** The data that is printed with an outcome. */
export interface Ended {
  /** The user's file. */
  readonly file: string;
  /** The error that a task threw, if it is known. */
  thrown(name: string): Thrown | undefined;
}

export interface Printer {
  /** What determined the order of a saved trace. It is printed first, so the outcome need not repeat it. */
  order(order: OrderOutcome): string[];
  /** The lines before the first step. */
  header(tasks: readonly Task[]): string[];
  /** Creates a reader of what tasks wait for after their steps, in the words of the format. @param first the first step to be read */
  waits(run: Waited, first: number): StepWaits<string>;
  /** @param printed the lines of the step's output, to be placed before or below the step's own line */
  step(record: StepRecord, name: string, printed: readonly string[], more: More): string[];
  /** @param names the tasks that were woken between slices after a step, by a due time or a promise */
  woken(step: number, names: readonly string[]): string[];
  /** @param step the step that printed it; 0 is the loading of the file */
  output(step: number, printed: Printed): string[];
  outcome(outcome: Outcome, ended: Ended): string[];
}

/** The data that is printed with the outcome of a session or a recording. */
export function endedOf({ run, options: { file } }: Viewed): Ended {
  return { file, thrown: thrownBy(run) };
}

/** The details of a step of a session or a recording. */
export function moreOf(run: Viewed["run"], { step, task }: StepRecord, reader: StepWaits<string>): More {
  const { waits, ended, simulated } = reader.of(step, task);
  return {
    resumed: resumedIn(run.scheduler.changes, step),
    thrown: run.throws.of(step),
    driver: run.drivers?.of(step),
    waits,
    woke: wokenIn(ended, run),
    simulated,
  };
}

/** The lines about tasks that a due time or a promise woke before a step. */
export function wokenBefore(step: number, reader: StepWaits<string>, run: Viewed["run"], printer: Printer): string[] {
  const names = wokenIn(reader.before(step), run);
  return names.length > 0 ? printer.woken(step - 1, names) : [];
}
