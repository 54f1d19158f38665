/** All finders of warnings, one for each kind that can be found in a trace. */
import { busyWait } from "./busyWait";
import type { MakeFinder } from "./finder";
import { heldAtEnd } from "./heldAtEnd";
import { hog } from "./hog";
import { livelock } from "./livelock";
import { lostWaker } from "./lostWaker";
import { starvation } from "./starvation";

export const finders: readonly MakeFinder[] = [starvation, livelock, busyWait, hog, heldAtEnd, lostWaker];
