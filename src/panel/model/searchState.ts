/**
 * The search of the panel: the query, and the host's progress. The host searches only while it is asked to continue, so a search is
 * cancelled by not asking again.
 */
import { matches, type Query } from "../../core/analysis/search";
import type { Found } from "../../protocol/find";
import type { Row, View } from "../../protocol/panel";
import { type FindingPort, FindMatches, textOf } from "./findMatches";

/** `find` highlights matches in the list of all steps; `filter` lists only the matches. */
export type Mode = "find" | "filter";

export class SearchState {
  open = false;
  mode: Mode = "find";
  query: Query = { text: "", case: "any" };
  /** The progress of the search; undefined before the first reply, and while no search is active. */
  found: Found | undefined;
  state: "resting" | "searching" | "cancelled" = "resting";
  /** Why the host cannot search. */
  problem: string | undefined;
  /** How often the find bar was opened; it takes the focus each time. */
  asked = 0;
  /** Identifies the search: each one has a new number. */
  number = 0;
  readonly matches: FindMatches;
  /** The number of the search that requests are being sent for. */
  private asking = 0;

  constructor(private readonly port: FindingPort) {
    this.matches = new FindMatches(port, this);
  }

  /** Whether there is something to search for. */
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

  /** Opens the find bar and focuses it. */
  show(): void {
    this.asked += 1;
    if (!this.open) {
      this.open = true;
      this.begin();
    }
    this.port.changed();
  }

  /** Closes the find bar and lists all steps again. The query is kept for the next time. */
  close(): void {
    this.open = false;
    this.forget();
    this.port.wire.send({ type: "endFind" });
    this.port.changed();
  }

  /** Searches for a new query, from the first step on. */
  change(query: Partial<Query>): void {
    this.query = { ...this.query, ...query };
    this.begin();
  }

  setMode(mode: Mode): void {
    this.mode = mode;
    this.port.changed();
  }

  /** Stops the search; the matches found so far are kept. */
  cancel(): void {
    this.state = "cancelled";
    this.port.changed();
  }

  /** Continues a cancelled search. */
  resume(): void {
    void this.search();
    this.port.changed();
  }

  /** Whether a row matches, judged by the row alone: it has only the beginning of the step's output. */
  marks(row: Row): boolean {
    return this.isActive && matches(this.query, row, row.output);
  }

  /** Called with each view: the search continues as the run gets longer. */
  viewed({ head }: View): void {
    if (!this.isActive) return;
    if (this.state === "resting" && this.found && !this.found.cut && head > this.found.done) void this.search();
    this.matches.moved();
  }

  /** Repeats the search in another run. */
  restart(): void {
    if (this.open) this.begin();
  }

  /** Removes the task filter: its tasks are no longer shown, and other tasks now have the same numbers. */
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

  /** Asks the host once to continue. A reply that arrives after the search was cancelled or replaced is ignored. */
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
