/**
 * The lines of the list of switches: all steps, or those that match the search. Lines count from 0.
 */
import type { Row } from "../../protocol/panel";
import type { Store } from "../model/store";

export interface Lines {
  readonly total: number;
  /** The line of the cursor or the nearest one, which is kept in view; -1 if there is none. */
  readonly current: number;
  /** The cached row of a line. */
  row(line: number): Row | undefined;
  /** The step of a line, if it is known. */
  step(line: number): number | undefined;
  /** Requests the missing rows of these lines, `to` excluded. */
  need(from: number, to: number): void;
  /** Moves the cursor to a line, or to the nearest existing one. */
  select(line: number): void;
  /** Moves the cursor by a number of lines; negative numbers move it back. */
  move(by: number): void;
  /** Moves the cursor to the last line. */
  toEnd(): void;
}

/** The lines of the current list. */
export function linesOf(store: Store): Lines {
  return store.finding.isFiltering ? matchingSteps(store) : allSteps(store);
}

function allSteps(store: Store): Lines {
  return {
    total: store.head,
    current: store.cursor - 1,
    row: (line) => store.row(line + 1),
    step: (line) => line + 1,
    need: (from, to) => store.need(from + 1, to),
    select: (line) => store.select(line + 1),
    move: (by) => store.move(by),
    toEnd: () => store.command("toHead"),
  };
}

function matchingSteps({ finding: { matches } }: Store): Lines {
  return {
    total: matches.count,
    current: matches.nearest ?? -1,
    row: (line) => matches.row(line),
    step: (line) => matches.row(line)?.step,
    need: (from, to) => matches.need(from, to),
    select: (line) => void matches.select(line),
    move: (by) => void matches.move(by),
    toEnd: () => void matches.select(matches.count - 1),
  };
}
