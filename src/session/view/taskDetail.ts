/**
 * The details of a task at a step that is not its own, and what has to be said of them: nothing is claimed that was not seen.
 */
import type { TaskId } from "../../core/task";
import { namesIn, plainText } from "../../core/waiting/sentences";
import type { Detail } from "../../protocol/stepDetail";
import { type TaskSeen, taskSeen } from "../seen/taskSeen";
import type { Viewed } from "./viewed";
import { ShownWaits } from "./waiting";

/** A task that is looked at, as the panel shows it. */
export function taskDetail(session: Viewed, task: TaskId): Pick<Detail, "value" | "frames" | "thrown" | "looked"> {
  const { run } = session;
  const known = taskSeen(session, task);
  const { last, seen } = known;
  const thrown = last?.event === "threw" ? run.throws.of(last.step) : undefined;
  return {
    ...(last ? { value: seen?.value ?? { text: last.value } } : {}),
    frames: known.isOver ? [] : [...(seen?.frames ?? [])],
    ...(thrown ? { thrown } : {}),
    looked: { told: toldOf(session, task, known), ...(last ? { event: last.event } : {}) },
  };
}

const ends = { returned: "returned", threw: "threw", closed: "was closed" } as const;

function toldOf(session: Viewed, task: TaskId, known: TaskSeen): string[] {
  const { last } = known;
  if (last && last.event !== "yielded")
    return [`It ${ends[last.event]} in step ${grouped(last.step)}. Of its stack and locals nothing is left.`];
  const told = last
    ? [standing(session, task, last.step)]
    : [session.run.added[task]?.begun ? begunBefore : "It has not been started."];
  const values = valuesTold(session, known);
  return values === undefined ? told : [...told, values];
}

const begunBefore = "It was resumed before it became a task, and not since.";

function standing(session: Viewed, task: TaskId, since: number): string {
  const waits = new ShownWaits(session).of(task);
  const how = waits
    ? plainText(waits.sentence, namesIn(session.run))
    : session.heldAfter(session.cursor).has(task)
      ? "is held back, and suspended"
      : "is suspended";
  return `It ${how} since step ${grouped(waits?.since ?? since)}.`;
}

/** How far its values may be trusted; undefined if they are those of the step that is shown. */
function valuesTold({ rebuilding }: Viewed, { last, seen, when }: TaskSeen): string | undefined {
  if (!seen) return rebuilding.state ? undefined : "Its locals were not recorded.";
  if (seen.frames.length === 0) return "It is not in a generator function of your files, so its locals cannot be seen.";
  if (when === "now") return undefined;
  if (when === "later")
    return "Its locals were seen later, when the run rested. What it shares with other tasks may have changed by then.";
  return `Its locals are as step ${grouped(last?.step ?? 0)} left them. What it shares with other tasks may have changed since.`;
}

function grouped(step: number): string {
  return step.toLocaleString("en-US");
}
