/** The errors that requests throw in tasks. */
import type { MessageKind } from "../../../core/waiting/messages";
import { isError } from "../engine/errors";
import { defineProperty, weakMap } from "../engine/intrinsics";
import { type PointTable, placeThrow } from "../load/pointMarks";
import { frameText } from "../values/failures";

/** The global symbol under which the package publishes its error classes, shared by all copies of it. */
const classes = Symbol.for("cotasks.errors");
const made = weakMap<true>();

type ErrorClass = new (message: string) => Error;

/** Makes an error of the program's own class for one of the engine's messages. */
export function requestError(kind: MessageKind, message: string): Error {
  const known = (globalThis as Record<symbol, unknown>)[classes] as Record<string, ErrorClass | undefined> | undefined;
  const Class = (kind === "closedChannel" ? known?.ClosedError : known?.RequestError) ?? Error;
  const error = new Class(message);
  made.set(error, true);
  return error;
}

/** If an error without a place of its own is about to be thrown into a suspended task, gives it the place of the suspension. */
export function placeAt(thrown: unknown, point: number, points: PointTable): void {
  const at = points.get(point);
  if (!at) return;
  if (!isError(thrown)) placeThrow(thrown, at);
  else if (made.has(thrown)) {
    placeThrow(thrown, at);
    const { name, message } = thrown as Error;
    const value = `${name}: ${message}\n${frameText(at)}`;
    defineProperty(thrown, "stack", { value, writable: true, configurable: true });
  }
}
