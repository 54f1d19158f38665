/**
 * The parts of an error that are captured: the errors that it refers to, and its properties. They are gone after its step, so
 * they are expanded before anybody asks.
 */
import type { Expansion } from "./seenRecord";

/** As the runners name them. */
const parts = new Set(["cause", "errors", "error", "suppressed", "args", "exceptions", "__cause__", "__context__"]);

/** The maximum number of values of one error that are expanded. */
const mostOpened = 24;

/**
 * Opens an error and its parts, level by level.
 *
 * @param handle the error's
 * @param expand gives the first children of a value
 * @returns the children, by the handles of what was opened
 */
export async function openParts(handle: number, expand: (handle: number) => Promise<Expansion>): Promise<Map<number, Expansion>> {
  const opened = new Map<number, Expansion>();
  for (let level = [handle]; level.length > 0 && opened.size < mostOpened; ) {
    const next: number[] = [];
    for (const each of level.slice(0, mostOpened - opened.size)) {
      const expansion = await expand(each);
      opened.set(each, expansion);
      for (const { name, value } of expansion.properties) {
        if (value.handle !== undefined && (parts.has(name) || /^\d+$/.test(name))) next.push(value.handle);
      }
    }
    level = next;
  }
  return opened;
}
