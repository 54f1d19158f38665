/**
 * The requests of a session to a runner. Only runners decode requests, so the session's bundle has only their types.
 */
import * as v from "valibot";
import { decisions } from "../core/decisions";
import { switchPoints } from "../core/ways";
import { ExploreFields } from "./explore";
import { Picks, Ring } from "./picks";
import type { Method } from "./runner";
import { VirtualTimeFields } from "./time";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const id = count;

const Plan = v.union([
  v.object({ picks: Picks, times: v.pipe(v.number(), v.integer(), v.minValue(1)) }),
  v.object({ ring: Ring, steps: count }),
  /** Of an observed program: it decides who runs. */
  v.object({ switches: v.pipe(count, v.minValue(1)) }),
]);

/**
 * A step meets a condition when everything specified in it holds. An expression is in the file's language. It is evaluated in the module's
 * scope or, with a `task`, among the locals of that task's frame on the line; without a line, of its innermost frame. `value` names what
 * was yielded, returned or thrown. The condition is met if the expression is truthy, and if it throws. A task that has ended has no locals
 * left: an unknown name is then not an error, and the condition is not met.
 */
const Condition = v.object({
  id: count,
  task: v.optional(count),
  /** The task has ended with the step. */
  ended: v.optional(v.literal(true)),
  /** The expression sees the locals of whichever task has made the step, as with its number in `task`. */
  seesLocals: v.optional(v.literal(true)),
  /**
   * The task is suspended on this line: at its innermost yield point, or where an outer generator delegates to an inner one. In an observed
   * program, without an expression, also: the task was resumed on this line.
   */
  line: v.optional(v.object({ file: v.string(), line: count })),
  expression: v.optional(v.string()),
  /**
   * For an expression: the condition is met not when it is truthy, but when its result differs from this one: the text of a value, or null
   * if it throws or has no value. The expression sees what it sees in `evaluate`, so `value` does not name anything of the step.
   */
  isNot: v.optional(v.nullable(v.string())),
  /**
   * With `isNot`, and neither a task nor a line: the expression is about the scope of the module in this file. It is not evaluated after
   * steps whose task is suspended in another file, judged by its innermost yield point. A task without one (it has ended, or is not a
   * generator from the user's files) counts as suspended in the file that was loaded.
   */
  module: v.optional(v.string()),
  /**
   * With `isNot` and a task, without a line: the expression is evaluated only if one of these names is a local of the task's innermost
   * frame, as `inspect` lists them.
   */
  locals: v.optional(v.array(v.string())),
  /**
   * With `isNot`, and neither a task nor a line: the expression sees what it sees in `evaluate` with `driver`. It is evaluated only if the
   * task of the step was resumed by this function.
   */
  driver: v.optional(v.object({ file: v.string(), function: v.string() })),
  /**
   * The condition neither ends a plan nor is reported by its id: the answer has the last step that met such a condition. An interrupt of
   * its expression is treated as for any other condition.
   */
  noted: v.optional(v.literal(true)),
});
export type Condition = v.InferOutput<typeof Condition>;

const until = v.optional(v.array(Condition));

/** One request. Each gets exactly one answer with its `id`. */
export const Request = v.variant("method", [
  v.object({ id, method: v.literal("hello"), protocol: v.number() }),
  /** Parses the user's file as `load` does, but runs none of it. */
  v.object({ id, method: v.literal("check"), file: v.string() }),
  /** Evaluates the user's module once; under real time if no other is asked for. */
  v.object({
    id,
    method: v.literal("load"),
    file: v.string(),
    time: v.optional(VirtualTimeFields),
    /** Asks for `unrepeatable` events, under real time. */
    notesCalls: v.optional(v.literal(true)),
    /** Asks for `clock` events. */
    tellsTimes: v.optional(v.literal(true)),
    /** Asks for `asks` events. */
    asks: v.optional(v.literal(true)),
    /**
     * Tasks run as threads, as if preemptive, and may give way at these points. A call is then any expression that calls a function; it
     * runs when its task is first picked. A step that ends at such a point has yielded plain words in the place of a value.
     */
    threads: v.optional(v.picklist(switchPoints)),
  }),
  /**
   * Gets ready to run a program as its interpreter would, as the main program with these arguments, and to watch it. Takes the place of
   * `load`. The first `advance`, whose plan is a number of switches like those of all others, starts it. From then on, the program's thread
   * waits at a switch for the next request.
   */
  v.object({
    id,
    method: v.literal("observe"),
    file: v.string(),
    arguments: v.array(v.string()),
    /** The name under which it is run as a module, as by `python -m`. */
    module: v.optional(v.string()),
    /** What is decided about its functions, by their names. */
    functions: v.optional(v.record(v.string(), v.picklist(decisions))),
    time: v.optional(VirtualTimeFields),
    asks: v.optional(v.literal(true)),
  }),
  /**
   * Evaluates the call in the module's own scope; the result must be a generator or an iterator. With a file, in the scope of that
   * module: the instance that the program has imported already, or else a new one.
   */
  v.object({ id, method: v.literal("spawn"), task: count, call: v.string(), file: v.optional(v.string()) }),
  /**
   * Executes the plan, whose first step has the number `from`. If the runner is at another step, nothing runs and the answer is `stale`.
   * Ends after a step that meets a condition, unless the condition is only noted. A plan sent `ahead`, before the answer to the previous
   * plan, is also stale if the previous one did not end as `completed`, even if it ended in its last step.
   */
  v.object({
    id,
    method: v.literal("advance"),
    from: count,
    plan: Plan,
    until,
    ahead: v.optional(v.boolean()),
  }),
  /** Ends the `advance` in flight after the current step. */
  v.object({ id, method: v.literal("pause") }),
  /** Throws into the user code that runs for a request. Does nothing if none does. */
  v.object({ id, method: v.literal("interrupt"), request: id }),
  /** Does nothing. It is answered even while user code runs. */
  v.object({ id, method: v.literal("ping") }),
  v.object({ id, method: v.literal("inspect"), task: count }),
  /** Children `start` to `start + count` of a value. */
  v.object({ id, method: v.literal("expand"), handle: count, start: count, count }),
  /**
   * Evaluates in the module's scope, or among the locals of a task's innermost frame or, with `driver`, of the innermost frame of the user's
   * files that has resumed the task of the step at which an observed program waits.
   */
  v.object({
    id,
    method: v.literal("evaluate"),
    expression: v.string(),
    task: v.optional(count),
    driver: v.optional(v.literal(true)),
  }),
  /** Runs one step, which may meet a condition: the task is resumed, and its `yield` evaluates to the value of the expression. */
  v.object({ id, method: v.literal("send"), from: count, task: count, expression: v.string(), until }),
  /** The same, but the task is resumed with an exception, which is the value of the expression. */
  v.object({ id, method: v.literal("throwInto"), from: count, task: count, expression: v.string(), until }),
  /** The same, but the task is closed; its `finally` blocks run. */
  v.object({ id, method: v.literal("close"), from: count, task: count, until }),
  /** How much time of processors the process has used. */
  v.object({ id, method: v.literal("processor") }),
  /** What is still active in the program besides its tasks. */
  v.object({ id, method: v.literal("remaining") }),
  /** Lets the process end as the program would end by itself, which waits for everything that is still active. No request may follow. */
  v.object({ id, method: v.literal("conclude") }),
  /** Replaces the module with a fresh instance, without tasks; steps count from 1 again. */
  v.object({ id, method: v.literal("reset") }),
  /** Sets up a search over the orders of tasks that calls make on fresh instances of the loaded module, or goes on with one. */
  v.object({ id, method: v.literal("explore"), ...ExploreFields.entries }),
  /** Goes on with the search that was set up: at most so many runs, and about so many milliseconds, up to a minute. */
  v.object({
    id,
    method: v.literal("exploreOn"),
    orders: v.pipe(count, v.minValue(1)),
    millis: v.pipe(count, v.maxValue(60_000)),
  }),
  /**
   * Runs single schedules of the search that was set up, lists of tasks, each on a fresh instance. A pick that is not ready is left out;
   * after the last one the tasks take turns.
   */
  v.object({ id, method: v.literal("execute"), schedules: v.array(v.array(count)) }),
]);
export type Request = v.InferOutput<typeof Request>;

/** The fields of a method's request without its id, as they are sent. */
export type Fields<M extends Method> = Omit<Extract<v.InferInput<typeof Request>, { method: M }>, "id" | "method">;

/** The same, as a runner receives them after decoding. */
export type Taken<M extends Method> = Omit<Extract<Request, { method: M }>, "id" | "method">;
