/**
 * Recognizes errors: the language's own, and the platform's `DOMException`, whose name and message can only be read through its
 * getters. The getters are captured before the user's code is loaded.
 */
import { types } from "node:util";
import { apply, getPrototypeOf, getterOf, isProxy } from "./intrinsics";
import { className, inheritedData, ownData } from "./names";

const platform = DOMException.prototype;
const platformName = getterOf(platform, "name");
const platformMessage = getterOf(platform, "message");
const mostPrototypes = 10;

/** Whether a value is an error. Never triggers a proxy trap. */
export function isError(value: unknown): value is object {
  return types.isNativeError(value) || isPlatformError(value);
}

/** The message of an error; undefined if it is not an error, or if reading it would run user code. */
export function errorMessage(error: object): string | undefined {
  return text(isPlatformError(error) ? told(platformMessage, error) : ownData(error, "message"));
}

/** The name of an error, or else the name of its class. */
export function errorName(error: object): string {
  const named = isPlatformError(error) ? told(platformName, error) : inheritedData(error, "name");
  return (named === "Error" ? undefined : text(named)) ?? className(error) ?? "Error";
}

function isPlatformError(value: unknown): boolean {
  if (typeof value !== "object" || value === null || isProxy(value)) return false;
  let prototype = getPrototypeOf(value);
  for (let depth = 0; prototype && depth < mostPrototypes && !isProxy(prototype); depth += 1) {
    if (prototype === platform) return told(platformName, value) !== undefined;
    prototype = getPrototypeOf(prototype);
  }
  return false;
}

/** Applies a getter. It throws for an object that only has the prototype, which then has no value. */
function told(getter: (this: unknown) => unknown, error: unknown): unknown {
  try {
    return apply(getter, error, []);
  } catch {
    return undefined;
  }
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
