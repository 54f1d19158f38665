/**
 * All schedules but those that differ from one that was tried only in the order of independent slices: sleep sets (Godefroid:
 * Partial-Order Methods for the Verification of Concurrent Systems, 1996). A task that was tried first at a state sleeps in the states
 * that its siblings lead to, until a slice touches what its own slice touched. As long as it sleeps, its slice would do the same
 * again, so what it touched stays known without looking ahead. At least one schedule of each class of equivalent ones is tried to its end,
 * and so every outcome is met.
 */
import type { TaskId } from "../task";
import { over } from "./allOrders";
import { Portion } from "./portion";
import { redundant, type Shard, type Strategy } from "./strategy";
import { areIndependent, type Touched } from "./touched";

/** A task whose next slice need not be tried here, and what that slice touches. */
interface Sleeper {
  readonly task: TaskId;
  readonly touched: Touched;
}

/** A step of the schedule. */
interface Node {
  /** How many tasks were ready. */
  readonly ready: number;
  /** The positions of those that do not sleep, of which the one at `tried` is tried. */
  readonly awake: readonly number[];
  tried: number;
  task: TaskId;
  /** What the slice touched; undefined if it depends on every other. */
  touched: Touched | undefined;
  /** The tasks that sleep here, together with the siblings that were tried. */
  readonly asleep: Sleeper[];
}

export class SleepSets implements Strategy {
  /** Also a task that is alone may sleep. */
  readonly asksAlways = true;
  readonly #portion: Portion;
  readonly #nodes: Node[] = [];
  #depth = 0;
  /** Where the search goes on: for each step which of the awake tasks. Until it is reached, siblings are run only to see what they touch. */
  readonly #goal: number[];
  #isLearning = false;
  #gaveUp = false;
  #isOver: boolean;

  constructor(shard: Shard, position = "") {
    this.#portion = new Portion(shard);
    this.#isOver = position === over;
    this.#goal = this.#isOver || position === "" ? [] : position.split(" ").map(Number);
  }

  begin(): void {
    this.#depth = 0;
    this.#gaveUp = false;
    this.#isLearning = false;
    this.#portion.begin();
  }

  pick(ready: readonly TaskId[]): number {
    if (this.#portion.isForeign || this.#isLearning || this.#isOver) return this.#giveUp();
    let node = this.#nodes[this.#depth];
    if (!node) {
      node = this.#nodeFor(ready);
      if (node.awake.length === 0) return this.#giveUp();
      this.#nodes.push(node);
    } else if (node.ready !== ready.length) {
      return this.#giveUp();
    }
    const position = node.awake[node.tried] as number;
    node.task = ready[position] as TaskId;
    this.#approach(node.tried);
    this.#depth += 1;
    if (node.awake.length > 1) this.#portion.chose(node.tried, node.awake.length);
    return position;
  }

  ran(_task: TaskId, touched: Touched | undefined): void {
    (this.#nodes[this.#depth - 1] as Node).touched = touched;
  }

  /** Steps that were made before were not reached. */
  get hasDiffered(): boolean {
    return this.#depth < this.#nodes.length;
  }

  counts(): boolean {
    return !this.#isLearning && !this.#isOver && !this.hasDiffered && this.#portion.isMine();
  }

  end(): boolean {
    if (this.hasDiffered) this.#nodes.length = this.#depth;
    const last = this.#nodes[this.#depth - 1];
    // A slice that ended the run kept the other tasks from running, so it depends on them, whatever it touched.
    if (last && !this.#gaveUp && last.ready > 1) last.touched = undefined;
    for (let node = this.#nodes.at(-1); node; node = this.#nodes.at(-1)) {
      if (node.tried + 1 < node.awake.length) {
        if (node.touched) node.asleep.push({ task: node.task, touched: node.touched });
        node.tried += 1;
        return true;
      }
      this.#nodes.pop();
    }
    this.#isOver = true;
    return false;
  }

  position(): string {
    if (this.#isOver) return over;
    return (this.#goal.length > 0 ? this.#goal : this.#nodes.map(({ tried }) => tried)).join(" ");
  }

  /** On the way to where the search goes on, a sibling before it is run for what it touches alone. */
  #approach(tried: number): void {
    const goal = this.#goal[this.#depth];
    if (goal === undefined) return;
    this.#isLearning = tried < goal;
    if (tried > goal || (tried === goal && this.#depth === this.#goal.length - 1)) this.#goal.length = 0;
  }

  #nodeFor(ready: readonly TaskId[]): Node {
    const before = this.#nodes[this.#depth - 1];
    const asleep = before ? stillAsleep(before) : [];
    const awake: number[] = [];
    for (let position = 0; position < ready.length; position += 1) {
      if (!asleep.some(({ task }) => task === ready[position])) awake.push(position);
    }
    return { ready: ready.length, awake, tried: 0, task: -1, touched: undefined, asleep };
  }

  #giveUp(): number {
    this.#gaveUp = true;
    return redundant;
  }
}

function stillAsleep({ asleep, touched }: Node): Sleeper[] {
  return touched ? asleep.filter((sleeper) => areIndependent(sleeper.touched, touched)) : [];
}
