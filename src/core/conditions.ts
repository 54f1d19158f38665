/** The conditions of a run, besides its order. */
import type { VirtualTime } from "./virtualTime";
import type { SwitchPoints } from "./ways";

export interface Conditions {
  /** Undefined for real time. */
  readonly virtualTime?: VirtualTime | undefined;
  /** If the tasks run as threads: where they may give way. */
  readonly threads?: SwitchPoints | undefined;
}
