/** Explanations of the kinds of warnings. */
import type { Warning, Warnings } from "../../protocol/warnings";
import { grouped } from "../text/format";

export const explanations: Record<Warning["kind"], string> = {
  starvation: "A task was always ready, but others were picked instead.",
  livelock: "Tasks run, but nothing observable changes.",
  "busy-wait": "A task seems to poll instead of waiting.",
  hog: "A slice is noticeably long while other tasks are ready.",
  "held-at-end": "A task has ended and still holds a mutex.",
  "lost-waker": "A task waits and will never be woken.",
  "unhandled-rejection": "A promise was rejected without a handler.",
  "foreign-yield": "A task yielded a value that only the scheduler of another library serves.",
};

/** The count of warnings next to the section's title. */
export function noteOf({ list, more, silenced }: Warnings): string {
  const count = list.length + more;
  return count === 0 ? `${grouped(silenced)} silenced` : grouped(count);
}
