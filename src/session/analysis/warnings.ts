/**
 * The warnings of a run: its trace is searched in short pieces as it grows, and as far as it is known each piece once.
 */
import type { TraceStore } from "../../core/trace/traceStore";
import { namesIn, plainText } from "../../core/waiting/sentences";
import { WarningSearch } from "../../core/warnings/search";
import type { Warning, WarningKind } from "../../core/warnings/warning";
import { inTimeSlices } from "../common/timeSlices";
import type { RunRecord } from "../seen/runRecord";

/** Steps searched between two looks at the clock. */
const pieceSteps = 16_384;

/** New steps are gathered for so long, and between two stretches of work others have so long, in milliseconds. */
const gatherMillis = 50;
const restMillis = 20;

const searches = new WeakMap<TraceStore, WarningSearch>();

/** The search of a run, as far as it has come. */
export function warningSearchOf(run: RunRecord): WarningSearch {
  const search = searches.get(run.trace) ?? new WarningSearch(run);
  searches.set(run.trace, search);
  return search;
}

/**
 * Searches all that there is by now.
 *
 * @param rest how long others have between two stretches of work, in milliseconds
 * @throws Error when the trace cannot be read any more
 */
export async function searchWarnings(run: RunRecord, rest = 0): Promise<WarningSearch> {
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

/** A warning in the words of the command line and of exports. */
export interface ToldWarning {
  readonly kind: WarningKind;
  /** The name of the task. */
  readonly task: string;
  readonly steps: readonly number[];
  readonly message: string;
}

export function toldWarning(run: RunRecord, { kind, task, steps, sentence }: Warning): ToldWarning {
  const names = namesIn(run);
  return { kind, task: names.task(task), steps, message: plainText(sentence, names) };
}

/** Searches whatever run is shown, behind everything else that is to be done. */
export class WarningWatch {
  #timer: NodeJS.Timeout | undefined;
  #isAtWork = false;
  /** Whether there was something new while it was at work. */
  #isBehind = false;

  /**
   * @param run the run that is shown
   * @param found called when there are other warnings than before
   */
  constructor(
    readonly run: () => RunRecord,
    readonly found: () => void,
  ) {}

  /** There may be something new. To be called often. */
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
    // A trace that cannot be read is told where it is looked at.
    const after = await searchWarnings(run, restMillis).then(
      ({ warnings }) => warnings.length,
      () => before,
    );
    this.#isAtWork = false;
    if (after !== before) this.found();
    if (this.#isBehind) this.noticed();
  }
}
