/**
 * How numbers, places and steps are worded: the same for what is drawn and what a screen reader says.
 */
import type { Row, TaskRow, View } from "../../protocol/panel";
import { oneLine } from "./text";

/** A place in the source, as far as it is shown. */
export type Place = TaskRow["stack"][number];

/** A view, with the names of all tasks that were seen: at a past step the view has only those that were there. */
export interface Shown extends View {
  readonly names: ReadonlyMap<number, string>;
  /** The names of all resources that were seen in this run: a notice names some that nobody waits for at a past step. */
  readonly resources: ReadonlyMap<number, string>;
  /** Another number where other tasks are shown: what was remembered of those before is no use for them. */
  readonly session: number;
}

/** `1,204,331`. */
export function grouped(count: number): string {
  return count.toLocaleString("en-US");
}

/** Microseconds in the unit in which they are short. */
export function duration(micros: number): string {
  if (micros < 1_000) return `${micros < 10 ? trim(micros) : Math.round(micros)} µs`;
  return milliseconds(micros);
}

/** Microseconds as milliseconds or seconds: a column of totals that can be compared. */
export function milliseconds(micros: number): string {
  return micros < 1_000_000 ? `${(micros / 1_000).toFixed(2)} ms` : `${(micros / 1_000_000).toFixed(2)} s`;
}

/** Steps a second. */
export function rate(perSecond: number): string {
  if (perSecond >= 1e6) return `${(perSecond / 1e6).toFixed(1)} M steps/s`;
  if (perSecond >= 1e4) return `${Math.round(perSecond / 1e3)} k steps/s`;
  return `${grouped(Math.round(perSecond))} steps/s`;
}

function trim(value: number): string {
  return String(Number(value.toFixed(1)));
}

/** The last part of a path of either kind. */
export function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}

/** `33:5`, with the file's name where it is not the session's own. */
export function place(point: Omit<Place, "function">, file: string): string {
  const position = `${point.line}:${point.column}`;
  return baseName(point.file) === baseName(file) ? position : `${oneLine(baseName(point.file))}:${position}`;
}

/** The verb of a step. */
export function verb(event: Row["event"]): string {
  return event === "closed" ? "was closed" : event;
}

/** The name of a task. */
export function taskName(view: Shown, id: number): string {
  return oneLine(view.names.get(id) ?? `task ${id}`);
}

/** The class that carries a task's colour. */
export function colour(id: number): string {
  return `task${(id % 12) + 1}`;
}

/** Whether the cursor is at the head. */
export function isLive(view: View): boolean {
  return view.cursor === view.head;
}
