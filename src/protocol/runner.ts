/**
 * The runner's wire: the session's requests and the runner's answers, the same for every language. Requests go to fd 3 of the child;
 * everything else comes from its fd 4. Steps are sent as chunks (`chunk.ts`), and the effects of tasks' requests as rows of the wait log
 * (`waits.ts`).
 */
import * as v from "valibot";
import { Executed, Explored } from "./explore";
import { Point, Thrown } from "./thrown";
import { Resource, taskNumber } from "./waits";

/** Raised whenever the wire changes; `hello` rejects any other version. */
export const protocolVersion = 1;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/**
 * A bounded preview in the language's own notation, and a handle while its children can be requested. The children of a long text
 * are its pieces.
 */
export const Value = v.object({
  text: v.string(),
  /** Valid for `expand` until the next `advance`, `send`, `throwInto`, `close` or `reset`. */
  handle: v.optional(count),
  /** Part of a text that is too long for its preview, to be read in full. */
  piece: v.optional(v.boolean()),
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
 * Why `advance` ended: the plan was `completed`; a task `returned` or `threw`; the last step met a `condition`; a `pause` arrived; or the
 * plan was `stale`. If several apply, a deadlock takes precedence, then a return or a throw; `condition` still says which condition was
 * met.
 *
 * Requests add three reasons: the last step `changed` which tasks are ready, or which one runs next (this ends any plan but a ring plan);
 * no task is ready and nothing can wake one (`idle`); or tasks wait for one another in a cycle (`deadlock`).
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

/** Code that a thread runs to its end once it has begun, and the reason. */
export const Atomic = v.object({ file: v.string(), line: count, function: v.string(), why: v.string() });

const Advanced = v.object({
  ran: count,
  stopped: StopReason,
  /** The first condition that the last step met and, if its expression could not be evaluated, why. */
  condition: v.optional(v.object({ id: count, problem: v.optional(v.string()) })),
  /** The last step of this request that met a condition marked `noted`; absent if there was none. */
  noted: v.optional(count),
});
const Empty = v.object({});
const Remaining = v.object({ remaining: v.array(v.string()) });

/** The answer to each request. The fields of requests are in `requests.ts`. */
export const answers = {
  /** Checked before anything else. */
  hello: v.object({
    protocol: v.number(),
    language: v.string(),
    version: v.string(),
    executable: v.string(),
  }),
  check: Empty,
  /**
   * The generator functions that the evaluated module exports, as the runtime sees them; and, where tasks are threads, the functions and other
   * code in the loaded files that a thread runs to its end once it has begun.
   */
  load: v.object({
    generators: v.array(v.string()),
    atomic: v.optional(v.array(Atomic)),
    /** Where tasks are threads: the names of threads that the program has started while it was loaded, which run free. */
    free: v.optional(v.array(v.string())),
  }),
  observe: Empty,
  /**
   * The generator function's own name, and where the task is: at its beginning or, if the user's code has already resumed the generator, at
   * the yield point where it was left; in that case it is `begun`.
   */
  spawn: v.object({ name: v.string(), point: v.optional(Point), begun: v.optional(v.boolean()) }),
  advance: Advanced,
  pause: Empty,
  interrupt: Empty,
  ping: Empty,
  /**
   * Innermost frame last; empty if there is none. `value` is what the task last yielded, returned or threw. If an observed program waits
   * at a step of this task, `resumedBy` has the frames of the user's files that have resumed it, innermost last. `got` is the value of the
   * `yield` that it came back from in the last step, as text; absent if it is not known, or is nothing.
   */
  inspect: v.object({
    frames: v.array(Frame),
    value: v.optional(Value),
    resumedBy: v.optional(v.array(Frame)),
    got: v.optional(v.string()),
  }),
  expand: v.object({ properties: v.array(Property), total: count }),
  evaluate: Value,
  send: Advanced,
  throwInto: Advanced,
  close: Advanced,
  /** In microseconds, by all its threads, since it was started. */
  processor: v.object({ micros: v.number() }),
  /** As text, each with its number or name: `2 timers`, `thread worker`. */
  remaining: Remaining,
  conclude: Remaining,
  reset: Empty,
  /** A failure if a call fails, or an expression cannot be parsed. */
  explore: Empty,
  exploreOn: Explored,
  execute: v.object({ executed: v.array(Executed) }),
} as const;

export type Method = keyof typeof answers;
export type Answer<M extends Method> = v.InferOutput<(typeof answers)[M]>;

const id = count;

/** An error in user code or in a request, with a remedy. */
export const Failure = v.object({
  /**
   * `syntax`, `load`, `call`, `not-a-generator`, `evaluate`, `unknown-task`, `interrupted`, `bad-request`, `version`, or `internal` for an
   * error of the runner itself
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

/** A line in a function. */
export const Location = v.object({ file: v.string(), line: count, function: v.string() });

const UnrepeatableCall = v.object({
  event: v.literal("unrepeatable"),
  step: count,
  task: count,
  /** `Math.random()` */
  call: v.string(),
});
export type UnrepeatableCall = v.InferOutput<typeof UnrepeatableCall>;

/** Messages from the runner: answers and events. */
export const FromRunner = v.union([
  v.object({ id, ok: v.literal(true), result: v.unknown() }),
  v.object({ id, ok: v.literal(false), error: Failure }),
  /**
   * Output of a step; step 0 is the time before the first step. `dropped` is the number of further characters that were cut off, so that no
   * slice fills the memory.
   */
  v.object({
    event: v.literal("output"),
    stream: v.picklist(["stdout", "stderr"]),
    step: count,
    text: v.string(),
    dropped: v.optional(count),
  }),
  /** The error that a step's task threw. It is sent before the step, whose point is where the error was thrown. */
  v.object({ event: v.literal("thrown"), step: count, thrown: Thrown }),
  /**
   * When the first step of the next chunk began, in microseconds, on a clock that all processes of a machine share. The other steps follow
   * without gaps that are worth telling. Only for those who asked for it.
   */
  v.object({ event: v.literal("clock"), began: v.pipe(v.number(), v.finite()) }),
  /** The file of descriptors 1 and 2 has been read up to this position (`writtenFile.ts`). */
  v.object({ event: v.literal("collected"), end: count }),
  /** Yield points, and places where errors were thrown, for the following chunks to refer to. The numbering continues from earlier ones. */
  v.object({ event: v.literal("points"), points: v.array(Point) }),
  /**
   * User code has been running for `millis` without returning control: in a task's slice, or outside any task, for example while loading.
   */
  v.object({ event: v.literal("hung"), step: count, task: v.optional(count), millis: v.number(), at: v.optional(Location) }),
  /**
   * User code reads its standard input, and there is nothing to read yet. It is sent after everything that was printed and recorded before.
   * From here on the code waits, unless it reads in the background.
   */
  v.object({ event: v.literal("asks"), step: count, task: v.optional(count), at: v.optional(Location) }),
  /** In a search that announces its steps: a task is about to be resumed or, without a task, a run is about to begin. */
  v.object({ event: v.literal("resuming"), task: v.optional(taskNumber) }),
  /**
   * A task called something that gives something else each time, such as a clock, for the first time. It is sent before the step.
   */
  UnrepeatableCall,
  /** Resources for rows of the wait log to refer to, sent before the first such row. They are numbered from 1, across all events. */
  v.object({ event: v.literal("resources"), resources: v.array(Resource) }),
  /**
   * A task spawned another one in a step. The event is sent before the chunk of that step. Task numbers continue those of the session's
   * tasks; the other fields are those of the answer to `spawn`, and `call` shows what was spawned. In an observed program, a task without a
   * parent appears in the step in which it is resumed for the first time.
   */
  v.object({
    event: v.literal("spawned"),
    step: count,
    parent: v.optional(taskNumber),
    task: taskNumber,
    name: v.string(),
    call: v.string(),
    point: v.optional(Point),
    begun: v.optional(v.boolean()),
  }),
  /** In an observed program, the frames that resume tasks, for `driven` to refer to. They are numbered from 1, across all events. */
  v.object({ event: v.literal("drivers"), drivers: v.array(Location) }),
  /**
   * Who resumed the tasks in the steps from this one on: the numbers of drivers, 0 for none that is known, and in how many steps each;
   * in one each if that is left out. Sent before their chunk.
   */
  v.object({ event: v.literal("driven"), step: count, by: v.array(count), times: v.optional(v.array(count)) }),
  /** Outside of tasks, an observed program iterates over a generator of this function, which is no task then; told once for each function. */
  v.object({ event: v.literal("iterated"), function: v.string() }),
  /** An observed program ends by an exception that nobody has caught. */
  v.object({ event: v.literal("uncaught"), step: count, thrown: Thrown }),
  /** A task yielded a value that only the scheduler of another library serves; told once for each task. */
  v.object({
    event: v.literal("foreign"),
    step: count,
    task: taskNumber,
    library: v.pipe(v.string(), v.maxLength(50)),
  }),
  /** The user's code is about to end the process. */
  v.object({
    event: v.literal("fatal"),
    step: count,
    task: v.optional(count),
    message: v.string(),
    /** The value of an unhandled promise rejection, and its origin, if that is why the process ends. */
    rejection: v.optional(v.string()),
  }),
]);
export type FromRunner = v.InferOutput<typeof FromRunner>;

/** Events only, without the answers. */
export type RunnerEvent = Extract<FromRunner, { event: string }>;
