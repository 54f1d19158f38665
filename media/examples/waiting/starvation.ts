// Starvation by priority. Choose the policy "Priority", give `urgent` the priority 2, and run until all are over: `patient` is ready all the
// time, and gets its first step only when `urgent` has ended. The warning says so. Under round-robin they take turns; with ageing, waiting
// raises the priority, and the wait has an end.
// @tasks urgent() patient()

/** There is always more to do. */
export function* urgent(): Generator<string, string> {
  for (let job = 1; job <= 3_000; job += 1) yield `urgent job ${job}`;
  return "all jobs done";
}

/** Needs only three steps. */
export function* patient(): Generator<string, string> {
  for (let job = 1; job <= 3; job += 1) yield `small job ${job}`;
  return "at last";
}
