// Tasks that throw. What one of them throws ends that task alone; the others can go on.
// @tasks failsAtOnce() failsInside() throwsAWord() bystander()

/** Throws before its first yield. */
export function* failsAtOnce(): Generator<never, void> {
  throw new TypeError("there was nothing to begin with");
}

/** Counts down and throws when it gets to zero. */
export function* countdown(from = 3): Generator<number, void> {
  for (let left = from; left > 0; left -= 1) yield left;
  throw new RangeError("counted below one");
}

function* careful(): Generator<string, void> {
  try {
    yield "opened the file";
    throw new Error("the disk is gone");
  } finally {
    console.log("closed the file");
    yield "cleaning up takes a step of its own";
  }
}

/** The error comes out of a delegated generator, after its `finally` ran, and gets a cause on its way. */
export function* failsInside(): Generator<string, void> {
  try {
    yield* careful();
  } catch (error) {
    throw new Error("could not save", { cause: error });
  }
}

/** Anything can be thrown. */
export function* throwsAWord(): Generator<string, void> {
  yield "about to throw";
  throw "enough";
}

/** Goes on whatever the others do. */
export function* bystander(): Generator<string, string> {
  for (let step = 1; step <= 5; step += 1) yield `still here, step ${step}`;
  return "unharmed";
}
