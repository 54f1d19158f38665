/**
 * Formats numbers, places and steps, both for display and for screen readers.
 */
import type { Row, TaskRow, View } from "../../protocol/panel";
import { oneLine } from "./text";

/** A place in the source, with what the panel shows of it. */
export type Place = TaskRow["stack"][number];

/** A view with the names of all tasks seen so far. The view of a past step has only the tasks that existed then. */
export interface Shown extends View {
  readonly names: ReadonlyMap<number, string>;
  /** The names of all resources seen in this run. A notice may name a resource that no task waits for at a past step. */
  readonly resources: ReadonlyMap<number, string>;
  /** Changes when other tasks are shown, because state remembered for the previous ones no longer applies. */
  readonly session: number;
}

/** Formats a count with separators, for example `1,204,331`. */
export function grouped(count: number): string {
  return count.toLocaleString("en-US");
}

/** Formats microseconds in a unit that keeps the number short. */
export function duration(micros: number): string {
  if (micros < 1_000) return `${micros < 10 ? trim(micros) : Math.round(micros)} µs`;
  return milliseconds(micros);
}

/** Formats microseconds as milliseconds or seconds, so that totals in a column can be compared. */
export function milliseconds(micros: number): string {
  return micros < 1_000_000 ? `${(micros / 1_000).toFixed(2)} ms` : `${(micros / 1_000_000).toFixed(2)} s`;
}

/** Formats a rate in steps per second. */
export function rate(perSecond: number): string {
  if (perSecond >= 1e6) return `${(perSecond / 1e6).toFixed(1)} M steps/s`;
  if (perSecond >= 1e4) return `${Math.round(perSecond / 1e3)} k steps/s`;
  return `${grouped(Math.round(perSecond))} steps/s`;
}

function trim(value: number): string {
  return String(Number(value.toFixed(1)));
}

/** The last part of a path, with either kind of separator. */
export function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}

/** The line of a place with its column, if that is known: `33:5`. */
export function position({ line, column }: Omit<Place, "function">): string {
  return column > 0 ? `${line}:${column}` : String(line);
}

/** For example `33:5`, preceded by the file's name if it is not the session's own file. */
export function place(point: Omit<Place, "function">, file: string): string {
  return baseName(point.file) === baseName(file) ? position(point) : `${oneLine(baseName(point.file))}:${position(point)}`;
}

/** The verb that describes a step's event. A thread gives way at a switch point, whose words no value of a program looks like. */
export function verb({ event, value }: Pick<Row, "event" | "value">): string {
  if (event === "yielded" && value.startsWith("before ")) return "gave way";
  return event === "closed" ? "was closed" : event;
}

/** The name of a task. */
export function taskName(view: Shown, id: number): string {
  return oneLine(view.names.get(id) ?? `task ${id}`);
}

/** The CSS class for a task's colour. */
export function colour(id: number): string {
  return `task${(id % 12) + 1}`;
}

/** Where an observed program's own scheduler stands after the step that is shown: with its column if the frame was captured, otherwise 0. */
export function schedulerOf({ now, detail }: View): Place | undefined {
  const at = now?.resumedBy;
  const frame = detail?.step === now?.step ? detail?.resumedBy?.at(-1) : undefined;
  return at && { ...at, column: frame?.file === at.file && frame.line === at.line ? frame.column : 0 };
}

/** Why nobody else can decide who runs in an observed program. */
export const decidesItself = "This program decides itself who runs.";

/** Whether the cursor is at the head. */
export function isLive(view: View): boolean {
  return view.cursor === view.head;
}
