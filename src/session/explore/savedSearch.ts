/**
 * A search in a trace file: the objects that `explore --format jsonl` prints, of which the last one also says how the search stood when the
 * trace was saved.
 */
import * as v from "valibot";
import { maxOutcomes } from "../../protocol/exploration";
import type { View } from "../../protocol/panel";
import { OrderError } from "../common/errors";
import { usualPolicy } from "../order/policies";
import { OutcomeReport, type Report, SearchReport } from "./report";
import { type Exploring, reportIn, shownReport, stateOf } from "./searchState";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** The maximum number of characters of all outcomes together. */
const mostCharacters = 4 * 1024 * 1024;

const SavedReport = v.object({
  ...SearchReport.entries,
  saved: v.object({
    /** A search that was under way counts as cancelled. */
    status: v.picklist(["over", "cancelled", "failed"]),
    problem: v.optional(v.string()),
    /** What had changed since the search began: the file, or the tasks of the session. */
    outdated: v.optional(v.picklist(["file", "tasks"])),
    /** How many outcomes are saved, how many are not, and how many of all fail. */
    outcomes: count,
    more: count,
    failing: count,
  }),
});
type SavedReport = v.InferOutput<typeof SavedReport>;

/** What a search has found so far, to be saved. Empty if nothing was tried yet. */
export function savedOf(exploring: Exploring, outdated: SavedReport["saved"]["outdated"]): readonly object[] {
  const report = reportIn(exploring);
  if (!report) return [];
  const { status, problem } = stateOf(exploring, outdated);
  const outcomes = firstOf(report.outcomes);
  const saved: SavedReport["saved"] = {
    status: status === "failed" ? "failed" : status === "over" || status === "explaining" ? "over" : "cancelled",
    ...(problem === undefined ? {} : { problem }),
    ...(outdated ? { outdated } : {}),
    outcomes: outcomes.length,
    more: report.outcomes.length - outcomes.length,
    failing: report.outcomes.filter(({ failing }) => failing).length,
  };
  return [...outcomes, { ...report.search, saved }];
}

/** A search that was read from a trace file. Nothing of it can run. */
export class SavedSearch {
  readonly view: Pick<View, "exploring">;

  /** @param saved the objects, with whatever a later version has added to them */
  constructor(
    readonly saved: readonly object[],
    readonly report: Report & { readonly search: SavedReport },
  ) {
    const { explored, saved: stood } = report.search;
    const { check, invariant, policy = usualPolicy, calls } = explored.program;
    const asked = { ...(check === undefined ? {} : { check }), ...(invariant === undefined ? {} : { invariant }) };
    const { outcomes: _, ...standing } = stood;
    this.view = {
      exploring: {
        check: check ?? "",
        invariant: invariant ?? "",
        policy,
        search: { ...shownReport(report, (at) => at), ...standing, ...asked, rate: 0, calls },
      },
    };
  }

  /** The schedule of an outcome's witness. @throws OrderError if there is no such outcome */
  witness(outcome: number): string {
    const report = this.report.outcomes[outcome];
    if (!report) throw new OrderError("There is no such outcome in the trace.", "Choose another one.");
    return report.witness;
  }
}

/**
 * The search in a trace file; undefined if there is none.
 *
 * @param objects as they were read
 * @param lost called if there is one, but a part of it is missing or not valid
 */
export function savedSearch(objects: readonly unknown[], lost: () => void): SavedSearch | undefined {
  if (objects.length === 0) return undefined;
  const outcomes = v.safeParse(v.array(OutcomeReport), objects.slice(0, -1));
  const search = v.safeParse(SavedReport, objects.at(-1));
  if (outcomes.success && search.success && search.output.saved.outcomes === outcomes.output.length)
    return new SavedSearch(objects as readonly object[], { outcomes: outcomes.output, search: search.output });
  lost();
  return undefined;
}

/** The most frequent outcomes, as many as are listed and fit in a file. */
function firstOf(outcomes: readonly OutcomeReport[]): readonly OutcomeReport[] {
  let left = mostCharacters;
  const listed = outcomes.slice(0, maxOutcomes);
  const end = listed.findIndex((outcome) => {
    left -= JSON.stringify(outcome).length;
    return left < 0;
  });
  return end < 0 ? listed : listed.slice(0, end);
}
