/**
 * How a change of a watch was searched for, in words.
 */
import type { ChangePlace } from "../seen/navigation";
import type { RunRecord } from "../seen/runRecord";
import type { WatchEntry } from "../seen/watchEntry";
import { type ChangeFound, textOf } from "../seen/watchLog";

type Searched = Pick<RunRecord, "tasks" | "watched">;

/**
 * A note for the user on how complete a search for a change was, or that there is none. Undefined if the result is complete.
 *
 * @param here the watch where the search began, if it was evaluated there
 */
export function changeNote(
  run: Searched,
  place: ChangePlace,
  { step, unknown }: ChangeFound,
  here: WatchEntry | undefined,
): string | undefined {
  const looked = unknown && `It was not evaluated at every step from ${numbered(unknown.from)} to ${numbered(unknown.to)}`;
  if (step !== undefined) return unknown && `${looked}: it may have changed there as well.`;
  const where = place === "previousChange" ? "before" : "after";
  const whose = here ? whoseFrame(run, here) : "";
  if (looked) return `No change${whose} ${where} this step is known. ${looked}.`;
  if (!here || textOf(here) !== undefined) return `It did not change${whose} ${where} this step.`;
  return `It had no value ${where} this step either. If it refers to another task's local variables, go to a step of that task first.`;
}

/** In whose frame a watch was evaluated; empty for that of a module. */
function whoseFrame({ tasks, watched }: Searched, entry: WatchEntry): string {
  const { task, driver } = watched.variableOf(entry);
  if (driver) return ` in the frame of ${driver.function}`;
  const name = tasks[task ?? -1]?.name;
  return name === undefined ? "" : ` in "${name}"`;
}

function numbered(step: number): string {
  return step.toLocaleString("en");
}
