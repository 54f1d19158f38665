/**
 * How far a generator has run. The engine says "suspended" even of one that was never resumed; its position tells the two
 * apart.
 */
import { types } from "node:util";
import { type CodeLocation, locationOf, reflect, sourceOf } from "../engine/inspector";
import type { SuspendedFrame } from "./frames";

export type Progress = "created" | "suspended" | "running" | "over";

/**
 * How far the generator of a task is; undefined for another iterator, of which nobody can tell.
 *
 * @param frame its own, where it is suspended and of the user's files
 */
export function progressOf(iterator: object, frame: SuspendedFrame | undefined): Progress | undefined {
  if (frame) return frame.begun ? "suspended" : "created";
  return types.isGeneratorObject(iterator) ? progressAnywhere(iterator) : undefined;
}

/** For code without marks. Before its first slice a generator is suspended at its parameters or before its body, later at a `yield`. */
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
