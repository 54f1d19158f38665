// The lost update: read, give way, write. Whoever wrote in between is overwritten.
// @tasks deposit() deposit()

let account = 0;

/** Reads the balance, yields, and writes what it had read plus one. Run two of them until all are over: one increment is lost. */
export function* deposit(): Generator<string, number> {
  const read = account;
  yield `read ${read}`;
  account = read + 1;
  yield `wrote ${account}`;
  return account;
}

/** The same without a yield between reading and writing: the slice is atomic, and nothing is lost. */
export function* atomicDeposit(): Generator<string, number> {
  const read = account;
  account = read + 1;
  yield `wrote ${account}`;
  return account;
}

let locked = false;

/** A mutex of one variable: gives way until it is free. No other task can come between the test and the set. */
function* acquire(): Generator<string, void> {
  while (locked) yield "waits for the lock";
  locked = true;
}

/** The yield is back between reading and writing, but under a lock. */
export function* lockedDeposit(): Generator<string, number> {
  yield* acquire();
  const read = account;
  yield `read ${read}`;
  account = read + 1;
  locked = false;
  yield `wrote ${account}`;
  return account;
}
