/**
 * What a search says: the outcomes with their orders, the claim, the verdicts. It can be asked at any time.
 */
import { type Claim, claimOf, type Tried } from "../../core/explore/claim";
import { type Estimate, estimated } from "../../core/explore/estimate";
import { mergesStates } from "../../core/explore/registry";
import { type Property, type Verdict, verdictOn } from "../../core/explore/verdict";
import { numberOf } from "../../core/policies/choice";
import type { ExploredOutcome } from "../../protocol/explore";
import type { Question } from "./asked";
import { type MetOutcome, together } from "./metOutcomes";
import type { Phase } from "./phase";

export interface SearchResult {
  /** The strategy that was used last. */
  readonly strategy: string;
  readonly tried: number;
  readonly pruned: number;
  readonly cut: number;
  /** Whether classes of orders that cannot differ are counted in place of orders. */
  readonly countsClasses: boolean;
  readonly claim: Claim;
  /** About how many orders there are; undefined until the estimate has settled. */
  readonly about: Estimate | undefined;
  readonly verdicts: readonly Verdict[];
  /** The most frequent first. */
  readonly outcomes: readonly MetOutcome[];
  /** Calls that cannot be seen into, the first few. */
  readonly opaque: readonly string[];
  /** What the claim was made from, so that the results of several shards can be put together. */
  readonly basis: Tried;
}

/**
 * The result of a search.
 *
 * @param phases what was done with one strategy after another; at least one
 * @param differs the first step that went another way when the order of an outcome was run again
 */
export function resultOf(phases: readonly Phase[], question: Question, differs?: number): SearchResult {
  const last = phases.at(-1) as Phase;
  const isWhole = last.isOver && !last.isSample;
  const counted = isWhole ? [last] : phases;
  const sum = (of: (phase: Phase) => number) => counted.reduce((total, phase) => total + of(phase), 0);
  const outcomes = counted.map(({ met }) => met.all).reduce(together);
  const countsClasses = last.isReduced && counted.length === 1;
  const bound = numberOf(last.choice, "d") ?? numberOf(last.choice, "n");
  const tried: Tried = {
    coverage: last.choice.definition.coverage,
    ...(bound === undefined ? {} : { bound }),
    isReduced: countsClasses,
    isDone: isWhole,
    tried: sum(({ tried }) => tried),
    merged: sum(({ merged }) => merged),
    merges: mergesStates(last.choice),
    pruned: sum(({ pruned }) => pruned),
    cut: sum(({ cut }) => cut),
    limit: question.steps,
    policy: question.policy,
    differs:
      phases.map(({ differs }) => differs).find((step) => step !== undefined) ?? differs ?? missedBy(last, phases, isWhole),
    outside: phases.map(({ outside }) => outside).find((what) => what !== undefined),
    returned: counted.some(({ hasReturned }) => hasReturned),
    hidden: phases.map(({ hidden }) => hidden).find((what) => what !== undefined),
    sizes: sizesOf(phases),
    orders: last.met.all.map(({ orders }) => orders),
  };
  const opaque = [...new Set(phases.flatMap((phase) => phase.opaque))];
  return {
    strategy: last.strategy,
    ...judged(tried, brokenBy(outcomes), question),
    countsClasses,
    outcomes,
    opaque,
    basis: tried,
  };
}

/** How many orders broke each property. */
export type Broken = ReadonlyMap<Property, number>;

/** What is said of a search. */
export function judged(
  tried: Tried,
  broken: Broken,
  question: Pick<Question, "check" | "invariant">,
): Pick<SearchResult, "tried" | "pruned" | "cut" | "claim" | "about" | "verdicts"> {
  const claim = claimOf(tried);
  const about = estimated(tried.sizes);
  const properties: Property[] = [
    ...(question.check === undefined ? [] : (["check"] as const)),
    ...(question.invariant === undefined ? [] : (["invariant"] as const)),
    "deadlock",
    "livelock",
    ...(tried.coverage === "delays" ? (["starvation"] as const) : []),
    "exception",
    "endless",
    ...(broken.has("death") ? (["death"] as const) : []),
  ];
  const verdicts = (tried.tried > 0 ? properties : []).map((property) => verdictOn(property, broken.get(property) ?? 0, claim));
  const { pruned, cut } = tried;
  return { tried: tried.tried, pruned, cut, claim, about: about.isSettled ? about : undefined, verdicts };
}

/** A whole search meets all that was met before, if the order determines what happens. */
function missedBy(last: Phase, phases: readonly Phase[], isWhole: boolean): number | undefined {
  if (!isWhole || last.choice.definition.coverage !== "all") return undefined;
  const missed = phases.flatMap(({ met }) => met.all).find(({ key }) => !last.met.has(key));
  return missed && 1;
}

/** The estimate of the search that tried orders as they are, not by classes: both estimate the same number. */
function sizesOf(phases: readonly Phase[]) {
  return (phases.filter(({ sizes }) => sizes.runs > 0).at(-1) ?? (phases.at(-1) as Phase)).sizes;
}

function brokenBy(outcomes: readonly MetOutcome[]): Broken {
  const broken = new Map<Property, number>();
  for (const { outcome, orders } of outcomes) {
    const property = propertyOf(outcome.end, outcome.failing?.by);
    if (property) broken.set(property, (broken.get(property) ?? 0) + orders);
  }
  return broken;
}

/** The property that an outcome breaks. @param by what it fails by */
export function propertyOf(end: string, by: NonNullable<ExploredOutcome["failing"]>["by"] | undefined): Property | undefined {
  if (end === "hung") return "endless";
  if (end === "died") return "death";
  return by === "threw" || by === "hung" || by === "died" ? "exception" : by;
}
