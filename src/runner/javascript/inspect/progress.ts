/**
 * How far a generator has run. The engine calls a generator "suspended" even if it was never resumed. Its position shows the
 * difference.
 */
import { types } from "node:util";
import { type CodeLocation, locationOf, reflect, sourceOf } from "../engine/inspector";
import { Thread } from "../load/threads/thread";
import type { SuspendedFrame } from "./frames";

export type Progress = "created" | "suspended" | "running" | "over";

/**
 * How far a task's generator has run; undefined for another kind of iterator, for which it is unknown.
 *
 * @param frame its own frame, if it is suspended and in the user's files
 */
export function progressOf(iterator: object, frame: SuspendedFrame | undefined): Progress | undefined {
  if (iterator instanceof Thread) return iterator.hasBegun ? "suspended" : "created";
  if (frame) return frame.begun ? "suspended" : "created";
  return types.isGeneratorObject(iterator) ? progressAnywhere(iterator) : undefined;
}

/** For code without marks. A generator that was never resumed is suspended at its parameters or before its body, not at a `yield`. */
function progressAnywhere(generator: object): Progress {
  const { state, location, fn } = reflect(generator);
  if (state !== "suspended") return state === "running" ? "running" : "over";
  if (!location || !fn || isSamePlace(location, locationOf(fn))) return "created";
  return isAtYield(location) ? "suspended" : "created";
}

function isSamePlace(one: CodeLocation, other: CodeLocation | undefined): boolean {
  return one.lineNumber === other?.lineNumber && one.columnNumber === other.columnNumber;
}

function isAtYield({ scriptId, lineNumber, columnNumber }: CodeLocation): boolean {
  const line = sourceOf(scriptId).split(/\r\n|[\n\r\u2028\u2029]/)[lineNumber] ?? "";
  return line.startsWith("yield", columnNumber);
}
