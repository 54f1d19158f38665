// Five requests, served in four ways: by one worker from a queue, by workers that share a container and collide, by the same
// workers with a mutex, and by workers with a pile each.
// @tasks singleWorker()
// @tasks sharingWorker("x") sharingWorker("y")
// @tasks lockingWorker("x") lockingWorker("y")
// @tasks pileWorker(["a", "b"]) pileWorker(["c", "d", "e"])

const container = ["a", "b", "c", "d", "e"];
let served = 0;

/** One worker, one queue: nothing can go wrong, and nothing happens at the same time. */
export function* singleWorker(): Generator<string, number> {
  for (let request = container.shift(); request !== undefined; request = container.shift()) {
    served += 1;
    yield `served ${request}`;
  }
  return served;
}

/**
 * Looks at the last request, gives way while it is served, and only then removes it and counts. Add two, and run until all
 * are over: both serve "e", and of the six services only three are counted.
 */
export function* sharingWorker(name = "worker"): Generator<string, number> {
  while (container.length > 0) {
    const request = container.at(-1);
    const before = served;
    yield `${name} serves ${request}`;
    container.pop();
    served = before + 1;
  }
  return served;
}

let locked = false;

/** The same under a mutex: every request is served once, and five are counted. While one serves, the other waits. */
export function* lockingWorker(name = "worker"): Generator<string, number> {
  while (container.length > 0) {
    while (locked) yield `${name} waits`;
    locked = true;
    const request = container.at(-1);
    const before = served;
    if (request !== undefined) yield `${name} serves ${request}`;
    container.pop();
    served = request === undefined ? before : before + 1;
    locked = false;
  }
  return served;
}

/** A pile of its own for each worker, as for a process: nothing is shared, so nothing has to be locked. */
export function* pileWorker(pile: string[]): Generator<string, number> {
  let count = 0;
  while (pile.length > 0) {
    yield `serves ${pile.pop()}`;
    count += 1;
  }
  return count;
}
