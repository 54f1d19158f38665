// A pile for each worker, and a process for each: they really work at the same time, and share nothing, not even the counter. Run, and look
// at the timeline by time: the slices overlap. Each worker returns how many it has served.
// @processes worker("x", ["a", "b"]) worker("y", ["c", "d", "e"])

let served = 0;

/** Serves the requests of its pile. Each takes a while. */
export function* worker(name: string, pile: string[]): Generator<string, number> {
  for (let request = pile.pop(); request !== undefined; request = pile.pop()) {
    work(30);
    served += 1;
    yield `${name} serves ${request}`;
  }
  return served;
}

/** Keeps the processor busy for so many milliseconds. */
function work(millis: number): void {
  const end = performance.now() + millis;
  while (performance.now() < end);
}
