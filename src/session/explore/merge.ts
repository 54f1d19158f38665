/**
 * Puts the results of several shards of a search together, and says what is missing.
 */
import * as v from "valibot";
import type { Tried } from "../../core/explore/claim";
import { bothSizes } from "../../core/explore/estimate";
import type { Property } from "../../core/explore/verdict";
import { UserError } from "../common/errors";
import { usualPolicy } from "../order/policies";
import { boundReport, estimateReport, OutcomeReport, type Report, SearchReport } from "./report";
import { judged, propertyOf } from "./result";

const remedy = "Give files with what the shards of one search have printed with --format jsonl.";

/**
 * The report in a text.
 *
 * @param name the file, for messages
 * @throws UserError if it is none, or was cut off
 */
export function parseReport(text: string, name: string): Report {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const outcomes: OutcomeReport[] = [];
  let search: SearchReport | undefined;
  for (const [index, line] of lines.entries()) {
    const parsed = v.safeParse(v.union([OutcomeReport, SearchReport]), json(line));
    if (!parsed.success || search) throw new UserError(`Line ${index + 1} of ${name} is no result of explore.`, remedy);
    if ("explored" in parsed.output) search = parsed.output;
    else outcomes.push(parsed.output);
  }
  if (!search) throw new UserError(`The last line of ${name} is missing: it says what was explored.`, remedy);
  return { outcomes, search };
}

/**
 * One report of all.
 *
 * @param reports with their names, for messages
 * @throws UserError if they are not of one search, or one shard is there twice
 */
export function merged(reports: readonly (readonly [name: string, Report])[]): Report {
  const [[, first]] = reports as [readonly [string, Report]];
  const missing = missingOf(reports);
  const searches = reports.map(([, { search }]) => search.explored);
  const sum = (of: (explored: SearchReport["explored"]) => number | undefined) =>
    searches.reduce((total, explored) => total + (of(explored) ?? 0), 0);
  const outcomes = outcomesOf(reports.map(([, report]) => report));
  const { program, strategy, delays, preemptions = delays, seed } = first.search.explored;
  const countsClasses = first.search.explored.classes !== undefined;
  const differs = searches.flatMap(({ basis }) => basis.differs ?? []);
  const outside = searches.flatMap(({ basis }) => basis.outside ?? [])[0];
  const tried: Tried = {
    coverage: first.search.explored.basis.coverage,
    ...(preemptions === undefined ? boundOf(strategy) : { bound: preemptions }),
    isReduced: countsClasses,
    isDone: missing.length === 0 && searches.every(({ basis }) => basis.done),
    tried: sum(({ orders, classes }) => orders ?? classes),
    ...(searches.some(({ merged }) => merged !== undefined) ? { merges: true, merged: sum(({ merged }) => merged) } : {}),
    pruned: sum(({ pruned }) => pruned),
    cut: sum(({ cut }) => cut),
    limit: program.steps,
    policy: program.policy ?? usualPolicy,
    ...(differs.length > 0 ? { differs: Math.min(...differs) } : {}),
    ...(outside === undefined ? {} : { outside }),
    ...statesOf(searches),
    sizes: searches.map(({ basis }) => basis.sizes).reduce(bothSizes),
    orders: outcomes.map(({ orders = 0, classes = 0 }) => orders + classes),
  };
  const { claim, about, verdicts } = judged(tried, brokenBy(outcomes), program);
  const exact = claim.kind === "all" && !countsClasses ? { of: tried.tried } : undefined;
  const estimate = about ? estimateReport(about) : {};
  return {
    outcomes,
    search: {
      explored: {
        ...(countsClasses ? { classes: tried.tried } : { orders: tried.tried }),
        ...(exact ?? estimate),
        claim: claim.kind,
        strategy,
        ...boundReport(tried),
        ...(tried.merges ? { merged: tried.merged ?? 0 } : {}),
        pruned: tried.pruned,
        cut: tried.cut,
        deterministic: tried.differs === undefined,
        seed,
        millis: sum(({ millis }) => millis),
        ...(searches.some(({ cancelled }) => cancelled) ? { cancelled: true } : {}),
        says: [...claim.sentences, ...missing],
        verdicts: [...verdicts],
        opaque: [...new Set(searches.flatMap(({ opaque }) => opaque))],
        program,
        basis: {
          coverage: tried.coverage,
          done: tried.isDone,
          ...(tried.differs === undefined ? {} : { differs: tried.differs }),
          ...(outside === undefined ? {} : { outside }),
          ...statesOf(searches),
          sizes: tried.sizes,
        },
      },
    },
  };
}

/** What is known of states. Only one shard that is the whole search looks for loops. */
function statesOf(searches: readonly SearchReport["explored"][]): Pick<Tried, "returned" | "hidden"> {
  const hidden = searches.flatMap(({ basis }) => basis.hidden ?? [])[0];
  const returned = searches.some(({ basis }) => basis.returned);
  return { ...(returned ? { returned } : {}), ...(hidden === undefined ? {} : { hidden }) };
}

/** What is missing, in sentences. @throws UserError if the reports do not belong together */
function missingOf(reports: readonly (readonly [name: string, Report])[]): string[] {
  const [[firstName, first]] = reports as [readonly [string, Report]];
  const names = new Map<number, string>();
  const identity = identityOf(first);
  const all = partOf(first).of;
  for (const [name, report] of reports) {
    if (identityOf(report) !== identity) throw new UserError(`${name} is of another search than ${firstName}.`, remedy);
    const { index } = partOf(report);
    const twice = names.get(index);
    if (twice !== undefined)
      throw new UserError(`${name} has the same shard as ${twice}, ${index}/${all}.`, "Leave one of them out.");
    names.set(index, name);
  }
  const absent = Array.from({ length: all }, (_, at) => at + 1).filter((index) => !names.has(index));
  if (absent.length === 0) return [];
  const list = absent.map((index) => `${index}/${all}`).join(", ");
  return [absent.length === 1 ? `The shard ${list} is missing.` : `The shards ${list} are missing.`];
}

/** What all shards of a search have in common. */
function identityOf({ search: { explored } }: Report): string {
  const { text, calls, check, invariant, policy, until, steps } = explored.program;
  const counts = explored.classes === undefined ? "orders" : "classes";
  return JSON.stringify([
    text,
    calls,
    check,
    invariant,
    policy,
    until,
    steps,
    explored.strategy,
    explored.seed,
    counts,
    partOf({ explored }).of,
  ]);
}

function partOf(report: Report | SearchReport): { readonly index: number; readonly of: number } {
  const { shard = "1/1" } = "search" in report ? report.search.explored : report.explored;
  const [index = 1, of = 1] = shard.split("/").map(Number);
  return { index, of };
}

function outcomesOf(reports: readonly Report[]): OutcomeReport[] {
  const all = new Map<string, OutcomeReport>();
  for (const report of reports.flatMap(({ outcomes }) => outcomes)) {
    const { steps: _, ...outcome } = report.outcome;
    const key = JSON.stringify(outcome);
    const known = all.get(key);
    all.set(key, known ? both(known, report) : report);
  }
  const ordersOf = ({ orders = 0, classes = 0 }: OutcomeReport) => orders + classes;
  return [...all.values()].sort((one, other) => ordersOf(other) - ordersOf(one));
}

/** The same outcome, with the calmer witness. */
function both(one: OutcomeReport, other: OutcomeReport): OutcomeReport {
  const never = Number.POSITIVE_INFINITY;
  const difference =
    (one.deviations ?? never) - (other.deviations ?? never) ||
    one.switches - other.switches ||
    one.outcome.steps - other.outcome.steps;
  // The explanation goes with its witness; one that has none gets the other's.
  const calm = difference > 0 || (one.explanation === undefined && other.explanation !== undefined) ? other : one;
  const sum = (key: "orders" | "classes") => (one[key] === undefined ? {} : { [key]: (one[key] ?? 0) + (other[key] ?? 0) });
  return { ...calm, ...sum("orders"), ...sum("classes") };
}

function brokenBy(outcomes: readonly OutcomeReport[]): Map<Property, number> {
  const broken = new Map<Property, number>();
  for (const { outcome, by, orders = 0, classes = 0 } of outcomes) {
    const property = propertyOf(outcome.stopped, by);
    if (property) broken.set(property, (broken.get(property) ?? 0) + orders + classes);
  }
  return broken;
}

/** The bound in the text of a strategy; of a search that is not over, the claim does not have it. */
function boundOf(strategy: string): { readonly bound?: number } {
  const [, bound] = /^(?:delays:d|preemptions:n)=(\d+)/.exec(strategy) ?? [];
  return bound === undefined ? {} : { bound: Number(bound) };
}

function json(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
