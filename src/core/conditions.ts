/**
 * The conditions of a run, besides its order.
 */
import type { VirtualTime } from "./virtualTime";
import type { SwitchPoints, Way } from "./ways";

/** How the tasks work at the same time. Nothing is set for tasks that give way where they yield. */
export interface Working {
  /** If the tasks run as threads: where they may give way. */
  readonly threads?: SwitchPoints | undefined;
  /** Whether each task runs in a process of its own. */
  readonly processes?: boolean | undefined;
}

export interface Conditions extends Working {
  /** Undefined for real time. */
  readonly virtualTime?: VirtualTime | undefined;
}

/** The conditions that a way of working decides, as they are if nothing more is said. */
export const conditionsOfWay: Readonly<Record<Way, Working>> = {
  cooperative: { threads: undefined, processes: undefined },
  threads: { threads: "accesses", processes: undefined },
  processes: { threads: undefined, processes: true },
};

/** The way of working of a run. */
export function wayOf({ threads, processes }: Working): Way {
  return processes ? "processes" : threads ? "threads" : "cooperative";
}
