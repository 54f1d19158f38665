// Cooperative means that nobody is made to give way. One task that does not yield stops them all.
// @tasks polite() hog()

/** Yields twice, then never again. Interrupt it: the other task lives on. */
export function* hog(): Generator<string, never> {
  yield "polite so far";
  yield "the last yield";
  let turns = 0;
  while (true) turns += 1;
}

/** Does a little and gives way. */
export function* polite(): Generator<number, never> {
  for (let turn = 1; ; turn += 1) yield turn;
}
