// Two workers at one container again, now with a lock around what belongs together. Every request is served once, and all three are
// counted, in whatever order the tasks run. The price is waiting: while one serves, the other is blocked. The lock goes to who asked first.
// @tasks worker("x") worker("y")
import { mutex, type Task } from "cotasks";

const lock = mutex("lock");
const container = ["a", "b", "c"];
let served = 0;

/** Returns how many services are counted. */
export function* worker(name: string): Task<number> {
  while (true) {
    using _held = yield lock.acquire();
    const request = container.at(-1);
    if (request === undefined) return served;
    const before = served;
    yield `${name} serves ${request}`;
    container.pop();
    served = before + 1;
  }
}
