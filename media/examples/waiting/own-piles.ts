// A pile for each worker. Nothing is shared, so nothing has to be locked, and nobody waits but the boss: it waits for the end of both
// workers, and adds up what they return. Run until all are over: five are served.
// @tasks boss()
import { join, spawn, type Task } from "cotasks";

/** Starts two workers, and waits for both. */
export function* boss(): Task<number> {
  const x = yield spawn(worker("x", ["a", "b"]));
  const y = yield spawn(worker("y", ["c", "d", "e"]));
  return (yield join(x)) + (yield join(y));
}

/** Returns how many it served. */
export function* worker(name: string, pile: string[]): Task<number> {
  let served = 0;
  for (let request = pile.pop(); request !== undefined; request = pile.pop()) {
    yield `${name} serves ${request}`;
    served += 1;
  }
  return served;
}
