/**
 * What a format is: how tasks, steps, output and the outcome become lines.
 */
import type { Resumed } from "../core/resumed";
import type { Task } from "../core/task";
import type { StepRecord } from "../core/trace";
import type { Printed } from "../protocol/printed";
import type { OrderOutcome, Outcome } from "../session/scheduleOutcome";

export interface Printer {
  /** Of a trace that was saved, how its order came about, before anything else; the outcome need not say it again. */
  order(order: OrderOutcome): string[];
  /** What comes before the first step. */
  header(tasks: readonly Task[]): string[];
  /**
   * @param printed the lines of what was printed in the step, which go before its own or under it
   * @param resumed what the task was given
   */
  step(record: StepRecord, name: string, printed: readonly string[], resumed: Resumed | undefined): string[];
  /** @param step in which it was printed; 0 is the loading of the file */
  output(step: number, printed: Printed): string[];
  outcome(outcome: Outcome): string[];
}
