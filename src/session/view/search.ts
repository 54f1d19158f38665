/**
 * The search of one panel: it continues while the panel asks for its progress, and holds the steps that match.
 */
import { type Query, Search } from "../../core/analysis/search";
import type { Found, Match, Toward } from "../../protocol/find";
import type { Row } from "../../protocol/panel";
import { UserError } from "../common/errors";
import { inTimeSlices } from "../common/timeSlices";
import { rowsOf } from "./view";
import type { Viewed } from "./viewed";

/** Steps looked at between two looks at the clock. */
const pieceSteps = 16_384;

/** The progress of a search is answered after so many milliseconds at most. */
const answerMillis = 40;

export class Searching {
  #number: number | undefined;
  #search: Search | undefined;

  /**
   * Begins a search, or goes on with it for a moment.
   *
   * @param number of the search; another one ends the search before
   * @throws Error when the trace cannot be read any more
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
   * Lines of the list of switches, of matches by their place among them.
   *
   * @throws UserError when the search is over
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
   * The match that comes next in a direction, as far as it is known; past the last one the first, and the other way round.
   *
   * @throws UserError when the search is over
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

  /** Forgets the matches. */
  end(): void {
    this.#number = undefined;
    this.#search = undefined;
  }

  #at(number: number, { run }: Viewed): Search {
    if (this.#search && this.#number === number && this.#search.trace === run.trace) return this.#search;
    throw new UserError("This search is over.", "Search again.");
  }
}
