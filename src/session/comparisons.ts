/**
 * The session's comparison: its tasks under several policies or in several ways of working, or setups, side by side.
 */
import type { Measure } from "../core/measures";
import type { Way } from "../core/ways";
import type { ComparedKind } from "../protocol/schedule";
import { Comparison } from "./compare/comparison";
import type { ComparedLine, Limits } from "./compare/lines";
import { type Comparable, linesOfPolicies, linesOfWays } from "./compare/sessionLines";
import { failingOrders } from "./explore/failingOrders";

/** What is compared, and who shows it. */
export interface Shown extends Comparable {
  /** Must be called when something that is displayed has changed. */
  readonly changed: () => void;
}

export class Comparisons {
  #current: Comparison | undefined;

  constructor(readonly shown: Shown) {}

  /** The comparison, until it is dismissed. */
  get current(): Comparison | undefined {
    return this.#current;
  }

  /**
   * Runs the session's tasks under each policy, in separate processes, while the session continues.
   *
   * @param policies as users type them
   * @returns a promise that resolves when all have been run, or the comparison was cancelled
   * @throws OrderError if there are no tasks, or if a policy is invalid
   */
  policies(policies: readonly string[], limits: Limits, measures: readonly Measure[] = []): Promise<void> {
    return this.run("policies", linesOfPolicies(this.shown, policies, measures), limits);
  }

  /** The same in each way of working, under the session's policy. @throws OrderError if there are no tasks */
  ways(ways: readonly Way[], limits: Limits, measures: readonly Measure[] = []): Promise<void> {
    return this.run("ways", linesOfWays(this.shown, ways, measures), limits);
  }

  /** Runs lines. @throws OrderError if one of them has no tasks, or there are too many */
  async run(kind: ComparedKind, lines: readonly ComparedLine[], limits: Limits): Promise<void> {
    this.shown.program.mustDecide();
    const comparison = new Comparison(kind, lines, limits, this.shown.changed, failingOrders);
    this.#current?.cancel();
    this.#current = comparison;
    await comparison.run();
  }

  /** Takes over a comparison that another session began. */
  adopt(comparison: Comparison): void {
    comparison.changed = this.shown.changed;
    this.#current = comparison;
  }

  cancel(): void {
    this.#current?.cancel();
  }

  /** Cancels the comparison, and removes its results. */
  dismiss(): void {
    this.cancel();
    this.#current = undefined;
    this.shown.changed();
  }
}
