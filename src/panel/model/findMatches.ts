/**
 * The matches of the current search: the rows that are cached, which of them is at the cursor, and how to go from one to the
 * next. Positions among the matches count from 0.
 */
import { type Found, type Match, maxMatchRows, type Toward } from "../../protocol/find";
import type { Row } from "../../protocol/panel";
import { RowCache } from "./rows";
import type { Wire } from "./wire";

/** Questions for rows in flight at once. */
const maxAsking = 4;

/** What the search needs of the panel. */
export interface FindingPort {
  readonly wire: Pick<Wire, "ask" | "send">;
  /** The step that is shown. */
  cursor(): number;
  select(step: number): void;
  /** Something is to be drawn again. */
  changed(): void;
  report(message: string): void;
}

/** The search that they are of. */
export interface SearchSoFar {
  readonly number: number;
  readonly found: Found | undefined;
  readonly isGoingOn: boolean;
}

export class FindMatches {
  private readonly rows = new RowCache();
  /** The match that was gone to, or the first one from the cursor on. */
  private match: Match | undefined;
  /** Where the user wants to go as soon as there is a match. */
  private wish: "next" | "previous" | undefined;
  /** The step for which the match was asked for. */
  private located = -1;
  /** A step that was gone to and is not shown yet, and the step that was shown. */
  private ahead: { readonly step: number; readonly cursor: number } | undefined;
  private going: Promise<void> = Promise.resolve();
  private asking = 0;

  constructor(
    private readonly port: FindingPort,
    private readonly search: SearchSoFar,
  ) {}

  get count(): number {
    return this.search.found?.count ?? 0;
  }

  /** The place of the step at the cursor, if it is known to be a match. */
  get current(): number | undefined {
    return this.match?.step === this.port.cursor() ? this.match.index : undefined;
  }

  /** The place of the match at the cursor, of the first one after it, or of the last; undefined while that is not known. */
  get nearest(): number | undefined {
    const last = this.located >= 0 && this.count > 0 ? this.count - 1 : undefined;
    return this.match?.index ?? last;
  }

  /** The row of a match, if it is here. */
  row(index: number): Row | undefined {
    return this.rows.get(index + 1);
  }

  /** Asks for what of these matches is missing, up to but without `to`. */
  need(from: number, to: number): void {
    if (this.asking >= maxAsking) return;
    for (const window of this.rows.take(from + 1, to, this.count)) void this.ask(window.from - 1, window.count);
  }

  /** Goes to a match by its place, or to the nearest that there is. */
  select(index: number): Promise<void> {
    return this.inTurn(() => this.selectNow(index));
  }

  /** Goes so many matches on from the cursor. */
  move(by: number): Promise<void> {
    return this.inTurn(() => {
      const { nearest = 0 } = this;
      // Between two matches, the one after the cursor is one away in either direction.
      const isBetween = this.located !== this.match?.step && by > 0;
      return this.selectNow(nearest + (isBetween ? by - 1 : by));
    });
  }

  /** Goes to the next match or the previous one. */
  go(toward: "next" | "previous"): Promise<void> {
    return this.inTurn(() => this.goNow(toward));
  }

  /** There are more matches than before, or all are known. */
  grew(): void {
    const { wish } = this;
    if (!this.search.isGoingOn) this.wish = undefined;
    if (wish) void this.go(wish);
    this.locate();
  }

  /** Another step is shown. */
  moved(): void {
    if (this.ahead && this.port.cursor() !== this.ahead.cursor) this.ahead = undefined;
    this.locate();
  }

  /** Forgets everything: another search has other matches. */
  clear(): void {
    this.rows.clear();
    this.match = undefined;
    this.wish = undefined;
    this.ahead = undefined;
    this.located = -1;
  }

  /** What the user asks for one after the other happens in that order, and each begins where the one before led. */
  private inTurn(act: () => Promise<void>): Promise<void> {
    this.going = this.going.then(act);
    return this.going;
  }

  private async selectNow(index: number): Promise<void> {
    const place = Math.max(0, Math.min(index, this.count - 1));
    if (!this.row(place)) await this.ask(place, 1);
    const row = this.row(place);
    if (row) this.goTo({ index: place, step: row.step });
  }

  private async goNow(toward: "next" | "previous"): Promise<void> {
    if (!this.search.found) {
      if (this.search.isGoingOn) this.wish = toward;
      return;
    }
    const match = await this.matchFrom(this.ahead?.step ?? this.port.cursor(), toward);
    this.wish = match || !this.search.isGoingOn ? undefined : toward;
    if (match) this.goTo(match);
  }

  private goTo(match: Match): void {
    this.match = match;
    this.located = match.step;
    this.ahead = { step: match.step, cursor: this.port.cursor() };
    this.port.select(match.step);
    this.port.changed();
  }

  /** Finds out where the cursor is among the matches, once for each step and each growth of a list that was too short. */
  private locate(): void {
    const cursor = this.port.cursor();
    if (!this.search.found || this.ahead || cursor === this.located) return;
    this.located = cursor;
    void this.matchFrom(cursor, "from").then((match) => {
      if (this.located !== cursor) return;
      this.match = match;
      if (!match && this.search.isGoingOn) this.located = -1;
      this.port.changed();
    });
  }

  private async matchFrom(step: number, toward: Toward): Promise<Match | undefined> {
    const { number } = this.search;
    try {
      const { match } = await this.port.wire.ask("match", (id) => ({ type: "match", id, search: number, step, toward }));
      return number === this.search.number ? match : undefined;
    } catch (error) {
      if (number === this.search.number) this.port.report(`The matches cannot be told: ${textOf(error)}`);
      return undefined;
    }
  }

  private async ask(from: number, count: number): Promise<void> {
    const { number } = this.search;
    this.asking += 1;
    try {
      const most = Math.min(count, maxMatchRows);
      const answer = await this.port.wire.ask("rows", (id) => ({ type: "matches", id, search: number, from, count: most }));
      if (number === this.search.number) this.rows.putFrom(from + 1, answer.rows);
    } catch (error) {
      if (number === this.search.number) this.port.report(`Matches are missing: ${textOf(error)}`);
    } finally {
      this.asking -= 1;
      this.port.changed();
    }
  }
}

/** What an error says. */
export function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
