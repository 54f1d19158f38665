/** The errors that requests throw in tasks. */
import type { MessageKind } from "../../../core/waiting/messages";
import { defineProperty, weakMap } from "../engine/intrinsics";
import type { PointTable } from "../load/pointMarks";
import { placeThrow } from "../load/pointMarks";
import { frameText } from "../values/failures";

/** The classes of errors, where the package has left them for all its copies. */
const classes = Symbol.for("cotasks.errors");
const made = weakMap<true>();

type ErrorClass = new (message: string) => Error;

/** The program's own error for one of the engine's messages. */
export function requestError(kind: MessageKind, message: string): Error {
  const known = (globalThis as Record<symbol, unknown>)[classes] as Record<string, ErrorClass | undefined> | undefined;
  const Class = (kind === "closedChannel" ? known?.ClosedError : known?.RequestError) ?? Error;
  const error = new Class(message);
  made.set(error, true);
  return error;
}

/** An error that was made for a task is about to be thrown where the task is suspended: its stack says so. */
export function placeAt(error: unknown, point: number, points: PointTable): void {
  if (typeof error !== "object" || error === null || !made.has(error)) return;
  const at = points.get(point);
  if (!at) return;
  const { name, message } = error as Error;
  placeThrow(error, at);
  defineProperty(error, "stack", { value: `${name}: ${message}\n${frameText(at)}`, writable: true, configurable: true });
}
