/**
 * What a search over orders has found, whether it was made here or was read from a trace file.
 */
import type { VirtualTime } from "../../core/virtualTime";
import type { SearchState } from "../../protocol/exploration";
import type { ExploredText } from "./exploredText";
import type { OutcomeReport } from "./report";
import type { Exploring } from "./searchState";

/** What is asked of a program, as far as a test repeats it. */
export interface Tested {
  /** The absolute path of the user's file. */
  readonly file: string;
  readonly calls: readonly string[];
  readonly check?: string | undefined;
  readonly invariant?: string | undefined;
  readonly until: "first" | "all";
}

export type Outdated = SearchState["outdated"];

export interface Found {
  readonly tested: Tested;
  /** The time under which the orders ran. */
  readonly time: VirtualTime;
  readonly text: ExploredText;
  /** The search itself, if it was made here. */
  readonly live?: Exploring;
  /** What the panel shows. @param outdated what has changed since the search began */
  state(outdated: Outdated): SearchState;
  /** The objects to be saved with the trace; the same list until something changes. Empty if nothing was tried yet. */
  objects(outdated: Outdated): readonly object[];
  /** The report of an outcome; undefined if there is none with this number. */
  outcome(id: number): OutcomeReport | undefined;
}
