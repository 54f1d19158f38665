/**
 * The part of the panel's wire about who runs next: the policy, picks by hand, the schedule as text, branches, and comparisons
 * of policies.
 */
import * as v from "valibot";
import { TimelineLevel } from "./timeline";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const number = v.pipe(v.number(), v.finite(), v.minValue(0));
const task = v.pipe(count, v.maxValue(0xffff));

/** At most so many characters of a schedule are typed, shown or copied at once. */
export const maxScheduleText = 4 * 1024 * 1024;
/** At most so many characters of a schedule are in a view. */
export const maxScheduleSummary = 240;
/** At most so many branches are kept: each has a trace. */
export const maxBranches = 16;
/** At most so many policies are compared at once. */
export const maxCompared = 12;
/** At most so many tasks of a run are listed one by one in a comparison. */
export const maxComparedTasks = 64;
/** At most so many steps of each policy are compared. */
export const maxComparedSteps = 10_000_000;
/** Blocks in the small timeline of a policy. */
export const comparedBuckets = 240;

const PolicyText = v.pipe(v.string(), v.maxLength(1_000));
const Expression = v.pipe(v.string(), v.maxLength(100_000));
const Name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100));

/** A policy as users type it: `NAME[:key=value,…]`, or the path of a file with one. */
export const PolicyState = v.object({
  /** With its numbers, its seed too: the same text gives the same picks again. */
  text: v.string(),
  /** Without them; of a file its name. */
  name: v.string(),
  /** The seed that counts, whether it was typed or drawn; absent where the policy takes none. */
  seed: v.optional(count),
  /** Why it cannot pick any more, and where that is; the run rests until it, or its file, is changed. Not in the past: there it did. */
  problem: v.optional(
    v.object({ message: v.string(), remedy: v.string(), file: v.optional(v.string()), line: v.optional(count) }),
  ),
});
export type PolicyState = v.InferOutput<typeof PolicyState>;

export const ScheduleState = v.object({
  /** The beginning of the schedule of the run; the whole of it is asked for. */
  text: v.pipe(v.string(), v.maxLength(maxScheduleSummary)),
  cut: v.boolean(),
  /** It follows one that was given: so many of its steps are made. */
  follows: v.optional(v.object({ done: count, of: count })),
  /** The schedule that it follows does not fit at this step. */
  refused: v.optional(v.object({ step: count, message: v.string(), remedy: v.string() })),
});
export type ScheduleState = v.InferOutput<typeof ScheduleState>;

/** What is picked by hand for the next step; with `send` the task is resumed with the value of that expression. */
export const Picked = v.object({ task, send: v.optional(v.string()) });
export type Picked = v.InferOutput<typeof Picked>;

export const Branch = v.object({
  id: count,
  name: v.string(),
  /** The step after which it goes another way than the branch it comes from; absent for the first branch. */
  after: v.optional(count),
  /** The branch it comes from, which may be deleted. */
  parent: v.optional(count),
  /** The number of its last step. */
  head: count,
  /** It is the one that is shown, and goes on. */
  current: v.boolean(),
  /** No process holds its tasks: what goes on there is replayed first. */
  rests: v.boolean(),
  /** How its tasks are, in one line. */
  outcome: v.string(),
});
export type Branch = v.InferOutput<typeof Branch>;

/** A fresh runner makes the steps of a branch again, to go on from there. Can be cancelled. */
export const Replaying = v.object({ branch: v.string(), done: count, of: count });
export type Replaying = v.InferOutput<typeof Replaying>;

/** How far a comparison of policies is; the table is asked for. */
export const Comparing = v.object({
  policies: v.pipe(
    v.array(v.object({ policy: v.string(), state: v.picklist(["waiting", "running", "done", "failed"]), steps: count })),
    v.maxLength(maxCompared),
  ),
  isOver: v.boolean(),
  cancelled: v.boolean(),
});
export type Comparing = v.InferOutput<typeof Comparing>;

/** What a view has of all this. */
export const scheduleView = {
  /** The one that picks from the head on, also while the past is shown. */
  policy: v.optional(PolicyState),
  /** In the past: the text of the policy that counted when the step at the cursor was picked. */
  policyThen: v.optional(v.string()),
  schedule: v.optional(ScheduleState),
  /** Why `next` is next, in words that follow the task's name; absent where it is not known. */
  reason: v.optional(v.string()),
  picked: v.optional(Picked),
  /** Present once there is more than one. */
  branches: v.optional(v.pipe(v.array(Branch), v.maxLength(maxBranches))),
  replaying: v.optional(Replaying),
  /** From when one is begun until it is dismissed. */
  comparing: v.optional(Comparing),
};

export const scheduleRequests = [
  /** Another policy picks from here on, in the middle of a run too. `NAME[:key=value,…]` with `quantum=N`, or a file's path. */
  v.object({ type: v.literal("setPolicy"), policy: PolicyText }),
  /** The next step resumes this task, with the value of `send` if there is one. Said again, another one. */
  v.object({ type: v.literal("pick"), task, send: v.optional(Expression) }),
  v.object({ type: v.literal("unpick") }),
  /** One step: the value of the expression is thrown into the task. */
  v.object({ type: v.literal("throwInto"), task, expression: Expression }),
  /** One step: the task is closed. */
  v.object({ type: v.literal("closeTask"), task }),
  v.object({ type: v.literal("hold"), task }),
  v.object({ type: v.literal("release"), task }),
  /** Begins a fresh run of this schedule; its steps are made by stepping and running. */
  v.object({ type: v.literal("followSchedule"), text: v.pipe(v.string(), v.maxLength(maxScheduleText)) }),
  /** The policy picks from here on. */
  v.object({ type: v.literal("leaveSchedule") }),
  /** The whole schedule up to the head. Answered by `scheduleText`. */
  v.object({ type: v.literal("scheduleText"), id: count }),
  /** Restarts with the same picks, or with the same policy and seed. */
  v.object({ type: v.literal("restartSame"), what: v.picklist(["schedule", "policy"]) }),
  /** From the step at the cursor another task goes next: a branch, which begins with that step. */
  v.object({ type: v.literal("branch"), task, send: v.optional(Expression) }),
  v.object({ type: v.literal("switchBranch"), branch: count }),
  v.object({ type: v.literal("renameBranch"), branch: count, name: Name }),
  v.object({ type: v.literal("deleteBranch"), branch: count }),
  v.object({ type: v.literal("cancelReplay") }),
  /** Answered by `branchesCompared`. */
  v.object({ type: v.literal("compareBranches"), id: count, one: count, other: count }),
  /** Runs the tasks of the session under each policy; the view tells how far that is. */
  v.object({
    type: v.literal("comparePolicies"),
    policies: v.pipe(v.array(PolicyText), v.minLength(1), v.maxLength(maxCompared)),
    /** The maximum number of steps for each policy. */
    steps: v.pipe(count, v.minValue(1), v.maxValue(maxComparedSteps)),
  }),
  v.object({ type: v.literal("cancelCompare") }),
  /** Forgets the comparison. */
  v.object({ type: v.literal("dismissCompare") }),
  /** What the comparison has come to so far. Answered by `policiesCompared`. */
  v.object({ type: v.literal("comparison"), id: count }),
] as const;

/** A step of a branch, where two part. */
const BranchStep = v.object({ task: v.string(), event: v.string(), value: v.string(), line: v.optional(count) });

/** Two branches side by side. */
export const BranchComparison = v.object({
  /** The first step that is not the same; absent when one is the beginning of the other, or both are the same. */
  step: v.optional(count),
  one: v.optional(BranchStep),
  other: v.optional(BranchStep),
  /** What each task came to, by task; at most the first of them. A task that one branch does not have is absent there. */
  tasks: v.pipe(
    v.array(v.object({ name: v.string(), one: v.optional(v.string()), other: v.optional(v.string()), differs: v.boolean() })),
    v.maxLength(maxComparedTasks),
  ),
});
export type BranchComparison = v.InferOutput<typeof BranchComparison>;

/** How long a task waited for its turn: between being added or suspended and being resumed. */
const Waiting = v.object({ steps: number, micros: number });

const ComparedTask = v.object({
  name: v.string(),
  /** What it came to: `returned [1, 2, 3]`, `ready`. */
  outcome: v.string(),
  steps: count,
  micros: number,
  mean: Waiting,
  worst: Waiting,
});

/** When a task returned, in steps and in microseconds of run time. */
const Moment = v.object({ step: count, micros: number });

/** One line of the table. */
export const PolicyOutcome = v.object({
  policy: v.string(),
  /** Why it came to rest: `all-finished`, `step-limit`, `time-limit`… */
  stopped: v.string(),
  steps: count,
  micros: number,
  firstReturn: v.optional(Moment),
  lastReturn: v.optional(Moment),
  /** Jain's index of the steps that the tasks had when the first of them was over: 1 when all had as many. */
  fairness: number,
  /** How many tasks ended with an error. */
  threw: count,
  /** The first of the tasks. */
  tasks: v.pipe(v.array(ComparedTask), v.maxLength(maxComparedTasks)),
  /** The beginning of what was printed, and how many characters there were. */
  output: v.string(),
  printed: count,
  /** Why it could not be run. */
  problem: v.optional(v.string()),
  /** A lane for each task of `tasks`. */
  timeline: v.optional(TimelineLevel),
});
export type PolicyOutcome = v.InferOutput<typeof PolicyOutcome>;

export const scheduleReplies = [
  v.object({ type: v.literal("scheduleText"), id: count, text: v.pipe(v.string(), v.maxLength(maxScheduleText)) }),
  v.object({ type: v.literal("branchesCompared"), id: count, comparison: BranchComparison }),
  /** `markdown` is the table to copy. */
  v.object({
    type: v.literal("policiesCompared"),
    id: count,
    outcomes: v.pipe(v.array(PolicyOutcome), v.maxLength(maxCompared)),
    markdown: v.string(),
  }),
] as const;
