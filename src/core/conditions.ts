/** The conditions of a run, besides its order. */
import type { VirtualTime } from "./virtualTime";
import type { SwitchPoints, Way } from "./ways";

export interface Conditions {
  /** Undefined for real time. */
  readonly virtualTime?: VirtualTime | undefined;
  /** If the tasks run as threads: where they may give way. */
  readonly threads?: SwitchPoints | undefined;
}

/** The conditions that a way of working decides, as they are if nothing more is said. */
export const conditionsOfWay: Readonly<Record<Way, Omit<Conditions, "virtualTime">>> = {
  cooperative: { threads: undefined },
  threads: { threads: "accesses" },
};

/** The way of working of a run. */
export function wayOf({ threads }: Conditions): Way {
  return threads ? "threads" : "cooperative";
}
