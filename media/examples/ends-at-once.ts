// A generator need not yield at all: its first step is its last.
// @tasks answer() forEach() three()

/** Returns without a yield. */
export function* answer(): Generator<never, number> {
  return 42;
}

/** Its loop has nothing to do, so the yield is never reached. */
export function* forEach(items: string[] = []): Generator<string, number> {
  let seen = 0;
  for (const item of items) {
    seen += 1;
    yield item;
  }
  return seen;
}

/** Takes three steps, to be compared with. */
export function* three(): Generator<number, string> {
  yield 1;
  yield 2;
  return "three steps";
}
