/**
 * The interface of a format: how tasks, steps, output and the outcome become lines.
 */
import { thrownBy } from "../core/export/outcome";
import { type Resumed, resumedIn } from "../core/schedule/resumption";
import type { Task } from "../core/task";
import type { Thrown } from "../core/trace/thrown";
import type { StepRecord } from "../core/trace/trace";
import type { Printed } from "../protocol/printed";
import type { OrderOutcome, Outcome } from "../session/view/scheduleOutcome";
import type { Viewed } from "../session/view/viewed";

/** What there is to say of some steps. */
export interface More {
  /** What the task was given. */
  readonly resumed: Resumed | undefined;
  /** What it threw, where that is known. */
  readonly thrown: Thrown | undefined;
}

/** What an outcome is printed with. */
export interface Ended {
  /** The user's file. */
  readonly file: string;
  /** What a task threw, where that is known. */
  thrown(name: string): Thrown | undefined;
}

export interface Printer {
  /** Of a trace that was saved, how its order came about, before anything else; the outcome need not say it again. */
  order(order: OrderOutcome): string[];
  /** What comes before the first step. */
  header(tasks: readonly Task[]): string[];
  /**
   * @param printed the lines of what was printed in the step, which go before its own or under it
   */
  step(record: StepRecord, name: string, printed: readonly string[], more: More): string[];
  /** @param step in which it was printed; 0 is the loading of the file */
  output(step: number, printed: Printed): string[];
  outcome(outcome: Outcome, ended: Ended): string[];
}

/** What there is to print beside the outcome of a session or a recording. */
export function endedOf({ run, options: { file } }: Viewed): Ended {
  return { file, thrown: thrownBy(run) };
}

/** What there is to say of a step of a session or a recording. */
export function moreOf({ scheduler, throws }: Viewed["run"], step: number): More {
  return { resumed: resumedIn(scheduler.changes, step), thrown: throws.of(step) };
}
