/**
 * The panel's wire: the panel sends requests and commands, the host replies and shows. The panel owns no data: after `ready` it is sent a
 * `view`, and it requests the ranges that it draws.
 */

import * as v from "valibot";
import { decisions } from "../core/decisions";
import { stays } from "../core/stay";
import { untils } from "../core/until";
import { switchPoints } from "../core/ways";
import { Breakpoint, breakpointRequests } from "./breakpoints";
import { explorationReplies, explorationRequests, explorationView } from "./exploration";
import { findReplies, findRequests } from "./find";
import { Atomic, Location } from "./runner";
import { scheduleReplies, scheduleRequests, scheduleView } from "./schedule";
import { Detail, MarkedProperty } from "./stepDetail";
import { Point } from "./thrown";
import { VirtualTimeFields } from "./time";
import { TimelineLevel, TimelineQuestion } from "./timeline";
import { Awaited, Sentence, Waiting } from "./waitView";
import { Warnings, warningRequests } from "./warnings";
import { Rebuild, Watch, watchRequests } from "./watches";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const text = v.string();
const StayFields = { task: count, until: v.picklist(stays) };

const Event = v.picklist(["yielded", "returned", "threw", "closed"]);

/** One row of the list of switches. */
export const Row = v.object({
  step: count,
  task: count,
  event: Event,
  value: text,
  /** Where the task was suspended after the step, or where it threw. */
  point: v.optional(Point),
  micros: v.number(),
  /** The beginning of the slice's output; absent if there was none. */
  output: v.optional(text),
  /** The output of the slice, if any, was not kept. */
  outputLost: v.optional(v.literal(true)),
  /** Why this task was picked, worded to follow its name; absent if it is not known yet. */
  why: v.optional(text),
  /** Who resumed the task, in an observed program. */
  resumedBy: v.optional(Location),
});
export type Row = v.InferOutput<typeof Row>;

export const TaskRow = v.object({
  id: count,
  name: text,
  call: text,
  state: v.picklist(["created", "ready", "running", "blocked", "returned", "threw", "closed"]),
  /** Where it is suspended, innermost first: the yield point, then the generators that wait for it in a `yield*`. */
  stack: v.array(Point),
  /** The last value that it yielded, returned or threw. */
  value: v.optional(text),
  /** Where it threw. */
  threwAt: v.optional(Point),
  steps: count,
  micros: v.number(),
  /** The user holds the task back; its state is `blocked`. */
  held: v.optional(v.boolean()),
  /** What it waits for; its state is `blocked`. */
  waits: v.optional(Awaited),
  /** The task that spawned it. */
  parent: v.optional(count),
});
export type TaskRow = v.InferOutput<typeof TaskRow>;

/** A message to the user beside the run; `actions` become buttons. */
export const Notice = v.object({
  severity: v.picklist(["info", "warning", "error"]),
  message: text,
  /** The same as `message` in segments, if it names tasks or resources, so that they can be shown in their colours. */
  sentence: v.optional(Sentence),
  /** The step that the notice is about, such as the one that closed a deadlock. */
  step: v.optional(count),
  remedy: v.optional(text),
  /** The step before which picking another task might have avoided the deadlock. */
  branchBefore: v.optional(count),
  /** A longer text shown on demand, such as a stack. */
  detail: v.optional(text),
  actions: v.array(
    v.picklist([
      "restart",
      "interrupt",
      "skipWatch",
      "stop",
      "showSource",
      "editCall",
      "editSchedule",
      "openSetting",
      "retryStart",
      "cancelStart",
      "dismissStart",
    ]),
  ),
});
export type Notice = v.InferOutput<typeof Notice>;

/** Steps to go to, relative to the cursor. */
export const places = ["firstOfTask", "lastOfTask", "previousOfTask", "nextOfTask", "previousChange", "nextChange"] as const;

export const status = ["empty", "loading", "paused", "running", "finished", "stopped", "failed"] as const;

/** Everything that the panel shows at once. Its size does not depend on the length of the run. */
export const View = v.object({
  status: v.picklist(status),
  /** Identifies the run: the steps of another run have the same numbers, and nothing else in common. */
  run: count,
  /** The name of the file, and the runtime: `Node 24.21`. */
  file: text,
  runtime: text,
  executable: text,
  /** The last step of the run; `cursor` is the step that is shown. */
  head: count,
  cursor: count,
  now: v.optional(Row),
  /** During a run, its last rows, at most `tailRows`: requesting them each time would take as long as they are shown. */
  rows: v.optional(v.array(Row)),
  /** The task that the next step resumes. */
  next: v.optional(count),
  tasks: v.array(TaskRow),
  /** The wait-for graph; absent if no task waits or holds anything. */
  waiting: v.optional(Waiting),
  /** What the run waits for while no task is ready, as a complete sentence: `naps sleeps.` */
  awaits: v.optional(Sentence),
  /** The first return: the run's result. */
  result: v.optional(v.object({ task: count, step: count, value: text })),
  /** Steps per second, during a run. */
  rate: v.optional(v.number()),
  until: v.picklist(untils),
  /** Present under virtual time; `now` is what the clock shows after the step at the cursor, in milliseconds. */
  virtual: v.optional(v.object({ ...VirtualTimeFields.entries, now: v.number() })),
  /** What the clock of the program's simulation shows after the step at the cursor. Sleeping tasks are then due by that clock. */
  simulated: v.optional(v.number()),
  /** The warnings found so far, for the whole run whatever step is shown; absent if there are none. */
  warnings: v.optional(Warnings),
  notice: v.optional(Notice),
  /** The functions whose tasks have lanes for what they delegate to. */
  below: v.optional(v.array(text)),
  detail: v.optional(Detail),
  breakpoints: v.optional(v.array(Breakpoint)),
  /** The breakpoint that paused the run. */
  hit: v.optional(count),
  watches: v.optional(v.array(Watch)),
  /** Present for a past step whose locals were not recorded. */
  rebuild: v.optional(Rebuild),
  /** Steps per second of a slow run, while it is in progress. */
  speed: v.optional(v.number()),
  /** The task for which the run in progress rests, and where. */
  staying: v.optional(v.object(StayFields)),
  /** Present if the run cannot continue: it was read from a file, or is what a reload of the window left of a session. */
  recorded: v.optional(v.picklist(["file", "reload"])),
  /** Present if the program decides itself who runs. */
  observed: v.optional(v.literal(true)),
  /** Which functions of an observed program count as tasks. */
  functions: v.optional(
    v.object({
      decided: v.record(text, v.picklist(decisions)),
      /** Those that were iterated over and are no tasks then. */
      iterated: v.array(text),
      /** The run has other decisions; a restart has these. */
      isChanged: v.boolean(),
    }),
  ),
  /** The tasks run as threads, which may give way at these points. */
  threads: v.optional(v.picklist(switchPoints)),
  /** Each task has a process of its own. */
  processes: v.optional(v.literal(true)),
  /** What threads run to its end at once, and the threads that run free; absent if there is neither. */
  exempt: v.optional(v.object({ atomic: v.array(Atomic), more: count, free: v.array(text) })),
  /** The program reads its standard input, which the user types. `asks` says who does; left out, it is not known whether anybody does. */
  takesInput: v.optional(v.object({ asks: v.optional(text), prompt: v.optional(text) })),
  /** What the user started and is not ready yet, as text; until then everything else stays as it was. */
  starting: v.optional(text),
  /** The previous session's file, whose trace is kept; present until this session runs its first step. */
  replaced: v.optional(text),
  ...scheduleView,
  ...explorationView,
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
  "skipWatch",
  "toHead",
  "addTask",
  "showSource",
  "saveTrace",
  "exportTrace",
  "saveSetup",
  "compareWays",
  "exploreOrders",
  "choosePolicyFile",
  "editCall",
  "editSchedule",
  "openSetting",
  "retryStart",
  "cancelStart",
  "dismissStart",
  "showLastSession",
  "openExamples",
  "openWalkthrough",
] as const;
export type Command = (typeof commands)[number];

/** Messages from the panel. Each one with an `id` gets exactly one reply. */
export const FromPanel = v.variant("type", [
  /** The panel is ready to receive its view. */
  v.object({ type: v.literal("ready") }),
  /** The panel got or lost the focus; its keybindings apply only while it has it. */
  v.object({ type: v.literal("focus"), focused: v.boolean() }),
  /** A key or mouse button went down: handling it needs the processor more than a run does. */
  v.object({ type: v.literal("giveWay") }),
  v.object({ type: v.literal("command"), command: v.picklist(commands) }),
  /** Moves the cursor to a step; the head means live. */
  v.object({ type: v.literal("select"), step: count }),
  /** Looks at a task as it is at the step that is shown; without one, shows the step itself again. */
  v.object({ type: v.literal("look"), task: v.optional(count) }),
  v.object({ type: v.literal("setUntil"), until: v.picklist(untils) }),
  /** Starts a slow run with this many steps per second, from 1 to 100; during a slow run, changes its speed. */
  v.object({ type: v.literal("walk"), speed: v.pipe(v.number(), v.minValue(1), v.maxValue(100)) }),
  /** Runs this many steps at full speed, or up to a step. */
  v.object({ type: v.literal("runSteps"), count }),
  v.object({ type: v.literal("runTo"), step: count }),
  /** Runs until a task has made its next step, or has ended. */
  v.object({ type: v.literal("stay"), ...StayFields }),
  /** The task whose row is selected; without one, commands are about the task of the step that is shown. */
  v.object({ type: v.literal("row"), task: v.optional(count) }),
  /** Moves the cursor; the task defaults to that of the step at the cursor. */
  v.object({ type: v.literal("goTo"), place: v.picklist(places), task: v.optional(count), watch: v.optional(text) }),
  ...breakpointRequests,
  ...watchRequests,
  ...warningRequests,
  /** Decides whether a function of an observed program counts as a task; without a decision it counts as usual. */
  v.object({ type: v.literal("decide"), function: text, decision: v.optional(v.picklist(decisions)) }),
  /** Whether the tasks of a function have lanes for what they delegate to. */
  v.object({ type: v.literal("showBelow"), function: text, isShown: v.boolean() }),
  /** Gives the program a line to read from its standard input; without a text, there is nothing more to read. */
  v.object({ type: v.literal("give"), text: v.optional(v.pipe(text, v.maxLength(100_000))) }),
  /** Shows a place in the editor, which gets the focus unless the panel keeps it. */
  v.object({ type: v.literal("reveal"), file: text, line: count, column: count, keepsFocus: v.optional(v.literal(true)) }),
  v.object({ type: v.literal("rows"), id: count, from: count, count }),
  v.object({ type: v.literal("expand"), id: count, handle: count, start: count }),
  ...findRequests,
  ...scheduleRequests,
  ...explorationRequests,
  /** The visible part of the run in a window of the timeline. */
  v.object({ type: v.literal("timeline"), id: count, question: TimelineQuestion }),
  /** What a task waited for after a step. */
  v.object({ type: v.literal("waited"), id: count, step: count, task: count }),
  /** The part of the run that the timeline shows now. */
  v.object({ type: v.literal("window"), ...v.pick(TimelineQuestion, ["axis", "from", "to"]).entries }),
  /** An error in reading or drawing, for the log. */
  v.object({ type: v.literal("problem"), message: text }),
]);
export type FromPanel = v.InferOutput<typeof FromPanel>;

/** Messages from the host. */
export const ToPanel = v.variant("type", [
  /** A page's views are numbered. With `of`, this one is about the first `of` tasks, and has only those that differ from the view before. */
  v.object({ type: v.literal("view"), view: View, number: v.optional(count), of: v.optional(count) }),
  v.object({ type: v.literal("rows"), id: count, rows: v.array(Row) }),
  /** `total` does not count removed properties. */
  v.object({ type: v.literal("expanded"), id: count, properties: v.array(MarkedProperty), total: count }),
  v.object({ type: v.literal("timeline"), id: count, level: TimelineLevel }),
  /** Sentences without the task's name; empty if it did not wait. */
  v.object({ type: v.literal("waited"), id: count, told: v.array(text) }),
  ...findReplies,
  ...scheduleReplies,
  ...explorationReplies,
  /** The request cannot be answered; the message says why. */
  v.object({ type: v.literal("refused"), id: count, message: text }),
]);
export type ToPanel = v.InferOutput<typeof ToPanel>;
export type ViewMessage = ToPanel & { type: "view" };

/** The number of last rows that are drawn during a run. */
export const tailRows = 50;

/** The maximum number of rows in one reply. */
export const maxRows = 2_000;
