/**
 * The part of the panel's wire about who runs next: the policy, picks by hand, the schedule as text, branches, and comparisons of policies.
 */

import * as v from "valibot";
import { mostMeasures } from "../core/measures";
import { ways } from "../core/ways";
import { TimelineLevel } from "./timeline";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const number = v.pipe(v.number(), v.finite(), v.minValue(0));
const task = v.pipe(count, v.maxValue(0xffff));

/** The maximum number of characters of a schedule that are typed, shown or copied at once. */
export const maxScheduleText = 4 * 1024 * 1024;
/** The maximum number of characters of a schedule in a view. */
export const maxScheduleSummary = 240;
/** The maximum number of branches, each of which has its own trace. */
export const maxBranches = 16;
/** What is compared: the policies or the ways of working of the same tasks, or setups. */
export const comparedKinds = ["policies", "ways", "setups"] as const;
export type ComparedKind = (typeof comparedKinds)[number];
/** As what a comparison is copied. */
export const comparedFormats = ["markdown", "csv", "jsonl"] as const;
export type ComparedFormat = (typeof comparedFormats)[number];
/** The maximum number of lines compared at once. */
export const maxCompared = 12;
/** The maximum number of tasks listed individually in a comparison. */
export const maxComparedTasks = 64;
/** The maximum number of runs of each line. */
export const maxComparedRuns = 100;
/** The maximum number of steps compared for each line. */
export const maxComparedSteps = 10_000_000;
/** The number of blocks in the small timeline of a line. */
export const comparedBuckets = 240;

const PolicyText = v.pipe(v.string(), v.maxLength(1_000));
const Expression = v.pipe(v.string(), v.maxLength(100_000));
const Name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100));

/** A policy as users type it: `NAME[:key=value,…]`, or the path of a file. */
export const PolicyState = v.object({
  /** With its parameters, including the seed: the same text gives the same picks again. */
  text: v.string(),
  /** Without parameters; for a file, its name. */
  name: v.string(),
  /** The seed in use, whether typed or drawn; absent if the policy takes none. */
  seed: v.optional(count),
  /**
   * Why and where the policy failed to pick; the run pauses until the policy or its file is changed. Absent at past steps, where it did
   * pick.
   */
  problem: v.optional(
    v.object({ message: v.string(), remedy: v.string(), file: v.optional(v.string()), line: v.optional(count) }),
  ),
});
export type PolicyState = v.InferOutput<typeof PolicyState>;

export const ScheduleState = v.object({
  /** The beginning of the run's schedule; the whole text is sent on request. */
  text: v.pipe(v.string(), v.maxLength(maxScheduleSummary)),
  cut: v.boolean(),
  /** Progress in following a given schedule, in steps. */
  follows: v.optional(v.object({ done: count, of: count })),
  /** The step at which the schedule does not fit the run. */
  refused: v.optional(v.object({ step: count, message: v.string(), remedy: v.string() })),
});
export type ScheduleState = v.InferOutput<typeof ScheduleState>;

/** The task picked by hand for the next step; with `send` it is resumed with the value of that expression. */
export const Picked = v.object({ task, send: v.optional(v.string()) });
export type Picked = v.InferOutput<typeof Picked>;

export const Branch = v.object({
  id: count,
  name: v.string(),
  /** The last step that it has in common with its parent; absent for the first branch. */
  after: v.optional(count),
  /** The branch that it was made from, which may have been deleted. */
  parent: v.optional(count),
  /** The number of its last step. */
  head: count,
  /** Whether it is the branch that is shown and runs. */
  current: v.boolean(),
  /** No process has its tasks: continuing it means replaying it first. */
  rests: v.boolean(),
  /** The state of its tasks in one line. */
  outcome: v.string(),
});
export type Branch = v.InferOutput<typeof Branch>;

/** Progress in replaying a branch in a fresh runner, so that it can continue. Can be cancelled. */
export const Replaying = v.object({ branch: v.string(), done: count, of: count });
export type Replaying = v.InferOutput<typeof Replaying>;

/** The progress of a comparison; the table is sent on request. */
export const Comparing = v.object({
  kind: v.picklist(comparedKinds),
  lines: v.pipe(
    v.array(
      v.object({
        name: v.string(),
        state: v.picklist(["waiting", "running", "done", "failed"]),
        /** How many of its runs are over. */
        runs: count,
        steps: count,
      }),
    ),
    v.maxLength(maxCompared),
  ),
  /** How often each of them runs. */
  runs: count,
  isOver: v.boolean(),
  cancelled: v.boolean(),
});
export type Comparing = v.InferOutput<typeof Comparing>;

/** The fields of a view about all this. */
export const scheduleView = {
  /** The policy that picks from the head on, even while a past step is shown. */
  policy: v.optional(PolicyState),
  /** At a past step: the text of the policy in use when that step was picked. */
  policyThen: v.optional(v.string()),
  schedule: v.optional(ScheduleState),
  /** Why `next` is next, worded to follow the task's name; absent if it is not known. */
  reason: v.optional(v.string()),
  picked: v.optional(Picked),
  /** Present once there is more than one. */
  branches: v.optional(v.pipe(v.array(Branch), v.maxLength(maxBranches))),
  replaying: v.optional(Replaying),
  /** Present from the start of a comparison until it is dismissed. */
  comparing: v.optional(Comparing),
};

export const scheduleRequests = [
  /** Uses another policy from here on, even during a run. The text is `NAME[:key=value,…]` with `quantum=N`, or a file's path. */
  v.object({ type: v.literal("setPolicy"), policy: PolicyText }),
  /** The next step resumes this task, with the value of `send` if given. Replaces an earlier pick. */
  v.object({ type: v.literal("pick"), task, send: v.optional(Expression) }),
  v.object({ type: v.literal("unpick") }),
  /** Runs one step that throws the value of the expression into the task. */
  v.object({ type: v.literal("throwInto"), task, expression: Expression }),
  /** Runs one step that closes the task. */
  v.object({ type: v.literal("closeTask"), task }),
  v.object({ type: v.literal("hold"), task }),
  v.object({ type: v.literal("release"), task }),
  /** Starts a new run that follows this schedule as the user steps and runs. */
  v.object({ type: v.literal("followSchedule"), text: v.pipe(v.string(), v.maxLength(maxScheduleText)) }),
  /** Stops following the schedule: the policy picks from here on. */
  v.object({ type: v.literal("leaveSchedule") }),
  /** The whole schedule up to the head. Reply: `scheduleText`. */
  v.object({ type: v.literal("scheduleText"), id: count }),
  /** Restarts with the same picks, or with the same policy and seed. */
  v.object({ type: v.literal("restartSame"), what: v.picklist(["schedule", "policy"]) }),
  /** Restarts under virtual time, with the step of the setting, or under real time; or with another way of working. */
  v.object({ type: v.literal("restartUnder"), condition: v.picklist(["virtual time", "real time", ...ways]) }),
  /** Starts a branch at the step at the cursor, in which this task runs next. */
  v.object({ type: v.literal("branch"), task, send: v.optional(Expression) }),
  v.object({ type: v.literal("switchBranch"), branch: count }),
  v.object({ type: v.literal("renameBranch"), branch: count, name: Name }),
  v.object({ type: v.literal("deleteBranch"), branch: count }),
  v.object({ type: v.literal("cancelReplay") }),
  /** Reply: `branchesCompared`. */
  v.object({ type: v.literal("compareBranches"), id: count, one: count, other: count }),
  /** Runs the session's tasks under each policy or in each way, or the setups; the view has the progress. */
  v.object({
    type: v.literal("compare"),
    kind: v.picklist(comparedKinds),
    /** Policies as users type them, ways of working, or names of setups. */
    names: v.pipe(v.array(PolicyText), v.minLength(1), v.maxLength(maxCompared)),
    /** The maximum number of steps for each of them. */
    steps: v.pipe(count, v.minValue(1), v.maxValue(maxComparedSteps)),
    /** How often each of them runs, one after another, so that times can be measured; left out, once, two at a time. */
    runs: v.optional(v.pipe(count, v.minValue(1), v.maxValue(maxComparedRuns))),
    /** Setups have others of their own. */
    measures: v.optional(v.pipe(v.array(v.object({ name: Name, expression: Expression })), v.maxLength(mostMeasures))),
  }),
  /** The setups that can be compared with the session. Reply: `comparable`. */
  v.object({ type: v.literal("comparable"), id: count }),
  /** Opens the run of a row, so that its steps can be gone through; if asked, also begins to search for orders of its tasks that go wrong. */
  v.object({ type: v.literal("openCompared"), row: count, explores: v.optional(v.literal(true)) }),
  v.object({ type: v.literal("cancelCompare") }),
  /** Discards the comparison. */
  v.object({ type: v.literal("dismissCompare") }),
  /** The results of the comparison so far. Reply: `compared`. */
  v.object({ type: v.literal("comparison"), id: count }),
  /** The same as text to copy. Reply: `comparisonText`. */
  v.object({ type: v.literal("comparisonText"), id: count, format: v.picklist(comparedFormats) }),
] as const;

/** A branch's step at the point where two branches diverge. */
const BranchStep = v.object({ task: v.string(), event: v.string(), value: v.string(), line: v.optional(count) });

/** Two branches side by side. */
export const BranchComparison = v.object({
  /** The first step that differs; absent if one branch is a prefix of the other, or both are equal. */
  step: v.optional(count),
  one: v.optional(BranchStep),
  other: v.optional(BranchStep),
  /** The outcome of each task, limited in number. A task that one branch does not have is absent there. */
  tasks: v.pipe(
    v.array(v.object({ name: v.string(), one: v.optional(v.string()), other: v.optional(v.string()), differs: v.boolean() })),
    v.maxLength(maxComparedTasks),
  ),
});
export type BranchComparison = v.InferOutput<typeof BranchComparison>;

/** How long a task waited for its turn: from being added or suspended until it was resumed. */
const Waiting = v.object({ steps: number, micros: number });

export const ComparedTask = v.object({
  name: v.string(),
  /** How it ended or where it is: `returned [1, 2, 3]`, `ready`. */
  outcome: v.string(),
  steps: count,
  micros: number,
  mean: Waiting,
  worst: Waiting,
});
export type ComparedTask = v.InferOutput<typeof ComparedTask>;

/** A comparison as a table. */
export const ComparedTable = v.object({
  columns: v.array(v.object({ id: v.string(), title: v.string(), about: v.string() })),
  rows: v.pipe(
    v.array(
      v.object({
        name: v.string(),
        policy: v.string(),
        /** Why it could not be run. */
        problem: v.optional(v.string()),
        /** One for each column, with what is said below it, and what rows are sorted by if it is not the text. */
        cells: v.array(
          v.object({ text: v.string(), detail: v.optional(v.string()), by: v.optional(v.union([v.number(), v.string()])) }),
        ),
        /** The first of the tasks. */
        tasks: v.pipe(v.array(ComparedTask), v.maxLength(maxComparedTasks)),
        /** The beginning of the output. */
        output: v.string(),
        /** One lane for each entry of `tasks`. */
        timeline: v.optional(TimelineLevel),
        /** Whether the run can be opened. */
        opens: v.boolean(),
        /** Each task had a process of its own, so all orders come to the same. */
        sharesNothing: v.boolean(),
      }),
    ),
    v.maxLength(maxCompared),
  ),
});
export type ComparedTable = v.InferOutput<typeof ComparedTable>;

export const scheduleReplies = [
  v.object({ type: v.literal("scheduleText"), id: count, text: v.pipe(v.string(), v.maxLength(maxScheduleText)) }),
  v.object({ type: v.literal("branchesCompared"), id: count, comparison: BranchComparison }),
  /** Names of setups of the session's folder; `own` are those of the session's file. */
  v.object({ type: v.literal("comparable"), id: count, own: v.array(v.string()), others: v.array(v.string()) }),
  v.object({ type: v.literal("compared"), id: count, table: ComparedTable }),
  v.object({ type: v.literal("comparisonText"), id: count, text: v.string() }),
] as const;
