// Five requests in one pile. Ordinary functions, run as threads: one may give way before every read and write of what the others can see.
// @threads serve("x") serve("y")
// @threads serveSafely("x") serveSafely("y")
// @threads servePile(["a", "b"]) servePile(["c", "d", "e"])
import { mutex } from "cotasks";

const pile = ["a", "b", "c", "d", "e"];
const done: string[] = [];
let served = 0;

/**
 * Looks at the last request, serves it, and only then takes it away. Explore the orders with the check `served === 5`: the last request is served
 * twice, and `served += 1` loses an update between its read and its write.
 */
export function serve(worker: string): number {
  while (pile.length > 0) {
    const request = pile[pile.length - 1];
    done.push(`${worker} ${request}`);
    pile.pop();
    served += 1;
  }
  return served;
}

const lock = mutex("pile");

/** The same under a mutex, which only a generator can wait for: in every order five requests are served, each once. */
export function* serveSafely(worker: string) {
  for (;;) {
    yield lock.acquire();
    try {
      if (pile.length === 0) return served;
      serveLast(worker);
    } finally {
      lock.release();
    }
  }
}

function serveLast(worker: string): void {
  done.push(`${worker} ${pile[pile.length - 1]}`);
  pile.pop();
  served += 1;
}

/** A pile for each worker: nothing is shared but what nobody writes, so nothing needs a lock. */
export function servePile(own: string[]): number {
  let count = 0;
  while (own.length > 0) {
    own.pop();
    count += 1;
  }
  return count;
}
