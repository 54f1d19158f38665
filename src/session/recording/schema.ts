/**
 * The schemas of the JSON sections. Objects are loose where a later version may add fields.
 */

import * as v from "valibot";
import { decisions } from "../../core/decisions";
import { untils } from "../../core/until";
import { switchPoints } from "../../core/ways";
import { Notice } from "../../protocol/panel";
import { answers, Frame, Location, Property, Value } from "../../protocol/runner";
import { Point, Thrown } from "../../protocol/thrown";
import { VirtualTimeFields } from "../../protocol/time";
import { Resource } from "../../protocol/waits";
import { pieceSteps } from "../seen/driverLog";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const text = v.string();

const RecordedTask = v.looseObject({
  name: text,
  call: text,
  /** The step after which it was added, and the yield point at which it is suspended until it is first resumed. */
  added: count,
  point: v.optional(Point),
  /** Whether the user's code had already resumed its generator. */
  begun: v.optional(v.boolean()),
  /** The task that spawned it, in the step after which it was added. */
  parent: v.optional(count),
});

/** What the trace was recorded from. If a file has several such sections, the last one is valid. */
export const Meta = v.looseObject({
  /** The absolute path on the machine where it ran. */
  file: text,
  calls: v.array(text),
  until: v.picklist(untils),
  status: v.picklist(["loading", "paused", "running", "finished", "stopped", "failed"]),
  runtime: v.optional(answers.hello),
  /** Absent where time was real. */
  virtualTime: v.optional(VirtualTimeFields),
  /** The time of the session, where that of the run is another one: it is a branch that a witness was opened as. */
  sessionTime: v.optional(v.object({ virtualTime: v.optional(VirtualTimeFields) })),
  tasks: v.pipe(v.array(RecordedTask), v.maxLength(65_536)),
  /** The number of steps recorded when the section was written. */
  steps: count,
  /** Present if the program decided itself who runs. */
  observed: v.optional(
    v.looseObject({
      arguments: v.array(text),
      module: v.optional(text),
      input: v.optional(text),
      functions: v.optional(v.record(text, v.picklist(decisions))),
    }),
  ),
  /** Present if the tasks ran as threads. */
  threads: v.optional(v.picklist(switchPoints)),
  /** Present if each task ran in a process of its own. */
  processes: v.optional(v.literal(true)),
  /** The first step that returned. */
  result: v.optional(count),
  watches: v.array(text),
  /** The number of characters that were printed but not kept. */
  outputLost: v.optional(count),
  /** The first step whose output is incomplete. */
  outputLostFrom: v.optional(count),
  /** Promises that were rejected without a handler. */
  rejections: v.optional(v.array(v.object({ step: count, task: count, message: text }))),
  /** Values that only the scheduler of another library serves. */
  foreignYields: v.optional(v.array(v.object({ step: count, task: count, library: text }))),
  /** Why the session failed. */
  failure: v.optional(Notice),
});
export type Meta = v.InferOutput<typeof Meta>;

/** The text of a file at the time when it ran. */
export const Source = v.object({ file: text, text });
export type Source = v.InferOutput<typeof Source>;

/** Consecutive yield points; `first` is the number of the first one, counted from 1. */
export const Points = v.object({ first: count, points: v.pipe(v.array(Point), v.maxLength(65_535)) });

const task = v.pipe(count, v.maxValue(0xffff));

/** See `src/core/schedule/changes.ts`. */
const Change = v.variant("kind", [
  v.object({ kind: v.literal("policy"), policy: v.pipe(text, v.maxLength(100_000)) }),
  v.object({ kind: v.literal("add"), call: text }),
  v.object({ kind: v.picklist(["hold", "release", "close"]), task }),
  v.object({ kind: v.literal("pick"), task, send: v.optional(text) }),
  v.object({ kind: v.literal("throw"), task, expression: text }),
]);

/** Changes to the order of a run. `first` is the index of the first one, from 0. Up to the step `steps`, there are no others. */
export const Changes = v.object({
  first: count,
  steps: count,
  /** The last step that was picked by a schedule; left out if none was followed. */
  followed: v.optional(count),
  changes: v.array(v.object({ after: count, change: Change })),
});
export type Changes = v.InferOutput<typeof Changes>;

/** What a search over the orders of the tasks has found. The objects are decoded by those who know searches. */
export const Explored = v.array(v.unknown());

/** Output, in the order in which it was printed. */
export const Output = v.array(
  v.object({ step: count, stream: v.picklist(["stdout", "stderr", "stdin"]), text, dropped: v.optional(count) }),
);

/** Captured locals after a step, and the children of values that were expanded. If there are several for a step, the last is valid. */
export const Seen = v.object({
  step: count,
  when: v.picklist(["then", "later"]),
  frames: v.array(Frame),
  value: v.optional(Value),
  /** In an observed program, the frames that have resumed the task. */
  resumedBy: v.optional(v.array(Frame)),
  /** What the task was sent in the step. */
  got: v.optional(text),
  /** The children of values, by handle. */
  children: v.array(v.tuple([count, v.object({ properties: v.array(Property), total: count })])),
});
export type Seen = v.InferOutput<typeof Seen>;
export const SeenList = v.array(Seen);

/** The errors that tasks threw, by step. */
export const ThrownList = v.array(v.object({ step: count, thrown: Thrown }));

/**
 * Who resumed the tasks of an observed program: further drivers, which are numbered from 1 across all sections, and the numbers of those that
 * did in the steps from `first` on, each in so many steps; 0 for none that is known.
 */
export const Drivers = v.pipe(
  v.object({
    drivers: v.pipe(v.array(Location), v.maxLength(65_535)),
    first: count,
    by: v.array(count),
    times: v.array(count),
  }),
  v.check(({ by, times }) => by.length === times.length && times.reduce((sum, each) => sum + each, 0) <= pieceSteps),
);

/** Consecutive resources; `first` is the number of the first one, counted from 1. */
export const Resources = v.object({ first: count, resources: v.array(Resource) });

/** The values of watches, by step. */
export const WatchedList = v.array(
  v.object({
    step: count,
    expression: text,
    seen: v.union([v.object({ text }), v.object({ error: text })]),
    task: v.optional(count),
  }),
);
