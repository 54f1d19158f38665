/** Makes the reads and writes of the user's code visible. */
import type { Tracking } from "../closures";
import type { Touches } from "../touches";
import { namesOf } from "./bindings";
import { hook, hooksFor } from "./hooks";
import { Rewriting } from "./rewriting";

/** The names by which changed code refers to what it is passed. */
export const trackingNames = Object.values(hook)
  .map((name) => `, ${name}`)
  .join("");

/**
 * @param touches is told of all reads and writes
 * @param isKnown whether a function of a package tells by itself what it does
 */
export function trackingBy(
  touches: Touches,
  isKnown: (fn: object) => boolean,
): { readonly track: Tracking; readonly passed: readonly unknown[] } {
  const track: Tracking = (program) => {
    new Rewriting(touches, namesOf(program, touches)).rewriteProgram(program.node);
    (program.scope as unknown as { crawl(): void }).crawl();
  };
  return { track, passed: hooksFor(touches, isKnown) };
}
