// `yield*` three deep: a tour visits cities, a city has sights, a sight takes its time. The scheduler knows one task only,
// and every yield of the innermost generator suspends the whole stack.
// @tasks tour() walk()

/** Looks at one sight for a while; returns how long it took. */
function* sight(name: string, minutes: number): Generator<string, number> {
  for (let minute = 10; minute <= minutes; minute += 10) {
    yield `${minute} minutes at the ${name}`;
  }
  return minutes;
}

/** Sees the sights of a city one after the other; returns the minutes for all of them. */
function* city(name: string, sights: Record<string, number>): Generator<string, number> {
  let total = 0;
  for (const [place, minutes] of Object.entries(sights)) {
    total += yield* sight(`${place} of ${name}`, minutes);
  }
  return total;
}

/** A tour of two cities; returns the minutes spent. */
export function* tour(): Generator<string, number> {
  const first = yield* city("Lisbon", { tower: 20, bridge: 10 });
  yield "on the train";
  const second = yield* city("Porto", { library: 30 });
  return first + second;
}

/** A tree walks itself: `yield* this.left` delegates to the iterator of a subtree. */
export class Tree implements Iterable<number> {
  constructor(
    readonly value: number,
    readonly left?: Tree,
    readonly right?: Tree,
  ) {}

  *[Symbol.iterator](): Generator<number, void> {
    if (this.left) yield* this.left;
    yield this.value;
    if (this.right) yield* this.right;
  }
}

/** Walks a tree of seven numbers in order. */
export function* walk(): Generator<number, string> {
  const leaf = (value: number) => new Tree(value);
  const tree = new Tree(4, new Tree(2, leaf(1), leaf(3)), new Tree(6, leaf(5), leaf(7)));
  yield* tree;
  return "walked";
}
