/**
 * The warnings of a run. Its trace is searched in short pieces as it grows, each piece once.
 */
import type { TraceStore } from "../../core/trace/traceStore";
import { finders, findersOfObserved } from "../../core/warnings/registry";
import { WarningSearch } from "../../core/warnings/search";
import { inTimeSlices } from "../common/timeSlices";
import type { RunRecord } from "../seen/runRecord";

/** The number of steps searched between two checks of the clock. A step in which tasks wait takes up to two microseconds. */
const pieceSteps = 2_048;

/** How long new steps are gathered, in milliseconds. */
const gatherMillis = 50;
/** The pause between two pieces of work, in milliseconds. It is longer while tasks run, because they must not wait for warnings. */
const restMillis = 20;
const restOfTasksMillis = 45;

const searches = new WeakMap<TraceStore, WarningSearch>();

/** The search of a run in its current state. */
export function warningSearchOf(run: RunRecord): WarningSearch {
  const search = searches.get(run.trace) ?? new WarningSearch(run, run.observed ? findersOfObserved : finders);
  searches.set(run.trace, search);
  return search;
}

/**
 * Searches all steps made so far.
 *
 * @param rest returns the pause between two pieces of work, in milliseconds
 * @throws Error if the trace can no longer be read
 */
export async function searchWarnings(run: RunRecord, rest?: () => number): Promise<WarningSearch> {
  const search = warningSearchOf(run);
  await inTimeSlices(
    () => {
      search.advance(pieceSteps);
      return !search.isComplete;
    },
    undefined,
    rest,
  );
  return search;
}

/** Searches the shown run in the background. */
export class WarningWatch {
  #timer: NodeJS.Timeout | undefined;
  #isAtWork = false;
  /** Whether something new arrived during the search. */
  #isBehind = false;

  /**
   * @param run gives the run that is shown
   * @param found called when the warnings have changed
   */
  constructor(
    readonly run: () => RunRecord,
    readonly found: () => void,
  ) {}

  /** Call this whenever there may be something new. It is cheap. */
  noticed(): void {
    if (this.#isAtWork) this.#isBehind = true;
    else this.#timer ??= setTimeout(() => this.#work(), gatherMillis).unref();
  }

  /** Ends the search. */
  end(): void {
    clearTimeout(this.#timer);
  }

  async #work(): Promise<void> {
    this.#timer = undefined;
    this.#isAtWork = true;
    this.#isBehind = false;
    const run = this.run();
    const before = warningSearchOf(run).warnings.length;
    // An unreadable trace is reported by the views that read it.
    const after = await searchWarnings(run, () => (run.isAdvancing ? restOfTasksMillis : restMillis)).then(
      ({ warnings }) => warnings.length,
      () => before,
    );
    this.#isAtWork = false;
    if (after !== before) this.found();
    if (this.#isBehind) this.noticed();
  }
}
