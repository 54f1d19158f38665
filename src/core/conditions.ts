/**
 * The conditions of a run, besides its order.
 */
import type { VirtualTime } from "./virtualTime";
import type { SwitchPoints, Way } from "./ways";

/** How the tasks work at the same time. Nothing is set for tasks that give way where they yield. */
export interface Working {
  /** If the tasks run as threads: where they may give way. */
  readonly threads?: SwitchPoints | undefined;
  /** Each task runs in a process of its own. */
  readonly processes?: boolean | undefined;
}

/** A way of working, with the usual switch points of threads. */
export function usualWorking(way: Way): Working {
  return way === "threads" ? { threads: "accesses" } : way === "processes" ? { processes: true } : {};
}

export interface Conditions extends Working {
  /** Undefined for real time. */
  readonly virtualTime?: VirtualTime | undefined;
}
