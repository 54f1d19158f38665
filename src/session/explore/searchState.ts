/**
 * What the panel shows of a search.
 */
import { maxOutcomes, type OutcomeRow, type SearchState } from "../../protocol/exploration";
import { type GraphRun, graphStateOf } from "./graphRun";
import type { OrderSearch } from "./orderSearch";
import { endText, taskText } from "./outcomeText";
import { type OutcomeReport, type Report, reportOf } from "./report";

/** The limits of a row: values, and characters of a text. A view is sent many times a second. */
const mostValues = 32;
const mostCharacters = 1_000;

/** A search, and what is known of it beside its result. */
export interface Exploring {
  readonly search: OrderSearch;
  /** The numbers of the outcomes, by their keys. */
  readonly ids: Map<string, number>;
  readonly isOfEarlierText: boolean;
  /** Why it failed, or what it waits for. */
  readonly problem?: string | undefined;
  readonly hasFailed: boolean;
  /** The report, until the search changes. */
  report?: Report | undefined;
  /** The graph of its states, once it was asked for. */
  graph?: GraphRun;
}

/** The state of a search. @param outdated what has changed since it began */
export function stateOf(exploring: Exploring, outdated: SearchState["outdated"]): SearchState {
  const { search, problem, hasFailed } = exploring;
  const { program, question, millis } = search;
  const report = reportIn(exploring);
  const keys = search.result?.outcomes ?? [];
  const graph = graphStateOf(exploring);
  const shown = report ? shownReport(report, (at) => idOf(exploring, keys[at]?.key ?? "")) : nothingTried;
  return {
    ...shown,
    status: hasFailed ? "failed" : search.status,
    rate: (1_000 * (shown.tried + (report?.search.explored.pruned ?? 0))) / Math.max(1, millis),
    ...(question.check === undefined ? {} : { check: question.check }),
    ...(question.invariant === undefined ? {} : { invariant: question.invariant }),
    calls: [...program.calls],
    ...(outdated ? { outdated } : {}),
    ...(problem === undefined ? {} : { problem }),
    ...(graph ? { graph } : {}),
  };
}

type ShownReport = Omit<SearchState, "status" | "rate" | "calls" | "graph">;

const nothingTried: ShownReport = {
  tried: 0,
  countsClasses: false,
  outcomes: [],
  more: 0,
  failing: 0,
  says: [],
  verdicts: [],
};

/** What the panel shows of a report. @param idOf the number of the outcome at a position */
export function shownReport({ outcomes, search: { explored } }: Report, idOf: (at: number) => number): ShownReport {
  const tried = explored.orders ?? explored.classes ?? 0;
  return {
    tried,
    countsClasses: explored.classes !== undefined,
    strategy: explored.strategy,
    outcomes: outcomes.slice(0, maxOutcomes).map((each, at) => rowOf(each, idOf(at), tried)),
    more: Math.max(0, outcomes.length - maxOutcomes),
    failing: outcomes.filter(({ failing }) => failing).length,
    says: explored.says,
    verdicts: explored.verdicts.map(({ state, text }) => ({ state, text })),
  };
}

/** The report of an outcome; undefined if the search has none with this number. */
export function outcomeIn(exploring: Exploring, id: number): OutcomeReport | undefined {
  const at = exploring.search.result?.outcomes.findIndex(({ key }) => exploring.ids.get(key) === id) ?? -1;
  return at < 0 ? undefined : reportIn(exploring)?.outcomes[at];
}

/** The report of a search; undefined if nothing was tried yet. */
export function reportIn(exploring: Exploring): Report | undefined {
  if (exploring.search.result) exploring.report ??= reportOf(exploring.search);
  return exploring.report;
}

function idOf({ ids }: Exploring, key: string): number {
  const id = ids.get(key) ?? ids.size;
  ids.set(key, id);
  return id;
}

function rowOf(report: OutcomeReport, id: number, tried: number): OutcomeRow {
  const { outcome, failing, switches, deviations, explanation } = report;
  const orders = report.orders ?? report.classes ?? 0;
  const watches = Object.entries(outcome.watches).map(([name, value]) => ({ name: cut(name), value: cut(value) }));
  const tasks = Object.entries(outcome.tasks).map(([name, task]) => ({ name: cut(name), value: cut(taskText(task)) }));
  const values = [...watches, ...tasks];
  const left = values.length - mostValues;
  return {
    id,
    orders,
    share: tried > 0 ? Math.min(1, orders / tried) : 0,
    failing,
    end: cut(endText(report)),
    values: left > 0 ? [...values.slice(0, mostValues), { name: "…", value: `${left} more` }] : values,
    steps: outcome.steps,
    switches,
    ...(deviations === undefined ? {} : { deviations }),
    ...(explanation === undefined ? {} : { explanation: cut(explanation) }),
  };
}

function cut(text: string): string {
  return text.length > mostCharacters ? `${text.slice(0, mostCharacters)}…` : text;
}
