/**
 * A search in a trace file: the objects that `explore --format jsonl` prints, of which the last one also says how the search stood when the
 * trace was saved. After a reload of the window it takes the place of the search that the session had.
 */
import { isDeepStrictEqual } from "node:util";
import * as v from "valibot";
import { leastStep, mostStep, usualVirtualTime, type VirtualTime } from "../../core/virtualTime";
import { maxOutcomes, type SearchState } from "../../protocol/exploration";
import type { View } from "../../protocol/panel";
import { OrderError } from "../common/errors";
import { usualPolicy } from "../order/policies";
import { type FindNames, testOf } from "./copiedTest";
import { ExploredText } from "./exploredText";
import type { Found, Outdated, Tested } from "./found";
import type { Framework } from "./regressionTest";
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
    /** Its time, if it was not the usual one. */
    time: v.optional(v.object({ virtual: v.pipe(v.number(), v.minValue(leastStep), v.maxValue(mostStep)), seed: count })),
    /** The digest of the file's text when it began. */
    text: v.optional(v.string()),
    /** How many outcomes are saved, how many are not, and how many of all fail. */
    outcomes: count,
    more: count,
    failing: count,
  }),
});
type SavedReport = v.InferOutput<typeof SavedReport>;

/** What a search has found so far, to be saved. Empty if nothing was tried yet. */
export function savedOf(found: Found & Exploring, outdated: Outdated): readonly object[] {
  const report = reportIn(found);
  if (!report) return [];
  const { status, problem } = stateOf(found, outdated);
  const {
    time,
    text: { digest },
  } = found;
  const outcomes = firstOf(report.outcomes);
  const saved: SavedReport["saved"] = {
    status: status === "failed" ? "failed" : status === "over" || status === "explaining" ? "over" : "cancelled",
    ...(problem === undefined ? {} : { problem }),
    ...(outdated ? { outdated } : {}),
    ...(isDeepStrictEqual(time, usualVirtualTime) ? {} : { time: { ...time } }),
    ...(digest === undefined ? {} : { text: digest }),
    outcomes: outcomes.length,
    more: report.outcomes.length - outcomes.length,
    failing: report.outcomes.filter(({ failing }) => failing).length,
  };
  return [...outcomes, { ...report.search, saved }];
}

/** A search that was read from a trace file. It does not go on. */
export class SavedSearch implements Found {
  readonly isUnderWay = false;
  readonly text: ExploredText;
  /** Whether it was found before the window was reloaded. */
  #isRestored = false;
  #changed: { readonly outdated: Outdated; readonly objects: readonly object[] } | undefined;

  /** @param read the objects as they were read, with whatever a later version has added to them */
  constructor(
    readonly read: readonly object[],
    readonly report: Report & { readonly search: SavedReport },
  ) {
    this.text = new ExploredText(this.tested.file, this.#stood.text ?? "");
    this.text.isEarlier = this.#stood.outdated === "file";
  }

  get tested(): Tested {
    return this.#explored.program;
  }

  get time(): VirtualTime {
    return this.#stood.time ?? usualVirtualTime;
  }

  /** The search as it stood. */
  get view(): Required<Pick<View, "exploring">> {
    const { check = "", invariant = "", policy = usualPolicy } = this.#explored.program;
    return { exploring: { check, invariant, policy, strategy: "", search: this.state(this.#outdated) } };
  }

  /** The objects to be saved with the trace. */
  get saved(): readonly object[] {
    return this.objects(this.#outdated);
  }

  /** Marks it as found before the window was reloaded. The file may have changed in the meantime. */
  restored(): void {
    this.#isRestored = true;
    this.text.look();
  }

  state(outdated: Outdated): SearchState {
    const { status, problem, more, failing } = this.#stood;
    const { check, invariant, calls } = this.#explored.program;
    return {
      ...shownReport(this.report, (at) => at),
      status,
      more,
      failing,
      rate: 0,
      calls,
      ...(check === undefined ? {} : { check }),
      ...(invariant === undefined ? {} : { invariant }),
      ...(problem === undefined ? {} : { problem }),
      ...(outdated ? { outdated } : {}),
      ...(this.#isRestored ? { restored: true } : {}),
    };
  }

  objects(outdated: Outdated): readonly object[] {
    if (outdated === this.#stood.outdated) return this.read;
    if (!this.#changed || this.#changed.outdated !== outdated) {
      const last = this.read.at(-1) as SavedReport;
      const { outdated: _, ...stood } = last.saved;
      const saved = { ...stood, ...(outdated ? { outdated } : {}) };
      this.#changed = { outdated, objects: [...this.read.slice(0, -1), { ...last, saved }] };
    }
    return this.#changed.objects;
  }

  outcome(id: number): OutcomeReport | undefined {
    return this.report.outcomes[id];
  }

  /** The schedule of an outcome's witness. @throws OrderError if there is no such outcome */
  witness(outcome: number): string {
    const report = this.outcome(outcome);
    if (!report) throw new OrderError("There is no such outcome in the trace.", "Choose another one.");
    return report.witness;
  }

  /** The source of a test that replays the witness of an outcome, see `testOf`. */
  test(outcome: number, framework: Framework, findNames: FindNames): Promise<string> {
    return testOf(this, outcome, framework, findNames);
  }

  get #explored(): SavedReport["explored"] {
    return this.report.search.explored;
  }

  get #outdated(): Outdated {
    return this.text.isEarlier ? "file" : this.#stood.outdated;
  }

  get #stood(): SavedReport["saved"] {
    return this.report.search.saved;
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
