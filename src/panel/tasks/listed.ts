/**
 * Which tasks are listed. A program may have tens of thousands: those that have not ended are listed first, and then the latest of the others.
 */
import { isOver } from "../../core/task";
import type { TaskRow } from "../../protocol/panel";
import { grouped } from "../text/format";

/** The maximum number of rows. */
const mostRows = 5_000;

export interface Listed {
  /** In the order of their numbers. */
  readonly tasks: readonly TaskRow[];
  /** What is said of the others; undefined if there are none. */
  readonly rest: string | undefined;
}

export function listedOf(all: readonly TaskRow[]): Listed {
  if (all.length <= mostRows) return { tasks: all, rest: undefined };
  const going = all.filter(({ state }) => !isOver(state));
  const over = all.filter(({ state }) => isOver(state));
  const listed = new Set([
    ...going.slice(-mostRows),
    ...over.slice(Math.max(0, over.length - Math.max(0, mostRows - going.length))),
  ]);
  const more = grouped(all.length - listed.size);
  const rest =
    going.length > mostRows ? `${more} more tasks are not listed.` : `${more} more tasks, which have ended, are not listed.`;
  return { tasks: all.filter((task) => listed.has(task)), rest };
}
