/**
 * The stack of an error as text. The engine creates the text when it is first read, and then calls the user's
 * `Error.prepareStackTrace`, and getters of the error for the first line. This module avoids both.
 */
import { isError } from "./errors";
import { apply, defineProperty, deleteProperty, getOwnPropertyDescriptor } from "./intrinsics";
import { className, inheritedData } from "./names";
import { atSource } from "./sourceColumns";
import { visibleFrames } from "./stackTraces";

const TheError = Error;
const longest = 20_000;

/** In newer versions of V8, the stack is an accessor, which is the same for all errors. */
const nativeGetter = getOwnPropertyDescriptor(new Error(), "stack")?.get;

/** The stack; empty if there is none, or if reading it would run user code. */
export function stackText(error: unknown): string {
  if (!isError(error) || globalThis.Error !== TheError) return "";
  const own = getOwnPropertyDescriptor(TheError, "prepareStackTrace");
  if (own && !own.configurable) return "";
  defineProperty(TheError, "prepareStackTrace", { value: written, configurable: true, writable: true });
  try {
    const stack = getOwnPropertyDescriptor(error, "stack");
    const text: unknown = stack?.get ? stack.get === nativeGetter && apply(stack.get, error, []) : stack?.value;
    return typeof text === "string" ? text.slice(0, longest) : "";
  } finally {
    if (own) defineProperty(TheError, "prepareStackTrace", own);
    else deleteProperty(TheError, "prepareStackTrace");
  }
}

/** The stack as the engine formats it. The result is also what the program reads later. */
function written(error: object, sites: readonly NodeJS.CallSite[]): string {
  return [headOf(error), ...visibleFrames(sites).map((site) => `    at ${atSource(site)}`)].join("\n");
}

function headOf(error: object): string {
  const named = inheritedData(error, "name");
  const name = typeof named === "string" ? named : (className(error) ?? "Error");
  const message = inheritedData(error, "message");
  return typeof message === "string" && message !== "" ? `${name}: ${message}` : name;
}
