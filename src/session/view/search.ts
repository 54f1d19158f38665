/**
 * The search of one panel. It makes progress while the panel polls it, and holds the matching steps.
 */
import { type Query, Search } from "../../core/analysis/search";
import type { Found, Match, Toward } from "../../protocol/find";
import type { Row } from "../../protocol/panel";
import { UserError } from "../common/errors";
import { inTimeSlices } from "../common/timeSlices";
import { rowsOf } from "./view";
import type { Viewed } from "./viewed";

/** The number of steps searched between two checks of the clock. */
const pieceSteps = 16_384;

/** The time limit for an answer to a poll, in milliseconds. */
const answerMillis = 40;

export class Searching {
  #number: number | undefined;
  #search: Search | undefined;

  /**
   * Starts a search, or continues it for a moment.
   *
   * @param number the number of the search; a different one ends the previous search
   * @throws Error if the trace can no longer be read
   */
  async find({ run }: Viewed, number: number, query: Query): Promise<Found> {
    if (this.#number !== number || this.#search?.trace !== run.trace) {
      this.#number = number;
      this.#search = new Search(run.trace, run.output, query);
    }
    const search = this.#search;
    await inTimeSlices(() => {
      if (search !== this.#search || search.isCut) return false;
      search.advance(pieceSteps);
      return !search.isComplete;
    }, answerMillis);
    return { done: search.done, head: run.trace.length, count: search.matches.length, cut: search.isCut };
  }

  /**
   * Rows of the list of switches, for matches by their index.
   *
   * @throws UserError if the search is over
   */
  async rows(viewed: Viewed, number: number, from: number, count: number): Promise<Row[]> {
    const steps = this.#at(number, viewed).matches.slice(from, count);
    const rows: Row[] = [];
    await inTimeSlices(() => {
      const step = steps[rows.length];
      if (step !== undefined) rows.push(...rowsOf(viewed, step, 1));
      return rows.length < steps.length;
    });
    return rows;
  }

  /**
   * The next match in a direction, as far as it is known. Wraps around at both ends.
   *
   * @throws UserError if the search is over
   */
  match(viewed: Viewed, number: number, step: number, toward: Toward): Match | undefined {
    const search = this.#at(number, viewed);
    const { matches } = search;
    const index = matches.indexFrom(toward === "next" ? step + 1 : step) - (toward === "previous" ? 1 : 0);
    if (toward === "previous" && search.done < step && !search.isCut) return undefined;
    const isOver = search.isComplete || search.isCut;
    const wrapped = isOver && toward !== "from" ? (index + matches.length) % Math.max(1, matches.length) : index;
    const found = matches.at(wrapped);
    return found === undefined ? undefined : { step: found, index: wrapped };
  }

  /** Ends the search, and drops its matches. */
  end(): void {
    this.#number = undefined;
    this.#search = undefined;
  }

  #at(number: number, { run }: Viewed): Search {
    if (this.#search && this.#number === number && this.#search.trace === run.trace) return this.#search;
    throw new UserError("This search is over.", "Search again.");
  }
}
