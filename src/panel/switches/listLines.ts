/**
 * The lines of the list of switches: all steps, or those that match. Lines count from 0.
 */
import type { Row } from "../../protocol/panel";
import type { Store } from "../model/store";

export interface Lines {
  readonly total: number;
  /** The line of the cursor, or the nearest to it: the one to be kept in sight. -1 for none. */
  readonly current: number;
  /** What is known of a line. */
  row(line: number): Row | undefined;
  /** The step of a line, if it is known. */
  step(line: number): number | undefined;
  /** Asks for what of these lines is missing, up to but without `to`. */
  need(from: number, to: number): void;
  /** Puts the cursor on a line, or on the nearest that there is. */
  select(line: number): void;
  /** Puts the cursor so many lines further, or back. */
  move(by: number): void;
  /** Puts the cursor on the last. */
  toEnd(): void;
}

/** The lines that are listed now. */
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
    move: (by) => store.select(store.cursor + by),
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
