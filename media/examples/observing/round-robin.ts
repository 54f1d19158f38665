/**
 * A program with a scheduler of its own. "Step this program's context switches" above the last statement runs it as it is, and stops at each
 * switch.
 */

/** Prints the seconds that have gone by, each once, and never returns. */
function* counter(): Generator<number, never> {
  const start = performance.now();
  let shown = -1;
  for (;;) {
    const seconds = Math.floor((performance.now() - start) / 1000);
    if (seconds > shown) {
      shown = seconds;
      console.log(`Elapsed: ${seconds}`);
    }
    yield shown;
  }
}

/** Shuffles until chance has sorted the list, and returns it. */
function* bogosort(unsorted: readonly number[]): Generator<number[], number[]> {
  let attempt = [...unsorted];
  while (attempt.some((each, index) => index > 0 && (attempt[index - 1] ?? 0) > each)) {
    attempt = attempt
      .map((each) => ({ each, place: Math.random() }))
      .sort((one, other) => one.place - other.place)
      .map(({ each }) => each);
    yield attempt;
  }
  return attempt;
}

/** Resumes each task in turn until the first one returns. */
function runAsync(...tasks: Generator<unknown, number[]>[]): number[] {
  for (let turn = 0; ; turn += 1) {
    for (const task of tasks) {
      const { done, value } = task.next();
      if (done) return value;
    }
  }
}

console.log("Sorted:", runAsync(counter(), bogosort([3, 1, 4, 2])));
