/**
 * The conditions of a run at the beginning of a schedule's text: `threads; virtual-time:step=1,seed=7; `. Without them, a schedule is replayed
 * under those that the session has. `headReader.ts` reads them.
 */
import type { Conditions } from "../conditions";
import type { VirtualTime } from "../virtualTime";
import type { SwitchPoints } from "../ways";

/** Whether a text begins with virtual time. A policy of that name has to be quoted. */
export function beginsWithTime(text: string): boolean {
  return /^virtual-time\s*[:;]/.test(text);
}

/** Whether a text begins with threads. A policy of that name has to be quoted. */
export function beginsWithThreads(text: string): boolean {
  return /^threads\s*[:;]/.test(text);
}

/** Whether a text begins with the way of processes. A policy of that name has to be quoted. */
export function beginsWithProcesses(text: string): boolean {
  return /^processes\s*;/.test(text);
}

export function headText({ virtualTime, threads, processes }: Conditions): string {
  const way = processes ? ["processes"] : threads ? [threadsText(threads)] : [];
  return [...way, ...(virtualTime ? [timeText(virtualTime)] : [])].map((each) => `${each}; `).join("");
}

export function timeText({ virtual, seed }: VirtualTime): string {
  return `virtual-time:step=${virtual},seed=${seed}`;
}

/** Switch points at accesses are the usual ones. */
export function threadsText(threads: SwitchPoints): string {
  return threads === "accesses" ? "threads" : `threads:${threads}`;
}
