/**
 * What may be claimed after a search: no more than what was tried. Everything is data and text, so that the editor, the command line
 * and a file say the same.
 */
import { type Estimate, estimated, missingMass, rarerThan, type Sizes } from "./estimate";
import type { Coverage } from "./registry";

/** What is known of a search when a claim is made. */
export interface Tried {
  readonly coverage: Coverage;
  /** The maximum number of deviations or preemptions, where they are bounded, and the policy from which deviations are counted. */
  readonly bound?: number;
  readonly policy: string;
  /** Whether orders that cannot differ were tried once. */
  readonly isReduced: boolean;
  /** Whether the strategy has nothing left to try, in any part of the search. */
  readonly isDone: boolean;
  readonly tried: number;
  /** Of `tried`: orders that were not run to their ends, since another one had come to the same state. */
  readonly merged?: number | undefined;
  /** Whether orders that come to the same state are merged, where it is seen. */
  readonly merges?: boolean;
  readonly pruned: number;
  /** Of `tried`: runs ended by the limit of steps. */
  readonly cut: number;
  /** A run is cut after so many steps. */
  readonly limit: number;
  /** The first step at which a schedule that was tried twice went two ways. */
  readonly differs?: number | undefined;
  /** What was met that no schedule determines: real input, a library that keeps the process busy. */
  readonly outside?: string | undefined;
  /** Whether orders came back to a state, so that some were left out that only go round in a loop. */
  readonly returned?: boolean | undefined;
  /** What of the state cannot be seen, so that nobody can tell whether an order goes round in a loop. */
  readonly hidden?: string | undefined;
  readonly sizes: Sizes;
  /** How often each outcome was met: in a random search, by its draws alone. */
  readonly orders: readonly number[];
}

/**
 * All orders; all with at most so many deviations or preemptions; some of them; or nothing, since the program is not determined by the order alone.
 * Only the first three say something about orders that were not run by name.
 */
export type ClaimKind = "all" | "delays" | "preemptions" | "sample" | "void";

export interface Claim {
  readonly kind: ClaimKind;
  readonly tried: number;
  /** Whether `tried` counts classes of orders that cannot differ. */
  readonly isReduced: boolean;
  readonly bound?: number;
  readonly policy: string;
  /** How many orders there are, about; absent where all are tried, and until the estimate has settled. */
  readonly about?: Estimate;
  readonly pruned: number;
  readonly cut: number;
  /** How likely the next order of a random search shows a new outcome. */
  readonly next?: number;
  /** The sentences, the claim itself first. */
  readonly sentences: readonly string[];
}

/** What may be claimed. */
export function claimOf(search: Tried): Claim {
  const { tried, pruned, cut, isReduced, policy } = search;
  const kind = kindOf(search);
  const estimate = estimated(search.sizes);
  const about = kind === "sample" && !isWhole(search) && estimate.isSettled ? { about: estimate } : {};
  const next = kind === "sample" && search.coverage === "sample" ? { next: missingMass(search.orders) } : {};
  const bound = search.bound === undefined ? {} : { bound: search.bound };
  const claim = { kind, tried, isReduced, policy, pruned, cut, ...bound, ...about, ...next };
  return { ...claim, sentences: [headline(claim, search), ...details(claim, search)] };
}

/** A number for a sentence; large ones as powers of ten. */
export function numberText(number: number): string {
  if (number < 1e9) return Math.round(number).toLocaleString("en-US");
  const [digits = "", power = ""] = number.toExponential(1).split("e+");
  return `${digits}·10^${power}`;
}

/** A number with its noun: `1 order`, `20 orders`. */
export function countText(count: number, noun: string): string {
  return `${numberText(count)} ${count === 1 ? noun : `${noun}s`}`;
}

function kindOf(search: Tried): ClaimKind {
  if (search.differs !== undefined || search.outside !== undefined) return "void";
  return isWhole(search) && search.cut === 0 ? (search.coverage as ClaimKind) : "sample";
}

/** Whether everything that the strategy means to cover was tried, at least up to the limit of steps. */
function isWhole({ isDone, coverage }: Tried): boolean {
  return isDone && coverage !== "sample";
}

function headline({ kind, tried, about, isReduced }: Omit<Claim, "sentences">, search: Tried): string {
  if (search.differs !== undefined) {
    return `Not deterministic: step ${numberText(search.differs)} differs when the same order is run again. This voids every claim about orders.`;
  }
  if (search.outside !== undefined)
    return `${search.outside}: the order alone does not determine what happens. This voids every claim about orders.`;
  const limited = limitText(search);
  const some = isReduced
    ? `${numberText(tried)} ${tried === 1 ? "class" : "classes"} of orders that cannot differ`
    : countText(tried, "order");
  if (kind !== "sample" && kind !== "void") return isReduced ? `All orders${limited}: ${some}.` : allText(tried, limited);
  if (isWhole(search)) return `All orders${limited} up to step ${numberText(search.limit)}: ${some}.`;
  const many = about ? ` of ${aboutText(about, isReduced ? " orders" : "")}` : "";
  return `${isReduced ? some : countText(tried, search.coverage === "sample" ? "random order" : "order")}${many}${limited === "" ? "" : `,${limited}`}.`;
}

function limitText({ coverage, bound = 0, policy }: Tried): string {
  if (coverage === "delays") return ` with at most ${countText(bound, "deviation")} from ${policy}`;
  return coverage === "preemptions" ? ` with at most ${countText(bound, "preemption")}` : "";
}

function aboutText({ orders, deviation }: Estimate, noun: string): string {
  if (deviation === undefined) return `more than ${numberText(orders)}${noun}`;
  return `about ${numberText(orders)}${noun} (± ${numberText(deviation)})`;
}

function allText(tried: number, limited: string): string {
  return tried === 1 ? `The only order${limited}.` : `All ${numberText(tried)} orders${limited}.`;
}

function details({ kind, next, cut, pruned, isReduced }: Omit<Claim, "sentences">, search: Tried): string[] {
  const sentences: string[] = [];
  if (cut > 0)
    sentences.push(
      `${numberText(cut)} of them ${cut === 1 ? "was" : "were"} cut at the limit of ${countText(search.limit, "step")}.`,
    );
  if (cut > 0 && search.hidden !== undefined)
    sentences.push(
      `Whether ${cut === 1 ? "it goes" : "they go"} round in a loop cannot be told, since it is not seen: ${search.hidden}.`,
    );
  if (search.merged)
    sentences.push(
      `${numberText(search.merged)} of them ${search.merged === 1 ? "was" : "were"} not run to ${search.merged === 1 ? "its end" : "their ends"}: another order had come to the same state, from which all was tried.`,
    );
  if (search.merges && search.hidden !== undefined && cut === 0)
    sentences.push(`Which orders come to the same state cannot be told where it is not seen: ${search.hidden}.`);
  if (kind === "all" && search.returned)
    sentences.push("Orders that go round in a loop more often than makes a difference were left out.");
  if (isReduced && pruned > 0)
    sentences.push(
      `${countText(pruned, "run")} given up on the way, since ${pruned === 1 ? "it" : "they"} could show nothing else.`,
    );
  const drawn = search.orders.reduce((sum, orders) => sum + orders, 0);
  if (kind === "sample" && next !== undefined && drawn > 0) sentences.push(nextText(next, drawn));
  return sentences;
}

function nextText(next: number, tried: number): string {
  if (next > 0) return `The next order shows a new outcome with a probability of about ${percent(next)}.`;
  return `What was not met comes up in fewer than ${percent(rarerThan(tried))} of such orders (95 % confidence).`;
}

function percent(part: number): string {
  const percents = part * 100;
  return `${percents >= 10 ? Math.round(percents) : Number(percents.toPrecision(1))} %`;
}
