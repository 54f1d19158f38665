/**
 * Lost waker: a task waits forever, because every task that could have woken it has ended. While other tasks run, this is certain only for
 * a mutex that its holder did not release. When no task is ready, it is certain for anything that only a task could do.
 */
import type { TaskId } from "../task";
import type { Blocked } from "../waiting/blockedColumns";
import { rowKind } from "../waiting/rows";
import { stuckSentence } from "../waiting/sentences";
import { type Surroundings, verdictOf } from "../waiting/verdict";
import { type MakeFinder, partsNeeded } from "./finding";
import type { Warning } from "./warning";

const { blockAcquire, blockSleep, blockPromise, grant, wake, withdraw } = rowKind;

export const lostWaker: MakeFinder = (standing, found) => {
  /** The tasks that wait for a time or a promise, which may wake them at any time. */
  const outside = new Set<TaskId>();
  const around: Surroundings = {
    get tasks() {
      return standing.tasks;
    },
    isOver: (task) => standing.isOver(task),
    isMutex: (resource) => standing.resource(resource)?.kind === "mutex",
    isLock: (resource) => standing.resource(resource)?.kind === "lock",
    mayPromisesSettle: true,
  };
  const warningOf = (blocked: Blocked, step: number): Warning => {
    const steps = blocked.since < step ? [Math.max(1, blocked.since), step] : [Math.max(1, step)];
    return { kind: "lost-waker", task: blocked.task, steps, sentence: stuckSentence(blocked, standing.waits, around) };
  };
  const isLost = (resource: number): boolean => {
    const holder = around.isMutex(resource) ? standing.waits.holdings.firstOf(resource) : undefined;
    return holder !== undefined && standing.isOver(holder);
  };
  return {
    row: ({ step, kind, task, object }) => {
      if (kind === blockSleep || kind === blockPromise) outside.add(task);
      else if (kind === grant || kind === wake || kind === withdraw) {
        if (outside.size > 0) outside.delete(task);
      } else if (kind === blockAcquire && isLost(object)) {
        const blocked = standing.waits.blockedOf(task);
        if (blocked && blocked.how !== "any") found(warningOf(blocked, step));
      }
    },
    ended: (task, step) => {
      if (standing.waits.size === 0) return;
      const lost = new Set(standing.waits.holdings.by(task).filter(around.isMutex));
      if (lost.size === 0) return;
      for (const blocked of standing.waits.blocked) {
        if (partsNeeded(blocked).some(({ kind, object }) => kind === blockAcquire && lost.has(object)))
          found(warningOf(blocked, step));
      }
    },
    atRest: (step) => {
      if (standing.ready > 0 || outside.size > 0 || standing.waits.size === 0) return [];
      return verdictOf(standing.waits, around)
        .stuck.flatMap((task) => standing.waits.blockedOf(task) ?? [])
        .map((blocked) => warningOf(blocked, step));
    },
  };
};
