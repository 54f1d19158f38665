/**
 * The strategies, in the order in which users see them, and how one is made from its text.
 */
import { type Choice, type Choosable, numberOf, parseChoice } from "../policies/choice";
import type { Parameter } from "../policies/definition";
import { AllOrders, delays, preemptions } from "./allOrders";
import { Chance } from "./chance";
import { Merging } from "./merging";
import { Pct } from "./pct";
import { Portfolio } from "./portfolio";
import { Pos } from "./pos";
import { RandomWalk } from "./randomWalk";
import { SleepSets } from "./sleepSets";
import { type Shard, type Strategy, whole } from "./strategy";
import { Urw } from "./urw";

/** The value of a parameter: the given one or its default. */
type Value = (key: string) => number;

/** What a search has covered when it has nothing left to try: all schedules, all with few deviations or preemptions, or nothing in particular. */
export type Coverage = "all" | "delays" | "preemptions" | "sample";

export interface StrategyDefinition extends Choosable {
  /** One line for the user. */
  readonly about: string;
  readonly coverage: Coverage;
  /** Whether it needs to know what slices touch. */
  tracks(value: Value): boolean;
  /** @param position where to go on; absent at the beginning */
  make(value: Value, shard: Shard, position: string | undefined): Strategy;
}

/** A strategy with its parameters, from which the strategy itself can be made. */
export type StrategyChoice = Choice<StrategyDefinition>;

const seed: Parameter = { key: "seed", about: "the same seed gives the same search", least: 0, most: 2 ** 32 - 1, usual: 0 };
const depth: Parameter = { key: "depth", about: "ordering constraints that the bug needs", least: 1, most: 1000, usual: 3 };

const never = () => false;

/** Random numbers in a given state, or in the one in which they begin. */
type Chances = (state?: string) => Chance;

/** The deviations that a portfolio tries all of. */
const fewDelays = 2;

/** The members of a portfolio. Round-robin comes first, as the schedule without a deviation. */
const members: readonly ((chance: Chances, shard: Shard, position: string | undefined) => Strategy)[] = [
  (_chance, shard, position) => new AllOrders(delays(fewDelays), shard, position),
  (chance) => new RandomWalk(chance()),
  (chance, _shard, position) => makePct(3, position, chance),
  (chance) => new Urw(chance()),
];

export const strategies: readonly StrategyDefinition[] = [
  {
    name: "exhaustive",
    about: "all orders",
    coverage: "all",
    parameters: [{ key: "reduce", about: "1: orders that cannot differ are tried once", least: 0, most: 1, usual: 0 }],
    tracks: (value) => value("reduce") === 1,
    make: (value, shard, position) =>
      value("reduce") === 1 ? new SleepSets(shard, position) : new AllOrders(delays(Number.POSITIVE_INFINITY), shard, position),
  },
  {
    name: "merging",
    about: "all orders; from a state that several of them come to, one goes on",
    coverage: "all",
    parameters: [],
    tracks: never,
    make: (_value, shard, position) => new Merging(shard, position),
  },
  {
    name: "delays",
    about: "all orders with few deviations from the policy",
    coverage: "delays",
    parameters: [{ key: "d", about: "ready tasks that may be passed over in an order", least: 0, most: 1000, usual: 2 }],
    tracks: never,
    make: (value, shard, position) => new AllOrders(delays(value("d")), shard, position),
  },
  {
    name: "preemptions",
    about: "all orders of threads with few switches away from one that could go on",
    coverage: "preemptions",
    parameters: [{ key: "n", about: "such switches in an order", least: 0, most: 1000, usual: 2 }],
    tracks: never,
    make: (value, shard, position) => new AllOrders(preemptions(value("n")), shard, position),
  },
  {
    name: "random",
    about: "any ready task, all equally likely",
    coverage: "sample",
    parameters: [seed],
    tracks: never,
    make: (value, shard, position) => new RandomWalk(chanceOf(value, shard, position)),
  },
  {
    name: "pct",
    about: "random priorities that change at a few random steps: finds bugs of a known depth",
    coverage: "sample",
    parameters: [seed, depth],
    tracks: never,
    make: (value, shard, position) => makePct(value("depth"), position, (state) => chanceOf(value, shard, state)),
  },
  {
    name: "urw",
    about: "by the steps that each task has left: all orders about equally likely",
    coverage: "sample",
    parameters: [seed],
    tracks: never,
    make: (value, shard, position) => new Urw(chanceOf(value, shard, position)),
  },
  {
    name: "pos",
    about: "random priorities, drawn anew where steps touch the same: spread over the orders that can differ",
    coverage: "sample",
    parameters: [seed],
    tracks: () => true,
    make: (value, shard, position) => new Pos(chanceOf(value, shard, position)),
  },
  {
    name: "portfolio",
    about: `all orders with at most ${fewDelays} deviations, random, pct and urw in turn`,
    coverage: "sample",
    parameters: [seed],
    tracks: never,
    make: makePortfolio,
  },
];

/**
 * Parses a strategy as users type it: `pct:seed=7,depth=3`.
 *
 * @throws ChoiceTextError if the strategy is unknown, does not have a given parameter, or a number is out of bounds
 */
export function parseStrategy(text: string): StrategyChoice {
  return parseChoice(text, "strategy", strategies);
}

/** Whether the strategy needs to know what slices touch. */
export function tracksSlices(choice: StrategyChoice): boolean {
  return choice.definition.tracks(valuesOf(choice));
}

/** Whether the strategy looks at the states that orders come to. */
export function mergesStates(choice: StrategyChoice): boolean {
  return choice.definition.name === "merging";
}

/**
 * Makes the strategy for one part of a search.
 *
 * @param position where to go on, as the strategy's `position` gave it; at the beginning without one
 */
export function makeStrategy(choice: StrategyChoice, shard: Shard = whole, position?: string): Strategy {
  return choice.definition.make(valuesOf(choice), shard, position);
}

function valuesOf(choice: StrategyChoice): Value {
  return (key) => numberOf(choice, key) ?? 0;
}

function makePct(depth: number, position: string | undefined, chance: Chances): Pct {
  return position === undefined ? new Pct(depth, chance()) : Pct.at(position, depth, chance);
}

/** Every member of every shard draws from a stream of its own. */
function makePortfolio(value: Value, shard: Shard, position: string | undefined): Portfolio {
  const make = (index: number, at: string | undefined) => {
    const chance = (state = at) => chanceOf(value, shard, state, index);
    return (members[index] as (typeof members)[number])(chance, shard, at);
  };
  if (position !== undefined) return Portfolio.at(position, make);
  return new Portfolio(members.map((_, index) => make(index, undefined)));
}

/** @param member which of the streams of a shard */
function chanceOf(value: Value, shard: Shard, state: string | undefined, member = 0): Chance {
  return state === undefined ? Chance.ofSeed(value("seed"), shard.index + member * shard.of) : Chance.ofState(state);
}
