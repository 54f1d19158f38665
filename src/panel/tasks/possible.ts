/**
 * Which actions on a task are possible now, and why others are not: one answer for buttons, menus and keys.
 */
import type { TaskRow } from "../../protocol/panel";
import { isLive, type Shown } from "../text/format";

/** What can be done to a task by hand. */
export type ByHand = "pick" | "send" | "throwInto" | "closeTask" | "hold" | "release";

const over: Partial<Record<TaskRow["state"], string>> = {
  returned: "It has returned.",
  threw: "It has ended with an error.",
  closed: "It was closed.",
};

const status: Partial<Record<Shown["status"], string>> = {
  empty: "There is no session.",
  loading: "The session is loading.",
  running: "The run goes on: pause it first.",
  stopped: "The session was stopped: restart it first.",
  failed: "The session has failed: restart it first.",
};

const notBegun = "It was not resumed yet: there is no yield that takes a value.";

/** Why this cannot be done to the task now, in a sentence; undefined where it can. */
export function whyNot(view: Shown, task: TaskRow, act: ByHand): string | undefined {
  if (view.recorded) return "A recording does not run.";
  if (view.replaying) return "Steps are made again: wait for them, or cancel that.";
  const isHolding = act === "hold" || act === "release";
  const waits = isHolding && view.status === "running" ? undefined : status[view.status];
  if (waits) return waits;
  if (!isLive(view)) return "This is the past: go back to the last step, or branch here.";
  return over[task.state] ?? whyNotNow(task, act);
}

function whyNotNow({ state, held }: TaskRow, act: ByHand): string | undefined {
  if (act === "release") return held ? undefined : "It is not held back.";
  if (act === "hold" && held) return "It is held back already.";
  if (state === "running") return "It is in the middle of a step.";
  if (act === "send" && state === "created") return notBegun;
  if (act === "throwInto" || act === "closeTask") return undefined;
  if (held) return "It is held back: let it go first.";
  return state === "blocked" ? "It waits for something." : undefined;
}

/** Why no branch can begin at the cursor with this task; undefined where one can. With a value sent it may be the one that ran. */
export function whyNoBranch(view: Shown, task: TaskRow, how: "pick" | "send"): string | undefined {
  if (view.recorded) return "A recording does not run.";
  if (view.replaying) return "Steps are made again: wait for them, or cancel that.";
  if (view.status === "running" || view.status === "loading" || view.status === "empty") return status[view.status];
  if (isLive(view)) return "This is the last step: pick the next task instead.";
  if (over[task.state]) return over[task.state];
  if (task.held) return "It was held back then.";
  if (task.state === "blocked") return "It waited for something then.";
  if (how === "send") return task.state === "created" ? notBegun : undefined;
  return view.next === task.id ? "It was the next one then: there is nothing to branch." : undefined;
}

/** The tasks with which a branch can begin at the cursor. */
export function branchable(view: Shown): TaskRow[] {
  return view.tasks.filter((task) => whyNoBranch(view, task, "pick") === undefined);
}
