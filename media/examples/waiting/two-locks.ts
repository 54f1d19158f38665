// Two locks, taken in opposite order: a deadlock. Each task holds one fork and waits for the other, so neither can go on. The run rests
// and says so; "Who waits for whom" draws the cycle. Go to step 1 and branch there with ann next: she eats, then bob does.
// @tasks ann() bob()
import { mutex, type Task } from "cotasks";

const fork1 = mutex("fork 1");
const fork2 = mutex("fork 2");

/** Takes fork 1, then fork 2. */
export function* ann(): Task<string> {
  using _first = yield fork1.acquire();
  using _second = yield fork2.acquire();
  return "ann has eaten";
}

/** Takes fork 2, then fork 1. */
export function* bob(): Task<string> {
  using _first = yield fork2.acquire();
  using _second = yield fork1.acquire();
  return "bob has eaten";
}
