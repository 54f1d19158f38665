/**
 * The panel's wire: the panel asks and commands, the host answers and shows. The panel owns no data: after `ready` it is sent
 * a `view`, and it asks for the windows that it draws.
 */

import * as v from "valibot";
import { untils } from "../core/until";
import { findReplies, findRequests } from "./find";
import { Printed, PrintedSoFar } from "./printed";
import { Frame, Property, Value } from "./runner";
import { scheduleReplies, scheduleRequests, scheduleView } from "./schedule";
import { Point, Thrown } from "./thrown";
import { TimelineLevel, TimelineQuestion } from "./timeline";
import { Awaited, Sentence, Waiting } from "./waitView";
import { Warnings, warningRequests } from "./warnings";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const text = v.string();

const Event = v.picklist(["yielded", "returned", "threw", "closed"]);

/** One line of the list of switches. */
export const Row = v.object({
  step: count,
  task: count,
  event: Event,
  value: text,
  /** Where the task is suspended then, or where it threw. */
  point: v.optional(Point),
  micros: v.number(),
  /** The beginning of what was printed in the slice; absent when nothing was. */
  output: v.optional(text),
  /** What was printed in it is not kept, if anything was. */
  outputLost: v.optional(v.literal(true)),
  /** Why this task was picked, in words that follow its name; absent where it is not known yet. */
  why: v.optional(text),
});
export type Row = v.InferOutput<typeof Row>;

export const TaskRow = v.object({
  id: count,
  name: text,
  call: text,
  state: v.picklist(["created", "ready", "running", "blocked", "returned", "threw", "closed"]),
  /** Where it is suspended, innermost first: the yield point, then the generators that wait for it in a `yield*`. */
  stack: v.array(Point),
  /** What it yielded, returned or threw last. */
  value: v.optional(text),
  /** Where it threw. */
  threwAt: v.optional(Point),
  steps: count,
  micros: v.number(),
  /** The user holds it back; its state is `blocked`. */
  held: v.optional(v.boolean()),
  /** What it waits for; its state is `blocked`. */
  waits: v.optional(Awaited),
  /** The task that spawned it. */
  parent: v.optional(count),
});
export type TaskRow = v.InferOutput<typeof TaskRow>;

/** What the user is told beside the run itself; `actions` are the ways out, as buttons. */
export const Notice = v.object({
  severity: v.picklist(["info", "warning", "error"]),
  message: text,
  /** The same as `message` in pieces, where it names tasks or resources: they can be shown in their colours. */
  sentence: v.optional(Sentence),
  /** The step that it is about: what closed a deadlock. */
  step: v.optional(count),
  remedy: v.optional(text),
  /** A longer text to read on demand: a stack. */
  detail: v.optional(text),
  actions: v.array(
    v.picklist([
      "restart",
      "interrupt",
      "stop",
      "showSource",
      "editCall",
      "editSchedule",
      "retryStart",
      "cancelStart",
      "dismissStart",
    ]),
  ),
});
export type Notice = v.InferOutput<typeof Notice>;

/**
 * What became of a value since the same task's step before: it is another, it is new, it is gone, or it looks the same and
 * something inside is another. Absent where it is the same, or where it is not known what it was.
 */
export const changes = ["changed", "added", "removed", "inside"] as const;
export type Change = (typeof changes)[number];

/** `was` is the preview before, of what changed. */
const marks = { change: v.optional(v.picklist(changes)), was: v.optional(text) };

export const MarkedValue = v.object({ ...Value.entries, ...marks });
export type MarkedValue = v.InferOutput<typeof MarkedValue>;

/** One that was removed stands among the others where it was, with the preview that it had. */
export const MarkedProperty = v.object({ ...Property.entries, ...marks });
export type MarkedProperty = v.InferOutput<typeof MarkedProperty>;

export const MarkedFrame = v.object({ ...Frame.entries, locals: v.array(MarkedProperty) });
export type MarkedFrame = v.InferOutput<typeof MarkedFrame>;

/** The step at the cursor. Handles are there while its task still stands where this step left it. */
export const Detail = v.object({
  step: count,
  task: v.optional(count),
  value: v.optional(MarkedValue),
  /** Innermost last. */
  frames: v.array(MarkedFrame),
  /** What it threw. */
  thrown: v.optional(Thrown),
  output: v.array(Printed),
  /** The first step of which output was not kept, where it is this one or one before: nothing of what came after is there. */
  outputLostFrom: v.optional(count),
  soFar: v.optional(PrintedSoFar),
});
export type Detail = v.InferOutput<typeof Detail>;

/** When a run pauses: before a task is resumed, after it yields, returns or throws, is suspended at a line, or meets a condition. */
export const breakpointKinds = ["resumed", "yielded", "returned", "threw", "line", "condition"] as const;

export const Breakpoint = v.object({
  id: count,
  kind: v.picklist(breakpointKinds),
  enabled: v.boolean(),
  /** The name of the only task that counts; absent for all. */
  task: v.optional(text),
  /** Of a `line`. */
  file: v.optional(text),
  line: v.optional(count),
  /** Of a `condition`; `value` names what was yielded. */
  expression: v.optional(text),
  /** Set in the editor's margin: it is removed there too. */
  fromEditor: v.optional(v.boolean()),
  /** Why its expression could not be evaluated. */
  problem: v.optional(text),
});
export type Breakpoint = v.InferOutput<typeof Breakpoint>;

/** A watched expression at the cursor. `text` is absent where it was not recorded; `was` is there when the step changed it. */
export const Watch = v.object({
  expression: text,
  text: v.optional(text),
  /** What it gave when it was to be seen last, where that is something else: its text, or why there was none. */
  was: v.optional(text),
  error: v.optional(text),
  /** It did not end, and is passed over until it is asked for again. */
  stopped: v.optional(v.literal(true)),
  /** What was found out about it on the way to the step that is shown. */
  note: v.optional(text),
  /** While a change of it is looked for: steps replayed so far, of those that may have to be. */
  searched: v.optional(v.object({ done: count, of: count })),
});
export type Watch = v.InferOutput<typeof Watch>;

/** Locals and watches of a step of a full-speed stretch, got by replaying the schedule on a fresh instance. */
export const Rebuild = v.object({
  state: v.picklist(["possible", "running", "refused"]),
  /** What is missing: what was seen at the step, or at those before it without which nobody knows what this one changed. */
  missing: v.picklist(["step", "changes"]),
  /** Steps replayed so far, of those up to the cursor. */
  done: v.optional(count),
  /** Why not, or where the replay differs from the trace. */
  message: v.optional(text),
});
export type Rebuild = v.InferOutput<typeof Rebuild>;

/** Steps to go to, from the cursor. */
export const places = ["firstOfTask", "lastOfTask", "previousOfTask", "nextOfTask", "previousChange", "nextChange"] as const;

export const status = ["empty", "loading", "paused", "running", "finished", "stopped", "failed"] as const;

/** Everything the panel shows at once, small whatever the length of the run. */
export const View = v.object({
  status: v.picklist(status),
  /** Which run this is of: steps of another have the same numbers, and nothing else in common. */
  run: count,
  /** The name of the file, and what runs it: `Node 24.21`. */
  file: text,
  runtime: text,
  executable: text,
  /** The number of the last step, and of the one that is shown. */
  head: count,
  cursor: count,
  now: v.optional(Row),
  /** While a run goes on, its last rows, at most `tailRows`: to ask for them each time would take as long as they are shown. */
  rows: v.optional(v.array(Row)),
  /** The task that the next step resumes. */
  next: v.optional(count),
  tasks: v.array(TaskRow),
  /** Who waits for what, where anybody waits or holds something. */
  waiting: v.optional(Waiting),
  /** The run goes on and nobody is ready: what it waits for, as a whole sentence: `naps sleeps.` */
  awaits: v.optional(Sentence),
  /** The first return: the run's result. */
  result: v.optional(v.object({ task: count, step: count, value: text })),
  /** Steps a second, while running. */
  rate: v.optional(v.number()),
  until: v.picklist(untils),
  /** What was found about the tasks so far, whatever step is shown; absent where that is nothing. */
  warnings: v.optional(Warnings),
  notice: v.optional(Notice),
  detail: v.optional(Detail),
  breakpoints: v.optional(v.array(Breakpoint)),
  /** The breakpoint at which the run rests. */
  hit: v.optional(count),
  watches: v.optional(v.array(Watch)),
  /** Present in the past where locals were not recorded. */
  rebuild: v.optional(Rebuild),
  /** Steps a second of a slow run, while it goes. */
  speed: v.optional(v.number()),
  /** Nothing of it can run: it was read from a file, or is what a reload of the window left of a session. */
  recorded: v.optional(v.picklist(["file", "reload"])),
  /** What the user began and what is not there yet, in words: until then all else is as it was before. */
  starting: v.optional(text),
  /** The file of the session before, of which the trace is kept: told until this one makes its first step. */
  replaced: v.optional(text),
  ...scheduleView,
});
export type View = v.InferOutput<typeof View>;

export const commands = [
  "step",
  "stepBack",
  "run",
  "pause",
  "restart",
  "stop",
  "interrupt",
  "toHead",
  "addTask",
  "showSource",
  "saveTrace",
  "exportTrace",
  "choosePolicyFile",
  "editCall",
  "editSchedule",
  "retryStart",
  "cancelStart",
  "dismissStart",
  "showLastSession",
] as const;
export type Command = (typeof commands)[number];

/** What the panel says. Those with an `id` are answered by exactly one reply. */
export const FromPanel = v.variant("type", [
  /** The panel is up and wants its view. */
  v.object({ type: v.literal("ready") }),
  /** The keyboard came to the panel or left it: its keybindings hold only meanwhile. */
  v.object({ type: v.literal("focus"), focused: v.boolean() }),
  /** A key or a button of the mouse goes down: what comes of it needs the processor more than a run does. */
  v.object({ type: v.literal("giveWay") }),
  v.object({ type: v.literal("command"), command: v.picklist(commands) }),
  /** Puts the cursor on a step; the head's number makes it live. */
  v.object({ type: v.literal("select"), step: count }),
  v.object({ type: v.literal("setUntil"), until: v.picklist(untils) }),
  /** Runs slowly, so many steps a second, 1 to 100; said again, it changes the speed. */
  v.object({ type: v.literal("walk"), speed: v.pipe(v.number(), v.minValue(1), v.maxValue(100)) }),
  /** Runs so many steps at full speed, or up to a step. */
  v.object({ type: v.literal("runSteps"), count }),
  v.object({ type: v.literal("runTo"), step: count }),
  /** Moves the cursor; the task is that of the step at the cursor, unless one is named. */
  v.object({ type: v.literal("goTo"), place: v.picklist(places), task: v.optional(count), watch: v.optional(text) }),
  v.object({
    type: v.literal("addBreakpoint"),
    kind: v.picklist(breakpointKinds),
    task: v.optional(text),
    expression: v.optional(text),
  }),
  v.object({ type: v.literal("setBreakpoint"), breakpoint: count, enabled: v.boolean() }),
  v.object({ type: v.literal("removeBreakpoint"), breakpoint: count }),
  v.object({ type: v.literal("addWatch"), expression: text }),
  v.object({ type: v.literal("removeWatch"), expression: text }),
  /** Evaluates one again that was stopped. */
  v.object({ type: v.literal("retryWatch"), expression: text }),
  ...warningRequests,
  /** Rebuilds what was not recorded of the step at the cursor, or stops doing so. */
  v.object({ type: v.literal("rebuild") }),
  v.object({ type: v.literal("cancelRebuild") }),
  /** Shows a place in the editor. */
  v.object({ type: v.literal("reveal"), file: text, line: count, column: count }),
  v.object({ type: v.literal("rows"), id: count, from: count, count }),
  v.object({ type: v.literal("expand"), id: count, handle: count, start: count }),
  ...findRequests,
  ...scheduleRequests,
  /** What is seen of the run in a window of the timeline. */
  v.object({ type: v.literal("timeline"), id: count, question: TimelineQuestion }),
  /** The part of the run that the timeline shows now. */
  v.object({ type: v.literal("window"), ...v.pick(TimelineQuestion, ["axis", "from", "to"]).entries }),
  /** Something that the panel could not read or draw, for the log. */
  v.object({ type: v.literal("problem"), message: text }),
]);
export type FromPanel = v.InferOutput<typeof FromPanel>;

/** What the host says. */
export const ToPanel = v.variant("type", [
  v.object({ type: v.literal("view"), view: View }),
  v.object({ type: v.literal("rows"), id: count, rows: v.array(Row) }),
  /** `total` does not count what was removed. */
  v.object({ type: v.literal("expanded"), id: count, properties: v.array(MarkedProperty), total: count }),
  v.object({ type: v.literal("timeline"), id: count, level: TimelineLevel }),
  ...findReplies,
  ...scheduleReplies,
  /** The request cannot be answered, and why. */
  v.object({ type: v.literal("refused"), id: count, message: text }),
]);
export type ToPanel = v.InferOutput<typeof ToPanel>;

/** So many of the last rows are drawn while a run goes on. */
export const tailRows = 50;

/** At most so many rows in one answer. */
export const maxRows = 2_000;
