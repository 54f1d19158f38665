/**
 * A stretch of a search with one strategy: what its processes have told so far, added up.
 */
import { bothSizes, noSizes, type Sizes } from "../../core/explore/estimate";
import { parseStrategy, type StrategyChoice } from "../../core/explore/registry";
import { numberOf } from "../../core/policies/choice";
import type { Explored } from "../../protocol/explore";
import { MetOutcomes } from "./metOutcomes";

export class Phase {
  readonly choice: StrategyChoice;
  readonly met: MetOutcomes;
  tried = 0;
  merged = 0;
  pruned = 0;
  cut = 0;
  /** For each part, the last answer, with what earlier ones have found that a new process does not know. */
  readonly #last = new Map<number, Explored>();

  /**
   * @param parts how many processes do it
   * @param findsLoops whether orders end where they go round in a loop
   */
  constructor(
    readonly strategy: string,
    readonly parts: number,
    countsValues: boolean,
    readonly findsLoops: boolean,
  ) {
    this.choice = parseStrategy(strategy);
    this.met = new MetOutcomes(countsValues);
  }

  /** Takes the answer of a process that does a part. @param process tells it apart from those that did the part before */
  take(part: number, process: number, explored: Explored): void {
    this.tried += explored.tried;
    this.merged += explored.merged ?? 0;
    this.pruned += explored.pruned;
    this.cut += explored.cut;
    this.#last.set(part, withFindings(explored, this.#last.get(part)));
    this.met.take(process, explored.outcomes);
  }

  get isReduced(): boolean {
    return numberOf(this.choice, "reduce") === 1;
  }

  get isSample(): boolean {
    return this.choice.definition.coverage === "sample";
  }

  /** Whether nothing is left to try in a part. */
  isDone(part: number): boolean {
    return this.#last.get(part)?.done === true;
  }

  /** Whether nothing is left to try at all. */
  get isOver(): boolean {
    return this.#last.size === this.parts && this.#answers.every(({ done }) => done);
  }

  /** Where a part goes on. */
  position(part: number): string | undefined {
    return this.#last.get(part)?.position;
  }

  get sizes(): Sizes {
    return this.#answers.reduce((sum, { sizes }) => bothSizes(sum, sizes), noSizes);
  }

  get differs(): number | undefined {
    const steps = this.#answers.flatMap(({ differs }) => differs ?? []);
    return steps.length > 0 ? Math.min(...steps) : undefined;
  }

  get outside(): string | undefined {
    return this.#answers.find(({ outside }) => outside !== undefined)?.outside;
  }

  /** Whether an order came back to a state. */
  get hasReturned(): boolean {
    return this.#answers.some(({ returned }) => returned);
  }

  /** What of the state cannot be seen. */
  get hidden(): string | undefined {
    return this.#answers.find(({ hidden }) => hidden !== undefined)?.hidden;
  }

  get opaque(): string[] {
    return [...new Set(this.#answers.flatMap(({ opaque }) => opaque))];
  }

  get #answers(): Explored[] {
    return [...this.#last.values()];
  }
}

/** An answer with what was found before it, by this process or by the one whose place it has taken. */
function withFindings(explored: Explored, before: Explored | undefined): Explored {
  if (!before) return explored;
  const steps = [before.differs, explored.differs].filter((step) => step !== undefined);
  const [outside, hidden] = [before.outside ?? explored.outside, before.hidden ?? explored.hidden];
  return {
    ...explored,
    ...(steps.length > 0 ? { differs: Math.min(...steps) } : {}),
    ...(outside === undefined ? {} : { outside }),
    ...(hidden === undefined ? {} : { hidden }),
    ...(before.returned || explored.returned ? { returned: true } : {}),
    opaque: [...new Set([...before.opaque, ...explored.opaque])],
  };
}
