/**
 * Captures the parts of an error: the errors that it refers to, and its properties. They can no longer be read after the step, so
 * they are expanded immediately.
 */
import type { Expansion } from "./seenRecord";

/** The names that the runners give to these parts. */
const parts = new Set(["cause", "errors", "error", "suppressed", "args", "exceptions", "__cause__", "__context__"]);

/** The maximum number of values of one error that are expanded. */
const mostOpened = 24;

/**
 * Expands an error and its parts, level by level.
 *
 * @param handle the error's handle
 * @param expand returns the first children of a value
 * @returns the children by handle
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
