/**
 * The wire's messages about exploring: `explore` begins a search or goes on with it, and answers what came of it since the last answer.
 */
import * as v from "valibot";
import { Point, Thrown } from "./thrown";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const positive = v.pipe(count, v.minValue(1));

/** What is explored, how, and what counts. */
export const ExploreFields = v.object({
  /** The calls that make the tasks, each in the scope of the session's file or of another one. */
  calls: v.array(v.object({ call: v.string(), file: v.optional(v.string()) })),
  /**
   * The strategy with its parameters: `exhaustive`, `exhaustive:reduce=1`, `delays:d=2`, `random:seed=7`, `pct:seed=7,depth=3`,
   * `urw:seed=7`, `pos:seed=7`, `portfolio:seed=7`.
   */
  strategy: v.string(),
  /** Which part of the search this process does: part `index` of `of`, by the first choices of an order or by the seed. */
  shard: v.object({ index: count, of: positive }),
  /** Where the strategy goes on, as an earlier answer gave it. */
  position: v.optional(v.string()),
  /** A run pauses at its first return, or goes on until all tasks are over. */
  until: v.picklist(["first", "all"]),
  /** An expression in the module's scope that must hold when a run is over. */
  check: v.optional(v.string()),
  /** The same after every step. */
  invariant: v.optional(v.string()),
  /** Expressions in the module's scope whose values at the end count as part of the outcome. */
  watches: v.array(v.string()),
  /** What else counts as part of the outcome. */
  counts: v.object({ values: v.boolean(), output: v.boolean() }),
  /** A run is cut after so many steps. */
  steps: positive,
  /** The policy from which deviations are counted, as `src/core/explore/ranking.ts` has it; round-robin if it is left out. */
  policy: v.optional(
    v.object({
      name: v.picklist(["round-robin", "fcfs", "lifo", "priority"]),
      quantum: v.optional(positive),
      ageing: v.optional(positive),
      priorities: v.array(v.tuple([v.string(), v.number()])),
    }),
  ),
  /**
   * Beginnings of runs whose last slice does not give back control, or ends the process. A run that begins so ends before that slice, with
   * that outcome.
   */
  fatal: v.optional(v.array(v.object({ end: v.picklist(["hung", "died"]), picks: v.array(count) }))),
  /** Sends a `resuming` event before each run and each step, so that the session knows which slice ended the process. */
  announces: v.optional(v.boolean()),
  /** Tells of each order where its tasks were after each step. */
  tellsStates: v.optional(v.boolean()),
  /** Ends orders that go round in a loop of states for ever, as far as states can wholly be seen. */
  findsLoops: v.optional(v.boolean()),
  /** The step and the seed of virtual time, under which every run is made. */
  time: v.object({ step: v.number(), seed: count }),
});
export type ExploreFields = v.InferOutput<typeof ExploreFields>;

/** The end of one task in an outcome. */
export const OutcomeTask = v.object({
  name: v.string(),
  state: v.picklist(["created", "ready", "blocked", "returned", "threw"]),
  /** What it returned or threw. */
  value: v.optional(v.string()),
  /** Where it threw or is suspended. */
  point: v.optional(Point),
});

/** How runs ended that have the same outcome. */
export const ExploredOutcome = v.object({
  /**
   * All tasks over; the first return; a task threw; the invariant does not hold; tasks wait for one another in a circle; nobody can go
   * on; the limit of steps; a state that came back after everybody had a turn, or in which the policy never picks somebody; a slice that
   * was interrupted since it did not end; a slice that ended the process.
   */
  end: v.picklist(["all", "first", "threw", "invariant", "deadlock", "blocked", "cut", "livelock", "starvation", "hung", "died"]),
  tasks: v.array(OutcomeTask),
  /** The values of the watched expressions, in their order. */
  watches: v.array(v.string()),
  /** What was printed, shortened, if it counts. */
  output: v.optional(v.string()),
  /** The tasks of the circle. */
  cycle: v.optional(v.array(count)),
  /** Why the outcome counts as a failure: the check, the invariant (with the message of an error in it), an exception, a deadlock. */
  failing: v.optional(
    v.object({
      by: v.picklist(["check", "invariant", "threw", "deadlock", "livelock", "starvation", "hung", "died"]),
      message: v.string(),
    }),
  ),
  thrown: v.optional(Thrown),
});
export type ExploredOutcome = v.InferOutput<typeof ExploredOutcome>;

/** Where the tasks are between two steps. */
export const ExploredState = v.array(
  v.object({ is: v.picklist(["created", "ready", "blocked", "over"]), point: v.optional(Point) }),
);
export type ExploredState = v.InferOutput<typeof ExploredState>;

/** What came of the runs since the last answer. */
export const Explored = v.object({
  /** Complete runs, runs given up since they are redundant, and runs cut at the limit of steps (which count as complete too). */
  tried: count,
  /** Of `tried`, those that were not run to their ends, since another run had come to the same state; absent where states are not looked at. */
  merged: v.optional(count),
  pruned: count,
  cut: count,
  /** Whether the strategy has nothing left to try. */
  done: v.boolean(),
  position: v.string(),
  /** The first step at which a schedule that was tried twice went two ways; absent while none did. */
  differs: v.optional(count),
  /** Real input, or a library that keeps the process busy, was met: what. */
  outside: v.optional(v.string()),
  /** With `findsLoops`: whether an order came back to a state, and what of the state is hidden, so that nobody can tell. */
  returned: v.optional(v.boolean()),
  hidden: v.optional(v.string()),
  /** Calls that cannot be seen into, each once, the first few. */
  opaque: v.array(v.string()),
  /** The longest run so far in steps, and how many tasks there were at most. */
  longest: count,
  tasks: count,
  /** For an estimate of all orders: of how many runs at random the product of the numbers of ready tasks is known, its mean and variance. */
  sizes: v.object({ runs: count, mean: v.number(), variance: v.number() }),
  /** The outcomes that were met, by number: the description comes once, the witness whenever a calmer one was found. */
  outcomes: v.array(
    v.object({
      id: count,
      orders: count,
      outcome: v.optional(ExploredOutcome),
      /** The tasks in the order in which they ran. */
      witness: v.optional(v.array(count)),
      /** Of the witness, with it. */
      deviations: v.optional(count),
    }),
  ),
  /** With `tellsStates`: the states that were not told before, each with the next number from 0 on, and the orders by these numbers. */
  told: v.optional(
    v.object({
      states: v.array(ExploredState),
      /** The states of an order begin with the one before its first step. */
      orders: v.array(v.object({ outcome: count, picks: v.array(count), states: v.array(count) })),
    }),
  ),
});
export type Explored = v.InferOutput<typeof Explored>;

/** How one schedule went, in all that an explanation needs. */
export const Executed = v.object({
  id: count,
  outcome: ExploredOutcome,
  /** The tasks that ran: the schedule's picks, then those of the policy until the end. A pick that is not ready is left out. */
  picks: v.array(count),
  /** For each step, how many ready tasks were passed over for its task, where it ended and what it touched; places by their names in `places`. */
  steps: v.array(
    v.object({
      passed: count,
      point: v.optional(Point),
      reads: v.array(count),
      writes: v.array(count),
      all: v.boolean(),
    }),
  ),
  places: v.array(v.string()),
  output: v.string(),
  /** If it goes round in a loop: the state after this step came back. */
  loopFrom: v.optional(count),
});
export type Executed = v.InferOutput<typeof Executed>;
