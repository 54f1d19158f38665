/**
 * The search of the panel: the query, and the host's progress. The host searches only while it is asked to continue, so a
 * search is cancelled by not asking again.
 */
import { matches, type Query } from "../../core/analysis/search";
import type { Found } from "../../protocol/find";
import type { Row, View } from "../../protocol/panel";
import { type FindingPort, FindMatches, textOf } from "./findMatches";

/** Whether matches are marked in the list of all steps, or are all that is listed. */
export type Mode = "find" | "filter";

export class SearchState {
  open = false;
  mode: Mode = "find";
  query: Query = { text: "", case: "any" };
  /** How far the search is; undefined before the first answer, and while nothing is looked for. */
  found: Found | undefined;
  state: "resting" | "searching" | "cancelled" = "resting";
  /** Why the host cannot search. */
  problem: string | undefined;
  /** Counts how often the find bar was asked for: it takes the keyboard each time. */
  asked = 0;
  /** Each search has its own. */
  number = 0;
  readonly matches: FindMatches;
  /** The search for which questions are asked now. */
  private asking = 0;

  constructor(private readonly port: FindingPort) {
    this.matches = new FindMatches(port, this);
  }

  /** Whether something is looked for. */
  get isActive(): boolean {
    const { text, tasks, events } = this.query;
    return this.open && (text !== "" || tasks !== undefined || events !== undefined);
  }

  /** Whether only the matches are listed. */
  get isFiltering(): boolean {
    return this.isActive && this.mode === "filter";
  }

  get isGoingOn(): boolean {
    return this.state === "searching";
  }

  /** Opens the find bar, and gives it the keyboard. */
  show(): void {
    this.asked += 1;
    if (!this.open) {
      this.open = true;
      this.begin();
    }
    this.port.changed();
  }

  /** Closes the find bar; the whole list is back. What was looked for is kept for the next time. */
  close(): void {
    this.open = false;
    this.forget();
    this.port.wire.send({ type: "endFind" });
    this.port.changed();
  }

  /** Looks for something else, from the first step on. */
  change(query: Partial<Query>): void {
    this.query = { ...this.query, ...query };
    this.begin();
  }

  setMode(mode: Mode): void {
    this.mode = mode;
    this.port.changed();
  }

  /** Looks no further; what was found stays. */
  cancel(): void {
    this.state = "cancelled";
    this.port.changed();
  }

  /** Goes on with what was cancelled. */
  resume(): void {
    void this.search();
    this.port.changed();
  }

  /** Whether a row matches, as far as it tells: it has only the beginning of what the step printed. */
  marks(row: Row): boolean {
    return this.isActive && matches(this.query, row, row.output);
  }

  /** Takes in how far the run is: the search goes on with it. */
  viewed({ head }: View): void {
    if (!this.isActive) return;
    if (this.state === "resting" && this.found && !this.found.cut && head > this.found.done) void this.search();
    this.matches.moved();
  }

  /** Looks for the same in another run. */
  restart(): void {
    if (this.open) this.begin();
  }

  /** Looks for any tasks: those that were looked for are not shown any more, and others have their numbers. */
  forgetTasks(): void {
    const { tasks: _, ...query } = this.query;
    this.query = query;
  }

  private begin(): void {
    this.forget();
    if (this.isActive) void this.search();
    this.port.changed();
  }

  private forget(): void {
    this.number += 1;
    this.found = undefined;
    this.problem = undefined;
    this.state = "resting";
    this.matches.clear();
  }

  private async search(): Promise<void> {
    const { number } = this;
    this.state = "searching";
    if (this.asking === number) return;
    this.asking = number;
    try {
      while (number === this.number && this.isGoingOn) await this.searchOn(number);
    } catch (error) {
      if (number !== this.number) return;
      this.problem = textOf(error);
      this.state = "resting";
    } finally {
      if (this.asking === number) this.asking = 0;
    }
    this.port.changed();
  }

  /** Asks to go on, once. An answer that comes after the search was cancelled or replaced changes nothing. */
  private async searchOn(number: number): Promise<void> {
    const { text, case: by, tasks, events } = this.query;
    const query = { text, case: by, ...(tasks ? { tasks: [...tasks] } : {}), ...(events ? { events: [...events] } : {}) };
    const { found } = await this.port.wire.ask("found", (id) => ({ type: "find", id, search: number, query }));
    if (number !== this.number) return;
    this.found = found;
    if (this.isGoingOn && (found.cut || found.done >= found.head)) this.state = "resting";
    this.matches.grew();
    this.port.changed();
  }
}
