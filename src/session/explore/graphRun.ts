/**
 * Runs all orders of a search once more to learn the states between their steps, and makes the graph of them.
 */
import { mostPoints, type RunOrder, type StateGraph, StateGraphMaker } from "../../core/explore/graph/stateGraph";
import { whole } from "../../core/explore/strategy";
import type { GraphState } from "../../protocol/exploration";
import type { Explored, ExploredOutcome, ExploredState } from "../../protocol/explore";
import { adviceOf } from "../common/errors";
import { requestFor } from "./asked";
import { Lane, type Told } from "./lane";
import { keyOf } from "./metOutcomes";
import type { OrderSearch } from "./orderSearch";
import type { SearchResult } from "./result";

/** All of so many orders are run again. */
const mostOrders = 20_000;
/** So many orders are told of at once. */
const atOnce = 500;

const fileChanged = "There is no graph of states: the file was changed. Explore again.";
const tooLarge = `There is no graph of states: there are more than ${mostPoints}.`;
const notDeterministic = "There is no graph of states: the order alone does not determine what happens.";

/** Why there is no graph of the states of a search; undefined if there is one. */
export function whyNoGraph({
  claim,
  countsClasses,
  tried,
  cut,
}: Pick<SearchResult, "claim" | "countsClasses" | "tried" | "cut">): string | undefined {
  if (claim.kind === "void") return notDeterministic;
  if (cut > 0) return "There is no graph of states: it needs all orders to their ends, and some were cut at the limit of steps.";
  if (claim.kind !== "all") return "There is no graph of states: it needs all orders, and only some were tried.";
  if (countsClasses)
    return "There is no graph of states: it needs all orders, and of those that cannot differ only one was tried.";
  if (tried > mostOrders)
    return `There is no graph of states: it is made of up to ${mostOrders.toLocaleString("en-US")} orders, and there are more.`;
  return undefined;
}

/** A search, and what is known of the graph of its states. */
export interface Graphed {
  readonly search: OrderSearch;
  readonly isOfEarlierText: boolean;
  readonly hasFailed: boolean;
  /** Once it was asked for. */
  readonly graph?: GraphRun | undefined;
}

/** How far the graph is; undefined while the search goes on, and where nothing was tried. */
export function graphStateOf({ search, hasFailed, isOfEarlierText, graph }: Graphed): GraphState | undefined {
  const { result, status } = search;
  if (!result || hasFailed || (status !== "over" && status !== "cancelled")) return undefined;
  if (graph && !(isOfEarlierText && graph.state.status === "cancelled")) return graph.state;
  const why = isOfEarlierText ? fileChanged : whyNoGraph(result);
  return { status: why === undefined ? "offered" : "refused", ...(why === undefined ? {} : { why }), done: 0, of: result.tried };
}

/** The numbers that a process gave, and what they mean. */
interface Numbers {
  readonly outcomes: Map<number, number>;
  readonly states: number[];
}

export class GraphRun {
  readonly #lane: Lane;
  readonly #maker = new StateGraphMaker();
  readonly #processes = new Map<number, Numbers>();
  readonly #stateNumbers = new Map<string, number>();
  readonly #outcomeNumbers = new Map<string, number>();
  #status: GraphState["status"] = "making";
  #done = 0;
  #why: string | undefined;
  /** Where the tasks are in each state. */
  readonly states: ExploredState[] = [];
  readonly outcomes: { readonly key: string; readonly outcome: ExploredOutcome }[] = [];
  /** Once it is made. */
  graph: StateGraph | undefined;

  /**
   * @param search is over
   * @param changed called after every change that a view may display
   */
  constructor(
    readonly search: OrderSearch,
    readonly changed: () => void,
  ) {
    this.#lane = new Lane(search.program, search.text, changed);
  }

  get state(): GraphState {
    const why = this.#why ?? this.#lane.wait?.message;
    return { status: this.#status, ...(why === undefined ? {} : { why }), done: this.#done, of: this.#of };
  }

  /** Resolves when the graph is made, or there is none, or it was cancelled. */
  async run(): Promise<void> {
    this.changed();
    try {
      const why = await this.#make();
      if (this.#status === "making") this.#end(why);
    } catch (error) {
      if (this.#status === "making") this.#end(adviceOf(error));
    } finally {
      this.#lane.end();
      this.changed();
    }
  }

  /** The graph is not wanted any more. */
  cancel(): void {
    if (this.#status !== "making") return;
    this.#status = "cancelled";
    this.#lane.end();
    this.changed();
  }

  /** The file was changed: what runs may be the later text. */
  fileChanged(): void {
    if (this.#status !== "making") return;
    this.#end(fileChanged);
    this.#lane.end();
    this.changed();
  }

  get #of(): number {
    return this.search.result?.tried ?? 0;
  }

  #end(why: string | undefined): void {
    this.#status = why === undefined ? "made" : "refused";
    this.#why = why;
  }

  /** @returns why there is none */
  async #make(): Promise<string | undefined> {
    const { program, question } = this.search;
    const loops = this.search.findsLoops ? { findsLoops: true } : {};
    await this.#lane.setUp({ ...requestFor(program, question, "exhaustive", whole), ...loops, tellsStates: true }, undefined);
    for (let isDone = false; !isDone && this.#status === "making"; ) {
      const told = await this.#lane.goOn(atOnce, Number.POSITIVE_INFINITY);
      const { explored } = told;
      this.#take(told);
      this.#done += explored.tried;
      isDone = explored.done;
      if (explored.differs !== undefined || explored.outside !== undefined || this.#maker.hasDiffered) return notDeterministic;
      if (this.#maker.isTooLarge) return tooLarge;
      this.changed();
    }
    this.graph = this.#maker.graph();
    if (this.#maker.isTooLarge) return tooLarge;
    return this.graph && this.#isOfSearch ? undefined : notDeterministic;
  }

  /** Whether the orders led to the outcomes of the search. */
  get #isOfSearch(): boolean {
    const { result } = this.search;
    const met = new Set(result?.outcomes.map(({ key }) => key));
    return this.#done === result?.tried && this.outcomes.length === met.size && this.outcomes.every(({ key }) => met.has(key));
  }

  #take({ process, explored }: Told): void {
    const numbers: Numbers = this.#processes.get(process) ?? { outcomes: new Map(), states: [] };
    this.#processes.set(process, numbers);
    for (const { id, outcome } of explored.outcomes) if (outcome) numbers.outcomes.set(id, this.#outcomeNumber(outcome));
    for (const state of explored.told?.states ?? []) numbers.states.push(this.#stateNumber(state));
    for (const order of explored.told?.orders ?? []) this.#maker.add(this.#orderOf(order, numbers));
  }

  #orderOf({ picks, states, outcome }: ToldOrder, numbers: Numbers): RunOrder {
    const number = numbers.outcomes.get(outcome) as number;
    return {
      picks,
      states: states.map((state) => numbers.states[state] as number),
      outcome: number,
      isFailing: this.outcomes[number]?.outcome.failing !== undefined,
    };
  }

  #outcomeNumber(outcome: ExploredOutcome): number {
    const key = keyOf(outcome, this.search.question.counts.values);
    const number = this.#outcomeNumbers.get(key) ?? this.outcomes.push({ key, outcome }) - 1;
    this.#outcomeNumbers.set(key, number);
    return number;
  }

  #stateNumber(state: ExploredState): number {
    const key = JSON.stringify(state);
    const number = this.#stateNumbers.get(key) ?? this.states.push(state) - 1;
    this.#stateNumbers.set(key, number);
    return number;
  }
}

type ToldOrder = NonNullable<Explored["told"]>["orders"][number];
