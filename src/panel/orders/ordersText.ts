/**
 * A search over orders in words.
 */
import type { OutcomeRow, SearchState } from "../../protocol/exploration";
import { grouped, type Shown } from "../text/format";
import { oneLine } from "../text/text";

export function isUnderWay({ status }: SearchState): boolean {
  return status === "searching" || status === "paused" || status === "explaining";
}

/** How many orders: `20 orders`, `1 class of orders`. */
export function ordersText({ tried, countsClasses }: Pick<SearchState, "tried" | "countsClasses">): string {
  const many = tried === 1 ? "" : countsClasses ? "es" : "s";
  return `${grouped(tried)} ${countsClasses ? `class${many} of orders` : `order${many}`}`;
}

/** For the heading. */
export function noteOf(search: SearchState): string {
  const { status, failing } = search;
  if (status === "failed") return "failed";
  const failed = failing > 0 ? `, ${countOf(failing, "outcome")} failing` : "";
  const state = status === "searching" || status === "over" || status === "explaining" ? "" : `${status}, `;
  return `${state}${ordersText(search)}${failed}`;
}

/** Said of the outcomes of a session that the window's reload has ended. */
const foundBefore = "Found before the window was reloaded.";

/** What screen readers are told: how the search stands, but not each order. @param recorded where it is read from, if it does not run here */
export function announced(search: SearchState, recorded: Shown["recorded"]): string {
  return [standing(search, recorded), outdatedText(search, recorded === "file")].filter(Boolean).join(" ");
}

function standing(search: SearchState, recorded: Shown["recorded"]): string {
  const { status, says, outcomes, more, failing, problem, restored } = search;
  const found = `${oneLine(says[0] ?? "")} ${countOf(outcomes.length + more, "outcome")}, ${failing === 0 ? "none" : grouped(failing)} failing.`;
  if (restored) return `${foundBefore} ${found}`;
  if (recorded) return `Outcomes that were saved with the trace. ${found}`;
  switch (status) {
    case "searching":
      return "Exploring.";
    case "explaining":
      return "The search is over; explaining what was found.";
    case "paused":
      return "Exploring is paused.";
    case "failed":
      return oneLine(problem ?? "Exploring failed.");
    case "cancelled":
    case "over":
      return `${status === "over" ? "Exploring is over" : "Exploring was cancelled"}. ${found}`;
  }
}

/** Where outcomes come from that were not found just now. */
export function askedText({ calls, check, invariant, strategy, restored }: SearchState): string {
  const asked = [
    ...(restored ? [foundBefore] : []),
    `Explored: ${calls.map(oneLine).join(", ")}.`,
    ...(check === undefined ? [] : [`Check: ${oneLine(check)}.`]),
    ...(invariant === undefined ? [] : [`Invariant: ${oneLine(invariant)}.`]),
    ...(strategy === undefined ? [] : [`Strategy: ${strategy}.`]),
  ];
  return asked.join(" ");
}

/**
 * What outcomes are of, if not of the program that there is now.
 *
 * @param isRecorded whether the search is in a trace file, so that nothing can be explored again
 */
export function outdatedText({ calls, outdated, outcomes }: SearchState, isRecorded: boolean): string | undefined {
  if (!outdated || outcomes.length === 0) return undefined;
  if (outdated === "file") return `These outcomes are of an earlier text of the file.${isRecorded ? "" : " Explore again."}`;
  return `These outcomes are of other tasks than the ${isRecorded ? "trace has" : "session has now"}: ${calls.map(oneLine).join(", ")}.`;
}

/** `60 %`; a share that is not all and not nothing is never rounded to that. */
export function percents(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 1) return "< 1 %";
  if (percent > 99 && percent < 100) return "> 99 %";
  return `${Math.round(percent)} %`;
}

/** How calm the witness is. */
export function calmText({ deviations, switches, steps }: OutcomeRow): string {
  const calm = [...(deviations === undefined ? [] : [countOf(deviations, "deviation")]), countOf(switches, "switch", "es")];
  return `${calm.join(", ")} in ${countOf(steps, "step")}`;
}

function countOf(count: number, noun: string, plural = "s"): string {
  return `${grouped(count)} ${noun}${count === 1 ? "" : plural}`;
}
