/**
 * The search: runs a program again and again, each time in the schedule that the strategy gives, and counts what comes of it. It knows
 * no clock: whoever wants to stop after some time asks for few runs at a time.
 */
import type { TaskId } from "../task";
import { Chance } from "./chance";
import { largestSize, needsProbes, noSizes, type Sizes, withSize } from "./estimate";
import type { Program } from "./program";
import { merged, type Shard, type Strategy, whole } from "./strategy";
import { type MetNews, Tally } from "./tally";

/** What came of a search since it was last asked. */
export interface SearchNews {
  /** Complete runs, and those whose ends are known. */
  readonly tried: number;
  /** Of these, the ones that were not run to their ends, since another run has come to the same state. */
  readonly merged: number;
  /** Runs given up since they could only show what another one shows. */
  readonly pruned: number;
  /** Complete runs that the limit of steps ended. */
  readonly cut: number;
  /** The outcomes that were met. */
  readonly outcomes: readonly MetNews[];
}

/** The size of a search is estimated when it turns out not to be small. */
const probedAfter = 1000;
/** A schedule is run again at the latest after this many others. */
const longestGap = 10_000;

export class Search {
  readonly #tally = new Tally();
  /** Random numbers of the estimate. They have nothing to do with the strategy's. */
  readonly #chance: Chance;
  /** The tasks of the current run. Only the first ones are, as many as it has steps. */
  readonly #picks: TaskId[] = [];
  /** The program's fingerprint after each step of a run that is to be repeated. */
  readonly #prints: number[] = [];
  #deviations = 0;
  #switches = 0;
  #steps = 0;
  #isGivenUp = false;
  /** Whether it was given up since all that can follow is known. */
  #isMerged = false;
  /** What is under way. All that a run needs is kept here and not in its loop, which may be ended from outside. */
  #doing: "run" | "outcome" | "repetition" | "probe" = "run";
  /** The product of the numbers of choices of a random walk. */
  #size = 1;
  /** Whether the limit of steps ended the run. */
  #isCut = false;
  /** In this process. */
  #runs = 0;
  #repeatedAt = 1;
  #gap = 1;
  #tried = 0;
  #merged = 0;
  #pruned = 0;
  #cut = 0;
  /** The earliest step at which a schedule that was tried twice went two ways. */
  differs: number | undefined;
  /** Whether the strategy has nothing left to try. */
  isDone = false;
  /** The steps of the longest run. */
  longest = 0;
  /** How many tasks there were at most. */
  tasks = 0;
  /** What random walks tell about the number of schedules; empty until the search turns out not to be small. */
  sizes: Sizes = noSizes;

  /** @param limit a run is cut after so many steps */
  constructor(
    readonly program: Program,
    readonly strategy: Strategy,
    readonly limit: number,
    shard: Shard = whole,
  ) {
    this.#chance = Chance.ofSeed(0, shard.index);
    strategy.sees?.(() => program.wholeState?.());
  }

  /** All outcomes of this search by their numbers. */
  get outcomes(): Tally["outcomes"] {
    return this.#tally.outcomes;
  }

  /**
   * Goes on for so many runs, those that do not count included.
   *
   * @returns whether there is more to try
   */
  run(runs: number): boolean {
    for (let left = runs; left > 0 && !this.isDone; left -= 1) {
      if (this.#runs >= probedAfter && needsProbes(this.sizes)) this.#probe();
      else this.#next();
    }
    return !this.isDone;
  }

  /** What changed since the last call. */
  news(): SearchNews {
    const news = { tried: this.#tried, merged: this.#merged, pruned: this.#pruned, cut: this.#cut, outcomes: this.#tally.news() };
    this.#tried = 0;
    this.#merged = 0;
    this.#pruned = 0;
    this.#cut = 0;
    return news;
  }

  /** Runs the next schedule, from time to time twice. */
  #next(): void {
    this.#runs += 1;
    const isRepeated = this.#runs >= this.#repeatedAt;
    this.#go(isRepeated);
    const counts = this.strategy.counts();
    if (this.strategy.hasDiffered) this.#differsAt(this.#steps + 1);
    if (this.#isGivenUp && !this.#isMerged) {
      if (counts) this.#pruned += 1;
    } else {
      if (counts && this.#isMerged) this.#merge();
      else if (counts) this.#count();
      if (isRepeated) this.#repeat();
    }
    this.isDone = !this.strategy.end();
  }

  /**
   * What ran when `run` was ended from outside does not end by itself, and the program has decided so: a slice, and the run is over; or an
   * expression that was evaluated for the outcome of a run. The search can go on.
   */
  interrupted(): void {
    if (this.#doing === "probe") {
      this.sizes = withSize(this.sizes, this.#size);
      return;
    }
    if (this.#doing === "repetition") this.#differsAt(this.#steps);
    else if (this.#doing === "outcome") this.#tell();
    else {
      const task = this.#picks[this.#steps - 1];
      if (task !== undefined && this.#steps > 0) this.strategy.ran?.(task, { reads: [], writes: [], all: true });
      if (this.strategy.counts()) this.#count();
    }
    this.isDone = !this.strategy.end();
  }

  /** Runs the strategy's schedule. @param isRecorded whether the fingerprint after each step is kept */
  #go(isRecorded: boolean): void {
    const { program, strategy, limit } = this;
    const picks = this.#picks;
    let [last, deviations, switches] = [-1, 0, 0];
    this.#doing = "run";
    this.#isGivenUp = false;
    this.#isMerged = false;
    this.#isCut = false;
    this.#steps = 0;
    this.#deviations = 0;
    this.#switches = 0;
    program.begin();
    strategy.begin();
    for (let { ready } = program; ready.length > 0 && this.#steps < limit; ready = program.ready) {
      const step = this.#steps;
      const position = ready.length > 1 || strategy.asksAlways ? strategy.pick(ready, last) : 0;
      if (position < 0) {
        this.#isGivenUp = true;
        this.#isMerged = position === merged;
        break;
      }
      const task = ready[position] as TaskId;
      picks[step] = task;
      deviations += position;
      if (task !== last && last >= 0) switches += 1;
      last = task;
      if (task >= this.tasks) this.tasks = task + 1;
      this.#steps = step + 1;
      this.#deviations = deviations;
      this.#switches = switches;
      const touched = program.resume(task);
      strategy.ran?.(task, touched);
      if (isRecorded) this.#prints[step] = program.fingerprint();
    }
    this.#isCut = !this.#isGivenUp && program.ready.length > 0;
  }

  #count(): void {
    this.#tried += 1;
    if (this.#isCut) this.#cut += 1;
    if (this.#steps > this.longest) this.longest = this.#steps;
    this.#tell();
  }

  #tell(): void {
    this.#doing = "outcome";
    const outcome = this.program.outcome(this.#isCut);
    this.#tally.add(outcome, this.#deviations, this.#switches, this.#steps, this.#picks);
    this.strategy.ended?.(outcome, this.#isCut);
  }

  /** Counts all runs that begin like this one. */
  #merge(): void {
    const begun = { deviations: this.#deviations, switches: this.#switches, steps: this.#steps };
    for (const end of this.strategy.known ?? []) {
      this.#tried += end.orders;
      this.#merged += end.orders;
      if (end.isCut) this.#cut += end.orders;
      this.#tally.addKnown(end, begun, this.#picks);
    }
  }

  /** Runs the last schedule again. Each time, more runs pass until the next repetition. */
  #repeat(): void {
    this.#gap = Math.min(2 * this.#gap, longestGap);
    this.#repeatedAt = this.#runs + this.#gap;
    const { program } = this;
    this.#doing = "repetition";
    program.begin();
    for (let step = 0; step < this.#steps; step += 1) {
      const task = this.#picks[step] as TaskId;
      const isReady = program.ready.includes(task);
      if (isReady) program.resume(task);
      if (!isReady || program.fingerprint() !== this.#prints[step]) {
        this.#differsAt(step + 1);
        return;
      }
    }
    if (program.ready.length > 0 !== (this.#isCut || this.#isMerged)) this.#differsAt(this.#steps + 1);
  }

  #differsAt(step: number): void {
    this.differs = Math.min(this.differs ?? step, step);
  }

  /** A random walk, of which only the numbers of choices count. */
  #probe(): void {
    const { program, limit } = this;
    this.#doing = "probe";
    this.#size = 1;
    program.begin();
    for (let step = 0; step < limit && program.ready.length > 0; step += 1) {
      const { ready } = program;
      this.#size = Math.min(this.#size * ready.length, largestSize);
      program.resume(ready[ready.length > 1 ? this.#chance.below(ready.length) : 0] as TaskId);
    }
    this.sizes = withSize(this.sizes, this.#size);
  }
}
