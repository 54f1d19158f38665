/**
 * A search over the orders of tasks: two processes try orders until nothing is left or a limit is reached; then the witnesses are made
 * calm, and explained.
 */
import { mergesStates, parseStrategy, tracksSlices } from "../../core/explore/registry";
import type { Shard } from "../../core/explore/strategy";
import { formatChoice, isParameter } from "../../core/policies/choice";
import { OrderError, RunnerFailedError } from "../common/errors";
import { inWords, mustSuit } from "../order/policies";
import { canFindLoops, type Effort, type ExploredProgram, type Question, rankingFor, requestFor } from "./asked";
import { ExploredText } from "./exploredText";
import { Lane } from "./lane";
import { keyOf } from "./metOutcomes";
import { Phase } from "./phase";
import { resultOf, type SearchResult } from "./result";
import type { Wait } from "./searchProcess";
import { Timer } from "./timer";
import { type Explained, explainAll, type Witness } from "./witnesses";

/** A search is divided among so many processes on any machine, so that the same seed always means the same search. */
const lanes = 2;

/** Random search ends after so long if nothing else is asked. */
const usualMillis = 10_000;

/** So many orders tell how many there are: after the first thousand, random walks are made for the estimate. */
const firstRuns = 2_100;
/** Up to so many orders are all tried as they are; beyond that, classes of orders that cannot differ. */
const mostWhole = 200_000;
/** The preemptions that all orders are tried with, before random search takes over. */
const fewPreemptions = [1, 2];
/** Each process tries so many classes, and gives up so many others, before random search takes over. */
const mostClasses = 50_000;

export type SearchStatus = "searching" | "paused" | "explaining" | "over" | "cancelled";

export class OrderSearch {
  readonly #lanes: Lane[] = [];
  readonly #phases: Phase[] = [];
  readonly #timer = new Timer();
  #status: SearchStatus = "searching";
  #go: (() => void) | undefined;
  #gate: Promise<void> | undefined;
  /** Whether orders end where they go round in a loop. Only if some were cut: to see the state after every step takes much longer. */
  #findsLoops = false;
  /** Whether the tasks that the policy names are known to exist. */
  #suits = false;
  readonly text: ExploredText;
  /** Why the search was ended, if it has waited for a process for too long. */
  #overdue: OrderError | undefined;
  #explained: Explained = { witnesses: new Map(), differs: undefined };

  /**
   * @param changed called after every change that a view may display
   * @throws OrderError if there is no such strategy, a seed has no effect, or the policy cannot be used
   */
  constructor(
    readonly program: ExploredProgram,
    readonly question: Question,
    readonly effort: Effort,
    readonly changed: () => void = () => undefined,
  ) {
    if (program.calls.length === 0) throw new OrderError("There are no tasks to run.", "Add one first.");
    if (effort.strategy !== undefined) mustFit(strategyText(effort.strategy, effort.seed), program);
    rankingFor(question.policy);
    this.text = new ExploredText(program.file);
  }

  get findsLoops(): boolean {
    return this.#findsLoops;
  }

  get status(): SearchStatus {
    return this.#status;
  }

  /** The milliseconds of the search, without pauses, from when the first process was ready to try orders. */
  get millis(): number {
    return this.#timer.millis;
  }

  /** What it waits for, if that takes long. */
  get wait(): Wait | undefined {
    return this.#lanes.find(({ wait }) => wait)?.wait;
  }

  /** What can be said so far; undefined until the first orders were tried. */
  get result(): SearchResult | undefined {
    return this.#phases.length > 0 ? resultOf(this.#phases, this.question, this.#explained.differs) : undefined;
  }

  /** The calm orders and explanations of outcomes, by their keys, as far as they were made. */
  get witnesses(): ReadonlyMap<string, Witness> {
    return this.#explained.witnesses;
  }

  /**
   * Resolves when the search is over or was cancelled.
   *
   * @throws UserError if the program cannot be loaded, a call or an expression fails, or the runner fails
   */
  async run(): Promise<void> {
    try {
      await this.#search();
      if (!this.#isCancelled) await this.#explain();
    } catch (error) {
      if (!this.#isCancelled) throw this.#overdue ?? error;
    } finally {
      for (const lane of this.#lanes) lane.end();
      this.#timer.stop();
      if (!this.#isCancelled) this.#status = "over";
      this.changed();
    }
  }

  pause(): void {
    if (this.#status !== "searching") return;
    this.#status = "paused";
    this.#timer.stop();
    this.#gate = new Promise((resolve) => {
      this.#go = resolve;
    });
    this.changed();
  }

  goOn(): void {
    if (this.#status !== "paused") return;
    this.#status = "searching";
    this.#timer.start();
    this.#gate = undefined;
    this.#go?.();
    this.changed();
  }

  /** Ends the search. What was found is kept. */
  cancel(): void {
    if (this.#status === "over" || this.#isCancelled) return;
    this.#status = "cancelled";
    this.#go?.();
    for (const lane of this.#lanes) lane.end();
    this.changed();
  }

  get #isCancelled(): boolean {
    return this.#status === "cancelled";
  }

  async #search(): Promise<void> {
    if (this.program.command.processes) throw sharesNothing;
    await this.#useStrategies();
    if (!this.#mayLoop || this.millis >= (this.effort.millis ?? Number.POSITIVE_INFINITY)) return;
    this.#findsLoops = true;
    this.#phases.length = 0;
    await this.#useStrategies();
  }

  /** Whether an order was cut that may go round in a loop. Shards are searched apart, so what one of them meets is not known to the others. */
  get #mayLoop(): boolean {
    const last = this.#phases.at(-1);
    const isAlone = this.effort.shard.of === 1;
    // What threads have in their local variables is not seen.
    const isSeen = !this.program.command.threads;
    return (
      isSeen &&
      !this.#findsLoops &&
      isAlone &&
      this.#phases.some(({ cut }) => cut > 0) &&
      last !== undefined &&
      canFindLoops(last.choice)
    );
  }

  async #useStrategies(): Promise<void> {
    const { strategy, seed, orders = Number.POSITIVE_INFINITY } = this.effort;
    if (strategy !== undefined) {
      await this.#phase(strategyText(strategy, seed), lanes, orders);
      return;
    }
    const first = await this.#phase("exhaustive", 1, Math.min(firstRuns, Math.ceil(orders / 2)));
    if (first.isOver || this.#mayLoop) return;
    const left = orders - first.tried;
    const { about } = this.result as SearchResult;
    if (about && about.orders <= mostWhole) {
      await this.#phase("exhaustive", lanes, left);
      return;
    }
    if (this.program.command.threads) return this.#useFewPreemptions(left);
    if (this.#findsLoops && first.hidden === undefined) {
      await this.#phase(strategyText("portfolio", seed), lanes, left);
      return;
    }
    const reduced = await this.#phase("exhaustive:reduce=1", lanes, Math.min(lanes * mostClasses, Math.ceil(left / 2)), 1 / 3);
    if (reduced.isOver || left - reduced.tried <= 0) return;
    await this.#phase(strategyText("portfolio", seed), lanes, left - reduced.tried);
  }

  /** What slices of threads touch is not tracked, so no classes are told apart. Most errors need one or two preemptions. */
  async #useFewPreemptions(orders: number): Promise<void> {
    let left = orders;
    for (const most of fewPreemptions) {
      const phase = await this.#phase(`preemptions:n=${most}`, lanes, Math.min(lanes * mostClasses, Math.ceil(left / 2)), 1 / 3);
      left -= phase.tried;
      if (!phase.isOver || left <= 0) break;
    }
    if (left > 0) await this.#phase(strategyText("portfolio", this.effort.seed), lanes, left);
  }

  /**
   * Searches with one strategy.
   *
   * @param most the maximum number of orders, those that were given up included
   * @param share the part of the time limit that may have passed at the end
   */
  async #phase(strategy: string, parts: number, most: number, share = 1): Promise<Phase> {
    const choice = parseStrategy(strategy);
    const phase = new Phase(strategy, parts, this.question.counts.values, this.#findsLoops && canFindLoops(choice));
    const until = this.#timeLimit(phase) * share;
    if (this.#isCancelled || (this.#phases.length > 0 && this.millis >= until)) return phase;
    this.#phases.push(phase);
    for (let left = most; left > 0 && !phase.isOver && !this.#isCancelled && !this.#mayLoop && this.millis < until; ) {
      const open = Array.from({ length: parts }, (_, part) => part).filter((part) => !phase.isDone(part));
      const quotas = open.map((_, at) => Math.floor(left / open.length) + Number(at < left % open.length));
      const used = await Promise.all(open.map((part, at) => this.#do(phase, part, quotas[at] as number, until)));
      left -= used.reduce((sum, each) => sum + each, 0);
    }
    return phase;
  }

  /** Does a part of a phase. @returns how many orders were tried or given up */
  async #do(phase: Phase, part: number, quota: number, until: number): Promise<number> {
    const { program, question } = this;
    const shard = partOf(this.effort.shard, part, phase.parts);
    this.#lanes[part] ??= new Lane(program, this.text, () => this.#waits());
    const lane = this.#lanes[part];
    const loops = phase.findsLoops ? { findsLoops: true } : {};
    await lane.setUp({ ...requestFor(program, question, phase.strategy, shard), ...loops }, phase.position(part));
    if (!this.#gate) this.#timer.start();
    let used = 0;
    while (used < quota && !phase.isDone(part) && !this.#isCancelled && !this.#mayLoop && this.millis < until) {
      await this.#gate;
      const { process, explored } = await lane.goOn(quota - used, until - this.millis);
      phase.take(part, process, explored);
      this.#mustSuit(phase);
      used += explored.tried + explored.pruned;
      this.changed();
    }
    return used;
  }

  /** A process is not waited for any longer than for the search itself. */
  #waits(): void {
    this.changed();
    const { wait } = this;
    if (!wait || wait.millis < (this.effort.millis ?? Number.POSITIVE_INFINITY)) return;
    this.#overdue ??= new OrderError(wait.message, wait.remedy);
    for (const lane of this.#lanes) lane.end();
  }

  /** @throws OrderError if the policy names a task that does not exist. The first orders tell what the tasks are called. */
  #mustSuit({ met }: Phase): void {
    if (this.#suits) return;
    const tasks = met.all.flatMap(({ outcome }) => outcome.tasks.map(({ name }, id) => ({ id, name })));
    if (tasks.length > 0) mustSuit(this.question.policy, tasks);
    this.#suits = tasks.length > 0;
  }

  /** A search that only samples has no end of its own. */
  #timeLimit({ isSample }: Phase): number {
    const { orders, millis } = this.effort;
    if (millis !== undefined) return millis;
    return isSample && orders === undefined ? this.millis + usualMillis : Number.POSITIVE_INFINITY;
  }

  async #explain(): Promise<void> {
    const [lane] = this.#lanes;
    const { result } = this;
    if (!lane || !result) return;
    this.#status = "explaining";
    this.changed();
    for (const other of this.#lanes.slice(1)) other.end();
    const { values } = this.question.counts;
    const execute = (schedule: readonly number[]) => lane.execute(schedule);
    try {
      for await (const explained of explainAll(result.outcomes, execute, (outcome) => keyOf(outcome, values))) {
        this.#explained = explained;
        this.changed();
      }
    } catch (error) {
      // An order that was tried for the explanation has ended the process: the orders of the search remain the witnesses.
      if (!(error instanceof RunnerFailedError)) throw error;
    }
  }
}

const sharesNothing = new OrderError(
  "Tasks in processes share nothing, so all their orders come to the same.",
  "Explore them as cooperative tasks or as threads.",
);

/** @throws OrderError if a strategy does not suit the way in which the tasks work */
function mustFit(strategy: string, { command }: ExploredProgram): void {
  const choice = parseStrategy(strategy);
  if (command.threads && (tracksSlices(choice) || mergesStates(choice))) {
    const remedy = "Choose another one, such as preemptions:n=2 or random.";
    throw new OrderError(`The strategy ${strategy} needs to see all that threads touch and contain.`, remedy);
  }
  if (!command.threads && choice.definition.coverage === "preemptions") {
    const remedy = "Choose delays:d=2, or run the tasks as threads.";
    throw new OrderError("Cooperative tasks are never preempted: all their switches are at yields.", remedy);
  }
}

/** The part of a shard that one of its processes does. */
function partOf({ index, of }: Shard, part: number, parts: number): Shard {
  return { index: index * parts + part, of: of * parts };
}

/**
 * The strategy with its seed.
 *
 * @throws OrderError if there is no such strategy, or the seed has no effect
 */
export function strategyText(text: string, seed: number | undefined): string {
  const choice = inWords(() => parseStrategy(text.trim()));
  if (seed === undefined) return formatChoice(choice);
  if (isParameter("seed", choice.definition) && !choice.given.has("seed")) {
    return formatChoice({ ...choice, given: new Map([["seed", seed], ...choice.given]) });
  }
  throw new OrderError(
    `The strategy ${text} has a seed of its own, or takes none.`,
    "Leave the seed out, or choose one of random, pct, urw, pos, portfolio.",
  );
}
