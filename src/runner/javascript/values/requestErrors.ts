/** The errors of requests, which are of classes that the program knows. */
import type { MessageKind } from "../../../core/waiting/messages";
import { weakMap } from "../engine/intrinsics";

/** The global symbol under which the package publishes its error classes, shared by all copies of it. */
const classes = Symbol.for("cotasks.errors");
const made = weakMap<true>();

type ErrorClass = new (message: string) => Error;

/** Makes an error of the program's own class for one of the engine's messages, or for a mistake that only this language has. */
export function requestError(kind: MessageKind | "awaited", message: string): Error {
  const known = (globalThis as Record<symbol, unknown>)[classes] as Record<string, ErrorClass | undefined> | undefined;
  const Class = (kind === "closedChannel" ? known?.ClosedError : known?.RequestError) ?? Error;
  const error = new Class(message);
  made.set(error, true);
  return error;
}

/** Whether `requestError` made an error. */
export function isRequestError(error: object): boolean {
  return made.has(error);
}
