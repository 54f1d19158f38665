/** What the kinds of warnings mean, in words. */
import type { Warning, Warnings } from "../../protocol/warnings";
import { grouped } from "../text/format";

export const explanations: Record<Warning["kind"], string> = {
  starvation: "A task could run all the time, and others were picked instead.",
  livelock: "Tasks run, and nothing changes that can be seen.",
  "busy-wait": "A task waits by asking again and again.",
  hog: "A slice is so long that it is noticed, while others could run.",
  "held-at-end": "A task is over and still holds a lock.",
  "lost-waker": "A task waits, and whoever could wake it is over.",
  "unhandled-rejection": "A promise was rejected, and nobody handles it.",
  "foreign-yield": "A task yields what only the scheduler of another library serves.",
};

/** How many there are. */
export function noteOf({ list, more, silenced }: Warnings): string {
  const count = list.length + more;
  return count === 0 ? `none but ${grouped(silenced)} silenced` : grouped(count);
}
