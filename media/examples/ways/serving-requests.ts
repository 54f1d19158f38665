// Ten requests in one pile, and two workers, in different ways of working. Click "Compare ways of working": each setup of this file in
// .vscode/yieldpoint.json runs in a process of its own, and the table says what each way costs, and what it loses.
// @tasks work(computing) work(computing)
// @threads workRashly(waiting) workRashly(waiting)
// @threads workUnderLock(waiting) workUnderLock(waiting)
// @processes workPile(computing, [0, 1, 2, 3, 4]) workPile(computing, [5, 6, 7, 8, 9])
import { mutex, sleep } from "cotasks";

const requests = 10;
const pile = Array.from({ length: requests }, (_, request) => request);
const done: number[] = [];
const lock = mutex("pile");

/** Serving a request: it computes, or it waits. */
type Serving = (request: number) => Generator<unknown, void, unknown>;

/** A request that computes: a second worker does not make it faster, unless there is a second processor. */
export function* computing(request: number) {
  let sum = 0;
  for (let number = 0; number < 8_000_000; number += 1) sum += (number * request) % 7;
  yield sum;
}

/** A request that waits, as for a disk or another computer: meanwhile another worker can go on. */
export function* waiting(_request: number) {
  yield sleep(20);
}

/** Takes a request away before it serves it. Among generators nobody comes between: a slice is atomic. */
export function* work(serving: Serving) {
  while (pile.length > 0) {
    const request = pile.pop() as number;
    yield* serving(request);
    done.push(request);
  }
}

/** Looks at the last request, serves it, and only then takes it away: meanwhile the other thread looks at the same one. */
export function* workRashly(serving: Serving) {
  while (pile.length > 0) {
    const request = pile[pile.length - 1] as number;
    yield* serving(request);
    done.push(request);
    pile.pop();
  }
}

/** The same under a mutex: whoever has it serves a request and takes it away, while the other one waits. */
export function* workUnderLock(serving: Serving) {
  for (;;) {
    yield lock.acquire();
    try {
      if (pile.length === 0) return;
      const request = pile[pile.length - 1] as number;
      yield* serving(request);
      done.push(request);
      pile.pop();
    } finally {
      lock.release();
    }
  }
}

/** Serves a pile of its own, in a process of its own: `pile` and `done` of the others are other ones. */
export function* workPile(serving: Serving, own: number[]) {
  for (const request of own) {
    yield* serving(request);
    done.push(request);
  }
}
