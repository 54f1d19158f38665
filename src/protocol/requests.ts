/**
 * What a session asks of a runner. Only runners read requests, so the session bundles nothing but their types.
 */
import * as v from "valibot";
import { Picks, Ring } from "./picks";
import type { Method } from "./runner";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const id = count;

const Plan = v.union([
  v.object({ picks: Picks, times: v.pipe(v.number(), v.integer(), v.minValue(1)) }),
  v.object({ ring: Ring, steps: count }),
]);

/**
 * A step meets a condition when all that is said of it holds. An expression is one of the file's language: evaluated in the
 * module's scope, or, with a `task`, among the locals of that task's frame on the line, or without a line of its innermost one;
 * `value` names what was yielded, returned or thrown. It is met where the expression is true in that language's sense, and
 * where it throws. A task that is over has no locals left: a name that is unknown then is no fault, and the condition is not met.
 */
const Condition = v.object({
  id: count,
  task: v.optional(count),
  /** The task is suspended on this line: with its innermost yield point, or where an outer generator delegates to an inner one. */
  line: v.optional(v.object({ file: v.string(), line: count })),
  expression: v.optional(v.string()),
  /**
   * Of an expression: it is met not where that is true, but where it gives another than this: a value shows as a text, and null
   * is nothing, which it gives where it throws or is none. It sees what it sees in `evaluate`, so `value` names nothing of the step.
   */
  isNot: v.optional(v.nullable(v.string())),
  /**
   * With `isNot`, and neither task nor line: the expression is about the scope of the module in this file. It is not looked at after
   * steps at which the resumed task stands in another file, with its innermost yield point. One that has none (it is over, or is
   * no generator of the user's files) counts as standing in the file that was loaded.
   */
  module: v.optional(v.string()),
  /**
   * With `isNot` and a task, without a line: it is looked at only where one of these names is a local of the task's innermost frame,
   * as `inspect` lists them.
   */
  locals: v.optional(v.array(v.string())),
  /**
   * It ends no plan and is not named: the answer tells the last step that met one of these. An interrupt of its expression is as
   * that of another's.
   */
  noted: v.optional(v.literal(true)),
});
export type Condition = v.InferOutput<typeof Condition>;

const until = v.optional(v.array(Condition));

/** One request. Every one gets exactly one answer with its `id`. */
export const Request = v.variant("method", [
  v.object({ id, method: v.literal("hello"), protocol: v.number() }),
  /** Reads the user's file as `load` does, and runs nothing of it. */
  v.object({ id, method: v.literal("check"), file: v.string() }),
  /** Evaluates the user's module once. */
  v.object({ id, method: v.literal("load"), file: v.string() }),
  /** Evaluates the call in the module's own scope; it must give a generator or an iterator. */
  v.object({ id, method: v.literal("spawn"), task: count, call: v.string() }),
  /**
   * Executes the plan, the first step of which is number `from`. Where the runner stands elsewhere, nothing runs and the
   * answer is `stale`. Ends after a step that meets one of the conditions that are not just noted. A plan that is sent `ahead`,
   * before the answer to the one before, is stale as well where that one did not end as `completed`, be it in its last step.
   */
  v.object({
    id,
    method: v.literal("advance"),
    from: count,
    plan: Plan,
    until,
    ahead: v.optional(v.boolean()),
  }),
  /** Ends the `advance` in flight after the step that is running. */
  v.object({ id, method: v.literal("pause") }),
  v.object({ id, method: v.literal("inspect"), task: count }),
  /** Children `start` to `start + count` of a value. */
  v.object({ id, method: v.literal("expand"), handle: count, start: count, count }),
  /** In the module's scope, or among the locals of a task's innermost frame. */
  v.object({ id, method: v.literal("evaluate"), expression: v.string(), task: v.optional(count) }),
  /** One step, which may meet a condition: the task is resumed, and its `yield` gives the value of an expression. */
  v.object({ id, method: v.literal("send"), from: count, task: count, expression: v.string(), until }),
  /** The same: the task is resumed with an exception, the value of an expression. */
  v.object({ id, method: v.literal("throwInto"), from: count, task: count, expression: v.string(), until }),
  /** The same: the task is closed; its `finally` blocks run. */
  v.object({ id, method: v.literal("close"), from: count, task: count, until }),
  /** What the program has still at work beside its tasks. */
  v.object({ id, method: v.literal("remaining") }),
  /** The process goes on to its end as the program would by itself, which waits for what is still at work. Nothing is asked afterwards. */
  v.object({ id, method: v.literal("conclude") }),
  /** A fresh instance of the module, without tasks; steps begin at 1 again. */
  v.object({ id, method: v.literal("reset") }),
]);
export type Request = v.InferOutput<typeof Request>;

/** The fields of one method's request, without its id: as they are sent. */
export type Fields<M extends Method> = Omit<Extract<v.InferInput<typeof Request>, { method: M }>, "id" | "method">;

/** The same as a runner takes them. */
export type Taken<M extends Method> = Omit<Extract<Request, { method: M }>, "id" | "method">;
