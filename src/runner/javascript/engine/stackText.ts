/**
 * The stack of an error as text. The engine creates the text when it is first read, and would call the user's
 * `Error.prepareStackTrace`, and getters of the error for its first line. Here neither is run.
 */
import { isError } from "./errors";
import { apply, defineProperty, deleteProperty, getOwnPropertyDescriptor } from "./intrinsics";
import { className, inheritedData } from "./names";

const TheError = Error;
const longest = 20_000;

/** In newer versions of V8 the stack is an accessor, the same one for all errors. */
const nativeGetter = getOwnPropertyDescriptor(new Error(), "stack")?.get;

/** Empty where there is none, or it is not to be had without running code of the user's. */
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

/** As the engine writes it; the program may read it later. */
function written(error: object, sites: readonly unknown[]): string {
  return [headOf(error), ...sites.map((site) => `    at ${site}`)].join("\n");
}

function headOf(error: object): string {
  const named = inheritedData(error, "name");
  const name = typeof named === "string" ? named : (className(error) ?? "Error");
  const message = inheritedData(error, "message");
  return typeof message === "string" && message !== "" ? `${name}: ${message}` : name;
}
