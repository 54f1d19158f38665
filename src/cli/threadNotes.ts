/**
 * What is said of a program that was loaded for threads.
 */
import { basename } from "node:path";
import type { Session } from "../session/session";

/** How many functions are named. */
const mostNamed = 10;

/** Says within what threads cannot be switched, and which threads run free. */
export function noteThreads({ run: { atomic, free } }: Session, warn: (message: string) => void): void {
  if (atomic.length > 0) {
    const named = atomic
      .slice(0, mostNamed)
      .map(({ function: name, file, line, why }) => `  ${name} (${basename(file)}:${line}): ${why}`);
    const more = atomic.length > mostNamed ? [`  and ${atomic.length - mostNamed} more`] : [];
    warn(["A thread runs these to their ends once it has begun them:", ...named, ...more].join("\n"));
  }
  if (free.length > 0)
    warn(`Threads that the program started while it was loaded run free: ${free.join(", ")}. What they do is no step.`);
}
