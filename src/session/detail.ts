/**
 * One step in full: its value, the stack with locals, what it printed, and which locals it changed.
 */
import type { StepRecord } from "../core/trace";
import type { Detail } from "../protocol/panel";
import type { Frame } from "../protocol/runner";
import type { SessionState } from "./sessionState";

type Change = NonNullable<Detail["changed"]>[number];

/** The step at the cursor as the panel shows it. */
export function detailOf(session: SessionState): Detail {
  const { run, cursor } = session;
  const record = cursor > 0 ? run.trace.at(cursor) : undefined;
  const seen = run.inspections.of(cursor);
  const changed = record && seen ? changesSince(framesBefore(session, record), seen.frames) : [];
  return {
    step: cursor,
    ...(record ? { task: record.task, value: seen?.value ?? { text: record.value } } : {}),
    frames: seen?.frames ?? [],
    ...(changed.length > 0 ? { changed } : {}),
    output: run.output.of(cursor),
  };
}

/** The same task's stack before it was resumed, where somebody looked. */
function framesBefore({ run }: SessionState, { step, task }: StepRecord): readonly Frame[] {
  const before = run.trace.totals(step - 1, run.scheduler.tasks.length)[task]?.lastStep ?? 0;
  return run.inspections.stackOf(before);
}

/** Frames are compared by their place in the stack, and only while the same function stands there. */
function changesSince(before: readonly Frame[], now: readonly Frame[]): Change[] {
  return now.flatMap((frame, index) => {
    const earlier = before[index];
    if (earlier?.function !== frame.function) return [];
    const previews = new Map(earlier.locals.map(({ name, value }) => [name, value.text]));
    return frame.locals.flatMap(({ name, value }) => {
      const was = previews.get(name);
      return was === undefined || was === value.text ? [] : [{ frame: index, name, was }];
    });
  });
}
