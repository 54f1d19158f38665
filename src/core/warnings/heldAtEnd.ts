/**
 * Held at end: a task has ended and still holds a mutex, which no other task can release, or a lock, which hardly any other will. Permits of semaphores are ignored, since
 * another task may release them.
 */
import type { TaskId } from "../task";
import { rowKind } from "../waiting/rows";
import type { MakeFinder } from "./finding";
import { counted } from "./warning";

const { blockAcquire, grant, free, part: served } = rowKind;

export const heldAtEnd: MakeFinder = (standing, found) => {
  /** By task: the mutexes that it holds, with the step in which it got each. There are rarely more than a few. */
  const held = new Map<TaskId, { readonly resource: number; readonly since: number }[]>();
  const hold = (task: TaskId, resource: number, since: number): void => {
    const kind = standing.resource(resource)?.kind;
    if (kind !== "mutex" && kind !== "lock") return;
    const own = held.get(task);
    if (own) own.push({ resource, since });
    else held.set(task, [{ resource, since }]);
  };
  const giveBack = (task: TaskId, given: number): void => {
    const own = held.get(task);
    if (own?.at(-1)?.resource === given) {
      own.pop();
      return;
    }
    const place = own?.findLastIndex(({ resource }) => resource === given) ?? -1;
    if (place >= 0) own?.splice(place, 1);
  };
  return {
    row: ({ step, kind, task, object }) => {
      if (kind === grant) hold(task, object, step);
      else if (kind === free) giveBack(task, object);
      else if (kind === served) {
        const part = standing.waits.blockedOf(task)?.parts[object];
        if (part?.kind === blockAcquire) hold(task, part.object, step);
      }
    },
    ended: (task, step) => {
      const [first, ...others] = held.get(task) ?? [];
      held.delete(task);
      if (!first) return;
      const { resource, since } = first;
      const more = others.length > 0 ? ` and ${counted(others.length)} more` : "";
      const sentence = [
        { task },
        { text: " has ended and still holds " },
        { resource },
        {
          text: `${more}, ${standing.resource(resource)?.kind === "lock" ? "for which others wait in vain." : "which no other task can release."}`,
        },
      ];
      found({ kind: "held-at-end", task, steps: since < step ? [since, step] : [step], sentence });
    },
  };
};
