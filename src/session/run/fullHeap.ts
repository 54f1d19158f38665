/** Recognizes the end of a process that had no memory left. */
import type { OutputLog } from "../seen/outputLog";

/** What V8 prints before it aborts its process. */
const fullHeap = /JavaScript heap out of memory/;

/** Says that the process had no memory left for JavaScript objects, if that is how its output ends. */
export function fullHeapIn({ entries }: OutputLog): string | undefined {
  const isFull = entries.slice(-2).some(({ stream, text }) => stream === "stderr" && fullHeap.test(text));
  return isFull ? "Its JavaScript heap was full." : undefined;
}
