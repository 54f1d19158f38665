/**
 * The points of the graph of states in words.
 */
import type { PlacedTask, ShownStates } from "../../../protocol/exploration";
import { grouped, place } from "../../text/format";
import { oneLine } from "../../text/text";

export type Point = ShownStates["points"][number];

/** How a point is drawn, by what is said of it. */
export type Kind = "good" | "open" | "failing" | "last-chance" | "good-end" | "failing-end";

export function kindOf({ end, fate, isLastChance }: Point): Kind {
  if (end) return fate === "failing" ? "failing-end" : "good-end";
  return isLastChance ? "last-chance" : fate;
}

/** What a kind of point means, for the legend and for its own text. */
export const meanings: Readonly<Record<Kind, string>> = {
  open: "Some orders fail from here, others do not",
  "last-chance": "Point of no return: the next step may decide that every order fails",
  failing: "Every order fails from here",
  good: "No order fails from here",
  "failing-end": "The end of orders that fail",
  "good-end": "The end of orders that do not fail",
};

/** All about a point, one sentence per line. @param file the session's file */
export function pointText(point: Point, file: string): string {
  const { steps, tasks, end } = point;
  const when = steps === 0 ? "Before the first step" : `After ${grouped(steps)} step${steps === 1 ? "" : "s"}`;
  const where = `${when}: ${tasks.map((task) => `${oneLine(task.name)} ${placeText(task, file)}`).join(", ")}.`;
  return `${where}\n${end ? endText(end, point.fate) : meanings[kindOf(point)]}.`;
}

/** Where a task is: `at 5:3`, `waiting at 5:3`, `not started`, `over`. */
export function placeText({ is, point }: PlacedTask, file: string): string {
  if (is === "over") return "over";
  if (is === "created") return "not started";
  const at = point ? `at ${place(point, file)}` : "at an unknown place";
  return is === "blocked" ? `waiting ${at}` : at;
}

/** How orders end at a point. */
export function endText({ text, orders }: NonNullable<Point["end"]>, fate: Point["fate"]): string {
  const many = orders === 1 ? "1 order ends here" : `${grouped(orders)} orders end here`;
  const fails = orders === 1 ? " and fails" : " and fail";
  return `${many}${fate === "failing" ? fails : ""}: ${oneLine(text)}`;
}
