// Two workers at one container, and no lock. Each looks at the last request, gives way while it serves it, and only then removes it and
// counts. Run until all are over: both serve "c", and of four services two are counted. Now choose the policy "First come, first served":
// x serves everything before y begins, and all three are counted. The bug is there in both runs; only the order hides it.
// @tasks worker("x") worker("y")

const container = ["a", "b", "c"];
let served = 0;

/** Returns how many services are counted. Watch `served`. */
export function* worker(name: string): Generator<string, number> {
  for (let request = container.at(-1); request !== undefined; request = container.at(-1)) {
    const before = served;
    yield `${name} serves ${request}`;
    container.pop();
    served = before + 1;
  }
  return served;
}
