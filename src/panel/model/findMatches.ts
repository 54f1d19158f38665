/**
 * The matches of the current search: the cached rows, the match at the cursor, and navigation from match to match. Positions among the
 * matches count from 0.
 */
import { type Found, type Match, maxMatchRows, type Toward } from "../../protocol/find";
import type { Row } from "../../protocol/panel";
import { RowCache } from "./rows";
import type { Wire } from "./wire";

/** The maximum number of row requests in flight. */
const maxAsking = 4;

/** What the matches need from the panel. */
export interface FindingPort {
  readonly wire: Pick<Wire, "ask" | "send">;
  /** The step that is shown. */
  cursor(): number;
  /** The step that the cursor moves to next, or the one where it is. */
  aim(): number;
  select(step: number): void;
  /** Requests a redraw. */
  changed(): void;
  report(message: string): void;
}

/** The search that the matches belong to. */
export interface SearchSoFar {
  readonly number: number;
  readonly found: Found | undefined;
  readonly isGoingOn: boolean;
}

export class FindMatches {
  private readonly rows = new RowCache();
  /** The current match, or the first one at or after the cursor. */
  private match: Match | undefined;
  /** Where to go as soon as a match is known. */
  private wish: "next" | "previous" | undefined;
  /** The step for which `match` was requested. */
  private located = -1;
  private going: Promise<void> = Promise.resolve();
  private asking = 0;

  constructor(
    private readonly port: FindingPort,
    private readonly search: SearchSoFar,
  ) {}

  get count(): number {
    return this.search.found?.count ?? 0;
  }

  /** The position of the step at the cursor among the matches, if it is known to be a match. */
  get current(): number | undefined {
    return this.match?.step === this.port.cursor() ? this.match.index : undefined;
  }

  /** The position of the match at the cursor, the next one after it, or the last one; undefined while it is not known. */
  get nearest(): number | undefined {
    const last = this.located >= 0 && this.count > 0 ? this.count - 1 : undefined;
    return this.match?.index ?? last;
  }

  /** The row of a match, if it is cached. */
  row(index: number): Row | undefined {
    return this.rows.get(index + 1);
  }

  /** Requests the missing rows of these matches, `to` excluded. */
  need(from: number, to: number): void {
    if (this.asking >= maxAsking) return;
    for (const window of this.rows.take(from + 1, to, this.count)) void this.ask(window.from - 1, window.count);
  }

  /** Goes to the match at a position, or to the nearest one. */
  select(index: number): Promise<void> {
    return this.inTurn(() => this.selectNow(index));
  }

  /** Moves by a number of matches from the cursor. */
  move(by: number): Promise<void> {
    return this.inTurn(() => {
      const { nearest = 0 } = this;
      // If the cursor is between two matches, `match` is the one after it, which is one step away in either direction.
      const isBetween = this.located !== this.match?.step && by > 0;
      return this.selectNow(nearest + (isBetween ? by - 1 : by));
    });
  }

  /** Goes to the next or the previous match. */
  go(toward: "next" | "previous"): Promise<void> {
    return this.inTurn(() => this.goNow(toward));
  }

  /** Called when there are more matches than before, or when all are known. */
  grew(): void {
    const { wish } = this;
    if (!this.search.isGoingOn) this.wish = undefined;
    if (wish) void this.go(wish);
    this.locate();
  }

  /** Called when another step is shown. */
  moved(): void {
    this.locate();
  }

  /** Clears everything: another search has other matches. */
  clear(): void {
    this.rows.clear();
    this.match = undefined;
    this.wish = undefined;
    this.located = -1;
  }

  /** Serializes the user's moves: each starts where the previous one ended. */
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
    const match = await this.matchFrom(this.port.aim(), toward);
    this.wish = match || !this.search.isGoingOn ? undefined : toward;
    if (match) this.goTo(match);
  }

  private goTo(match: Match): void {
    this.match = match;
    this.located = match.step;
    this.port.select(match.step);
    this.port.changed();
  }

  /** Finds the position of the cursor among the matches: once per step, and again when a list that was too short has grown. */
  private locate(): void {
    const cursor = this.port.cursor();
    if (!this.search.found || cursor !== this.port.aim() || cursor === this.located) return;
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
      if (number === this.search.number) this.port.report(`The matches cannot be located: ${textOf(error)}`);
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

/** The message of an error. */
export function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
