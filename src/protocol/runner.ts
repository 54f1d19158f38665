/**
 * The runner's wire: what a session asks of a runner and what it answers, the same for every language. Requests go to fd 3 of
 * the child, everything else comes from its fd 4. Steps are sent as chunks (`chunk.ts`), and what
 * requests did to the tasks as rows of the wait log (`waits.ts`).
 */
import * as v from "valibot";
import { Point, Thrown } from "./thrown";
import { Resource, taskNumber } from "./waits";

/** Raised whenever the wire changes; `hello` refuses another one. */
export const protocolVersion = 1;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** A bounded preview in the language's own notation, and a handle while its children can be asked for. */
export const Value = v.object({
  text: v.string(),
  /** Good for `expand` until the next `advance`, `send`, `throwInto`, `close` or `reset`. */
  handle: v.optional(count),
});
export type Value = v.InferOutput<typeof Value>;

/** A named child of a value, or a local variable. */
export const Property = v.object({ name: v.string(), value: Value });
export type Property = v.InferOutput<typeof Property>;

/** One suspended generator in a task's stack. */
export const Frame = v.object({
  function: v.string(),
  file: v.string(),
  line: count,
  column: count,
  locals: v.array(Property),
});
export type Frame = v.InferOutput<typeof Frame>;

/**
 * Why `advance` ended: `completed` the plan; a task `returned` or `threw`; the last step met a `condition`; a `pause` came; the
 * plan was `stale`. Where several hold, a return or a throw is named, and `condition` says which condition was met as well.
 *
 * Of requests: the last step `changed` which tasks are ready, or which is to run next, which ends a plan that is no ring; nobody is
 * ready, and nothing can come that wakes somebody (`idle`); tasks wait for one another in a circle (`deadlock`).
 */
export const StopReason = v.picklist([
  "completed",
  "returned",
  "threw",
  "condition",
  "paused",
  "stale",
  "interrupted",
  "changed",
  "idle",
  "deadlock",
]);
export type StopReason = v.InferOutput<typeof StopReason>;

const Advanced = v.object({
  ran: count,
  stopped: StopReason,
  /** The first condition that the last step met, and why its expression could not be evaluated, if it could not. */
  condition: v.optional(v.object({ id: count, problem: v.optional(v.string()) })),
  /** The last step of this request that met a condition that is just `noted`; absent where none did. */
  noted: v.optional(count),
});
const Empty = v.object({});
const Remaining = v.object({ remaining: v.array(v.string()) });

/** What each request is answered with. A request's own fields are in `requests.ts`. */
export const answers = {
  /** Checked before anything else. */
  hello: v.object({
    protocol: v.number(),
    language: v.string(),
    version: v.string(),
    executable: v.string(),
  }),
  check: Empty,
  /** The generator functions that the evaluated module exports, as the runtime sees them. */
  load: v.object({ generators: v.array(v.string()) }),
  /**
   * The generator function's own name, and where the task stands: at its beginning, or, where the user's code resumed the generator
   * already, at the yield point where that left it; then it is `begun`.
   */
  spawn: v.object({ name: v.string(), point: v.optional(Point), begun: v.optional(v.boolean()) }),
  advance: Advanced,
  pause: Empty,
  /** Innermost frame last; empty where there is none. `value` is what the task yielded, returned or threw last. */
  inspect: v.object({ frames: v.array(Frame), value: v.optional(Value) }),
  expand: v.object({ properties: v.array(Property), total: count }),
  evaluate: Value,
  send: Advanced,
  throwInto: Advanced,
  close: Advanced,
  /** In words, each with its number or name: `2 timers`, `thread worker`. */
  remaining: Remaining,
  conclude: Remaining,
  reset: Empty,
} as const;

export type Method = keyof typeof answers;
export type Answer<M extends Method> = v.InferOutput<(typeof answers)[M]>;

const id = count;

/** What went wrong in user code or in a request, with the way out. */
export const Failure = v.object({
  /**
   * `syntax`, `load`, `call`, `not-a-generator`, `evaluate`, `unknown-task`, `interrupted`, `bad-request`, `version`, or
   * `internal` for a fault of the runner itself
   */
  code: v.string(),
  message: v.string(),
  remedy: v.optional(v.string()),
  file: v.optional(v.string()),
  line: v.optional(count),
  column: v.optional(count),
  /** The user's own frames, bounded. */
  stack: v.optional(v.string()),
});
export type Failure = v.InferOutput<typeof Failure>;

const Location = v.object({ file: v.string(), line: count, function: v.string() });

/** What a runner says: an answer, or an event. */
export const FromRunner = v.union([
  v.object({ id, ok: v.literal(true), result: v.unknown() }),
  v.object({ id, ok: v.literal(false), error: Failure }),
  /**
   * Something was printed in a step; step 0 is the time before the first. `dropped` characters more were cut off, so that
   * no slice fills the memory.
   */
  v.object({
    event: v.literal("output"),
    stream: v.picklist(["stdout", "stderr"]),
    step: count,
    text: v.string(),
    dropped: v.optional(count),
  }),
  /** What the task of a step threw. It comes before the step itself, whose point is where that was. */
  v.object({ event: v.literal("thrown"), step: count, thrown: Thrown }),
  /** What user code wrote by the descriptors 1 and 2 was taken in up to this place of their file (`writtenFile.ts`). */
  v.object({ event: v.literal("collected"), end: count }),
  /** Yield points, and places where something was thrown, that following chunks refer to, numbered on from those before. */
  v.object({ event: v.literal("points"), points: v.array(Point) }),
  /** User code runs for `millis` without giving back control: in a task's slice, or without one while loading. */
  v.object({ event: v.literal("hung"), step: count, task: v.optional(count), millis: v.number(), at: v.optional(Location) }),
  /** Resources that rows of the wait log refer to, numbered on from those before, from 1. They come before the first such row. */
  v.object({ event: v.literal("resources"), resources: v.array(Resource) }),
  /**
   * A task spawned another in a step. It comes before the chunk of that step. Tasks are numbered in one order with those that the
   * session adds; the other fields are those of the answer to `spawn`, and `call` shows what was spawned.
   */
  v.object({
    event: v.literal("spawned"),
    step: count,
    parent: taskNumber,
    task: taskNumber,
    name: v.string(),
    call: v.string(),
    point: v.optional(Point),
    begun: v.optional(v.boolean()),
  }),
  /** The process is about to end, by the user's own doing. */
  v.object({
    event: v.literal("fatal"),
    step: count,
    task: v.optional(count),
    message: v.string(),
    /** With what a promise was rejected, and where that came from, if it is because nobody handled that. */
    rejection: v.optional(v.string()),
  }),
]);
export type FromRunner = v.InferOutput<typeof FromRunner>;

/** Events alone, without the answers. */
export type RunnerEvent = Extract<FromRunner, { event: string }>;
