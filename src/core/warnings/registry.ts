/** All finders of warnings, one for each kind. */
import { busyWait } from "./busyWait";
import type { MakeFinder } from "./finding";
import { foreignYield } from "./foreignYield";
import { heldAtEnd } from "./heldAtEnd";
import { hog } from "./hog";
import { livelock } from "./livelock";
import { lostWaker } from "./lostWaker";
import { starvation } from "./starvation";
import { unhandledRejection } from "./unhandledRejection";

export const finders: readonly MakeFinder[] = [
  starvation,
  livelock,
  busyWait,
  hog,
  heldAtEnd,
  lostWaker,
  unhandledRejection,
  foreignYield,
];

/** Those for an observed program: its own scheduler may wake any task at any time. */
export const findersOfObserved: readonly MakeFinder[] = finders.filter((each) => each !== lostWaker);
