/**
 * The graph of states of a program, made from all its orders: a point for each combination of places where the tasks are suspended, an edge
 * for each step. Orders that come to the same places may have different futures, since variables are not part of a place. So points also
 * differ by what can still come of them, and what is said of a point holds for every order that leads there.
 */
import type { TaskId } from "../../task";

/** An order as it was run. */
export interface RunOrder {
  /** The tasks in the order in which they ran. */
  readonly picks: readonly TaskId[];
  /** Where the tasks were before the first step, and after each one. Equal numbers mean equal places. */
  readonly states: readonly number[];
  readonly outcome: number;
  readonly isFailing: boolean;
}

/** What can still come of a state: no order fails from there, each one does, or it is still open. */
export type Fate = "good" | "open" | "failing";

export interface StatePoint {
  readonly state: number;
  readonly fate: Fate;
  /** Where orders end: their outcome, and how many they are. */
  readonly end?: { readonly outcome: number; readonly orders: number };
  /** The fewest steps that lead here. */
  readonly steps: number;
  /** An order that is here after `steps` steps. */
  readonly through: RunOrder;
  /** Whether it is a point of no return: it is open, and there is a step after which every order fails. */
  readonly isLastChance: boolean;
}

/** A step: the task that runs leads from one point to another, both by their positions in the list of points. */
export interface StateEdge {
  readonly from: number;
  readonly task: TaskId;
  readonly to: number;
}

export interface StateGraph {
  /** By their steps; the first one is where all orders begin. */
  readonly points: readonly StatePoint[];
  readonly edges: readonly StateEdge[];
}

/** A graph with more points cannot be read. */
export const mostPoints = 300;

/** A place on the way of the last order. */
interface Stop {
  readonly state: number;
  /** The task that led here; -1 at the beginning. */
  readonly task: TaskId;
  readonly first: RunOrder;
  /** The steps that were made from here, each with the point that it led to. */
  readonly next: { readonly task: TaskId; readonly to: number }[];
  outcome: number | undefined;
  canSucceed: boolean;
  canFail: boolean;
}

interface Known {
  readonly state: number;
  readonly fate: Fate;
  readonly outcome: number | undefined;
  orders: number;
  steps: number;
  through: RunOrder;
}

/** Makes the graph. Only the way of the last order is kept: an earlier one cannot be met again, since orders come depth first. */
export class StateGraphMaker {
  readonly #way: Stop[] = [];
  readonly #known: Known[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #edges = new Map<string, StateEdge>();
  #last: RunOrder | undefined;
  /** Whether equal picks led to different states, so that there is no graph. */
  hasDiffered = false;

  constructor(readonly most = mostPoints) {}

  /** Whether the graph has too many points. */
  get isTooLarge(): boolean {
    return this.#known.length > this.most;
  }

  /** Takes the next order. Those that begin alike must come one after another. */
  add(order: RunOrder): void {
    const alike = this.#alike(order);
    while (this.#way.length > alike) this.#leave();
    if (this.#way.at(-1)?.outcome !== undefined) this.hasDiffered = true;
    for (let at = alike; at < order.states.length; at += 1) this.#way.push(stopOf(order, at));
    const end = this.#way.at(-1) as Stop;
    end.outcome = order.outcome;
    end.canFail = order.isFailing;
    end.canSucceed = !order.isFailing;
    this.#last = order;
  }

  /** The graph of all orders that were taken; undefined if it is too large, or orders differed. */
  graph(): StateGraph | undefined {
    while (this.#way.length > 0) this.#leave();
    this.#last = undefined;
    if (this.isTooLarge || this.hasDiffered) return undefined;
    const edges = [...this.#edges.values()];
    const inOrder = [...this.#known.keys()].sort((one, other) => this.#at(one).steps - this.#at(other).steps);
    const places = new Map(inOrder.map((number, place) => [number, place]));
    const isFailing = (number: number) => this.#at(number).fate === "failing";
    const lastChances = new Set(edges.filter(({ from, to }) => !isFailing(from) && isFailing(to)).map(({ from }) => from));
    return {
      points: inOrder.map((number) => {
        const { outcome, orders, ...point } = this.#at(number);
        const end = outcome === undefined ? {} : { end: { outcome, orders } };
        return { ...point, ...end, isLastChance: lastChances.has(number) };
      }),
      edges: edges
        .map(({ from, task, to }) => ({ from: places.get(from) as number, task, to: places.get(to) as number }))
        .sort((one, other) => one.from - other.from || one.to - other.to || one.task - other.task),
    };
  }

  #at(number: number): Known {
    return this.#known[number] as Known;
  }

  /** How many stops the order has in common with the last one. */
  #alike({ picks, states }: RunOrder): number {
    const last = this.#last;
    if (!last) return 0;
    let steps = 0;
    while (steps < picks.length && steps < last.picks.length && picks[steps] === last.picks[steps]) steps += 1;
    for (let at = 0; at <= steps; at += 1) if (states[at] !== last.states[at]) this.hasDiffered = true;
    return steps + 1;
  }

  /** All orders through the last stop were taken, so what can come of it is known. */
  #leave(): void {
    const stop = this.#way.pop() as Stop;
    const point = this.#pointOf(stop, this.#way.length);
    for (const { task, to } of stop.next) {
      const key = `${point} ${task} ${to}`;
      if (!this.#edges.has(key)) this.#edges.set(key, { from: point, task, to });
    }
    const before = this.#way.at(-1);
    if (!before) return;
    before.next.push({ task: stop.task, to: point });
    before.canSucceed ||= stop.canSucceed;
    before.canFail ||= stop.canFail;
  }

  #pointOf({ state, outcome, canFail, canSucceed, first }: Stop, steps: number): number {
    const fate = canFail ? (canSucceed ? "open" : "failing") : "good";
    const key = `${state} ${fate} ${outcome}`;
    const number = this.#numbers.get(key) ?? this.#known.push({ state, fate, outcome, orders: 0, steps, through: first }) - 1;
    this.#numbers.set(key, number);
    const known = this.#at(number);
    known.orders += 1;
    if (steps < known.steps) {
      known.steps = steps;
      known.through = first;
    }
    return number;
  }
}

function stopOf(order: RunOrder, at: number): Stop {
  return {
    state: order.states[at] as number,
    task: at === 0 ? -1 : (order.picks[at - 1] as TaskId),
    first: order,
    next: [],
    outcome: undefined,
    canSucceed: false,
    canFail: false,
  };
}
