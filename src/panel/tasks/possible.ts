/**
 * Which actions on a task are possible now, and why others are not. Buttons, menus and keys all use it.
 */
import type { TaskRow } from "../../protocol/panel";
import { decidesItself, isLive, type Shown } from "../text/format";

/** What the user can do to a task by hand. */
export type ByHand = "pick" | "send" | "throwInto" | "closeTask" | "hold" | "release";

const over: Partial<Record<TaskRow["state"], string>> = {
  returned: "It has returned.",
  threw: "It has ended with an error.",
  closed: "It was closed.",
};

const status: Partial<Record<Shown["status"], string>> = {
  empty: "There is no session.",
  loading: "The session is loading.",
  running: "The run is in progress: pause it first.",
  stopped: "The session was stopped: restart it first.",
  failed: "The session has failed: restart it first.",
};

const notBegun = "It has not been resumed yet: no yield can receive a value.";

/** Why this action is not possible for the task now, as a sentence; undefined if it is possible. */
export function whyNot(view: Shown, task: TaskRow, act: ByHand): string | undefined {
  if (view.recorded) return "A recording cannot be run.";
  if (view.observed) return decidesItself;
  if (view.replaying) return "Steps are being replayed: wait, or cancel the replay.";
  const isHolding = act === "hold" || act === "release";
  const waits = isHolding && view.status === "running" ? undefined : status[view.status];
  if (waits) return waits;
  if (!isLive(view)) return "This is the past: go back to the last step, or branch here.";
  return over[task.state] ?? whyNotNow(task, act);
}

/** Why a run cannot stay with the task until it has made a step; undefined if it can. At a past step, the next one may be recorded. */
export function whyNotStay(view: Shown, task: TaskRow): string | undefined {
  if (view.recorded) return "A recording cannot be run.";
  if (view.replaying) return "Steps are being replayed: wait, or cancel the replay.";
  return status[view.status] ?? over[task.state] ?? (task.held ? "It is held back: release it first." : undefined);
}

function whyNotNow({ state, held }: TaskRow, act: ByHand): string | undefined {
  if (act === "release") return held ? undefined : "It is not held back.";
  if (act === "hold" && held) return "It is already held back.";
  if (state === "running") return "It is in the middle of a step.";
  if (act === "send" && state === "created") return notBegun;
  if (act === "throwInto" || act === "closeTask") return undefined;
  if (held) return "It is held back: release it first.";
  return state === "blocked" ? "It is waiting for something." : undefined;
}

/** Why no branch can begin at the cursor with this task; undefined if one can. When a value is sent, it may be the task that ran. */
export function whyNoBranch(view: Shown, task: TaskRow, how: "pick" | "send"): string | undefined {
  if (view.recorded) return "A recording cannot be run.";
  if (view.replaying) return "Steps are being replayed: wait, or cancel the replay.";
  if (view.status === "running" || view.status === "loading" || view.status === "empty") return status[view.status];
  if (isLive(view)) return "This is the last step: pick the next task instead.";
  if (over[task.state]) return over[task.state];
  if (task.held) return "It was held back at this step.";
  if (task.state === "blocked") return "It was waiting for something at this step.";
  if (how === "send") return task.state === "created" ? notBegun : undefined;
  return view.next === task.id ? "It ran next from here: there is nothing to branch." : undefined;
}

/** The tasks that a branch at the cursor can begin with. */
export function branchable(view: Shown): TaskRow[] {
  return view.tasks.filter((task) => whyNoBranch(view, task, "pick") === undefined);
}
