/**
 * Virtual time at the beginning of a schedule's text: `virtual-time:step=1,seed=7; `. Without it, a schedule is replayed under the time that
 * the session has. `timeReader.ts` reads it.
 */
import type { VirtualTime } from "../virtualTime";

/** Whether a text begins with virtual time. A policy of that name has to be quoted. */
export function beginsWithTime(text: string): boolean {
  return /^virtual-time\s*[:;]/.test(text);
}

export function timeText({ virtual, seed }: VirtualTime): string {
  return `virtual-time:step=${virtual},seed=${seed}`;
}
