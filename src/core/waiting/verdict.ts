/**
 * The tasks that can certainly never be woken. A task that a runnable task could still wake is not among them. Only exact wakers (the holder
 * of a mutex, a joined task) form a cycle and, where nobody can run, the holders of locks.
 */
import type { TaskId } from "../task";
import type { Blocked, WaitPart } from "./blockedColumns";
import { rowKind } from "./rows";
import type { WaitState } from "./waitState";

/** What a verdict needs to know in addition to the state. */
export interface Surroundings {
  /** How many tasks there are. */
  readonly tasks: number;
  isOver(task: TaskId): boolean;
  /** Whether only the holder of the resource can release it. */
  isMutex(resource: number): boolean;
  /** Whether the resource has a holder, but others can release it, too. */
  isLock(resource: number): boolean;
  /** Whether a promise may still settle. Only the runner knows. */
  readonly mayPromisesSettle: boolean;
  /** Whether somebody else may wake any task, so that nothing is certain: an observed program has a scheduler of its own. */
  readonly mayOthersWake?: boolean;
}

/** A task of a cycle, and why it waits for the next one. */
export interface CycleLink {
  readonly task: TaskId;
  /** The mutex that the next task holds; undefined where the task joins it. */
  readonly resource: number | undefined;
  /** The step in which the task was blocked. */
  readonly since: number;
}

export interface Verdict {
  /** Certain deadlocks: each link waits for the next one, the last for the first, which has the lowest task. */
  readonly cycles: readonly (readonly CycleLink[])[];
  /** The other tasks that nobody is left to wake, in the order in which they were blocked. */
  readonly stuck: readonly TaskId[];
}

interface ExactWait {
  readonly link: CycleLink;
  readonly next: TaskId;
}

export function verdictOf(state: WaitState, around: Surroundings): Verdict {
  if (around.mayOthersWake) return { cycles: [], stuck: [] };
  const lost = new Set(lostTasks(state, around));
  const cycles: CycleLink[][] = [];
  const walked = new Set<TaskId>();
  for (const task of [...lost].sort((one, other) => one - other)) {
    const cycle = cycleFrom(task, (each) => exactWaits(each, state, lost, around), walked);
    if (cycle) cycles.push(lowestFirst(cycle));
  }
  const inCycle = new Set(cycles.flat().map(({ task }) => task));
  return { cycles, stuck: [...lost].filter((task) => !inCycle.has(task)) };
}

/** The step that closed a cycle: the last of its tasks was blocked in it. */
export function closedAt(cycle: readonly CycleLink[]): number {
  return Math.max(...cycle.map(({ since }) => since));
}

/** A mutex of a cycle. */
export interface TakenLast {
  readonly resource: number;
  readonly holder: TaskId;
  /** The task of the cycle that waits for it, and the step in which it was blocked. */
  readonly wantedBy: TaskId;
  readonly wantedSince: number;
  /** The step in which the holder got it. */
  readonly step: number;
}

/**
 * The mutex of a cycle that was taken last. Before that step the deadlock was not yet inevitable: the task that wants the mutex could have
 * taken it first. Undefined if the tasks only join one another.
 */
export function takenLast(cycle: readonly CycleLink[], { holdings }: WaitState): TakenLast | undefined {
  const taken = cycle.flatMap(({ task, resource, since }): TakenLast[] => {
    const [holding] = resource === undefined ? [] : holdings.of(resource);
    if (resource === undefined || !holding) return [];
    return [{ resource, holder: holding.task, wantedBy: task, wantedSince: since, step: holding.since }];
  });
  return taken.sort((one, other) => other.step - one.step)[0];
}

/** The blocked tasks that remain after removing, repeatedly, every task that a runnable or removed task may wake. */
function lostTasks(state: WaitState, around: Surroundings): TaskId[] {
  const lost = new Map([...state.blocked].map((blocked) => [blocked.task, blocked]));
  const canGoOn = (task: TaskId): boolean => !lost.has(task) && !around.isOver(task);
  let isAnybodyLeft = Array.from({ length: around.tasks }, (_, task) => task).some(canGoOn);
  const mayCome = (part: WaitPart): boolean => {
    if (part.isServed || part.kind === rowKind.blockSleep) return true;
    if (part.kind === rowKind.blockPromise) return around.mayPromisesSettle;
    const exact = exactWaker(part, state, around);
    return exact === undefined ? isAnybodyLeft : canGoOn(exact);
  };
  const mayWake = ({ how, parts }: Blocked): boolean => (how === "any" ? parts.some(mayCome) : parts.every(mayCome));
  const dependents = dependentsOf(state, around);
  const open = [...lost.values()];
  for (let next = open.pop(); next; next = open.pop()) {
    if (!lost.has(next.task) || !mayWake(next)) continue;
    lost.delete(next.task);
    for (const blocked of isAnybodyLeft ? (dependents.get(next.task) ?? []) : lost.values()) open.push(blocked);
    isAnybodyLeft = true;
  }
  return [...lost.keys()];
}

/** By task: the blocked tasks that only it can wake. */
function dependentsOf(state: WaitState, around: Surroundings): ReadonlyMap<TaskId, readonly Blocked[]> {
  const dependents = new Map<TaskId, Blocked[]>();
  for (const blocked of state.blocked) {
    for (const part of blocked.parts) {
      const waker = exactWaker(part, state, around);
      const known = waker === undefined ? undefined : dependents.get(waker);
      if (known) known.push(blocked);
      else if (waker !== undefined) dependents.set(waker, [blocked]);
    }
  }
  return dependents;
}

/** The only task that can serve a part. */
function exactWaker({ kind, object }: WaitPart, state: WaitState, around: Surroundings): TaskId | undefined {
  if (kind === rowKind.blockJoin) return object;
  return kind === rowKind.blockAcquire && around.isMutex(object) ? state.holdings.firstOf(object) : undefined;
}

/** The task that would serve a part, given that no task can run which may do it in its place. */
function usualWaker(part: WaitPart, state: WaitState, around: Surroundings): TaskId | undefined {
  const isOfLock = part.kind === rowKind.blockAcquire && around.isLock(part.object);
  return isOfLock ? state.holdings.firstOf(part.object) : exactWaker(part, state, around);
}

/** The lost tasks that a lost task needs. A task that waits for any of several things needs no particular one. */
function exactWaits(task: TaskId, state: WaitState, lost: ReadonlySet<TaskId>, around: Surroundings): ExactWait[] {
  const blocked = state.blockedOf(task);
  if (!blocked || (blocked.how === "any" && blocked.parts.length > 1)) return [];
  return blocked.parts.flatMap((part) => {
    const next = part.isServed ? undefined : usualWaker(part, state, around);
    if (next === undefined || !lost.has(next)) return [];
    const resource = part.kind === rowKind.blockJoin ? undefined : part.object;
    return [{ link: { task, resource, since: blocked.since }, next }];
  });
}

/** Finds a cycle by depth-first search from a task, through tasks that were not visited before. */
function cycleFrom(start: TaskId, waitsOf: (task: TaskId) => ExactWait[], walked: Set<TaskId>): CycleLink[] | undefined {
  const path: { task: TaskId; waits: ExactWait[]; at: number }[] = [];
  const enter = (task: TaskId): void => {
    if (walked.has(task)) return;
    walked.add(task);
    onPath.add(task);
    path.push({ task, waits: waitsOf(task), at: -1 });
  };
  const onPath = new Set<TaskId>();
  enter(start);
  for (let top = path.at(-1); top; top = path.at(-1)) {
    top.at += 1;
    const wait = top.waits[top.at];
    if (!wait) onPath.delete((path.pop() as typeof top).task);
    else if (!onPath.has(wait.next)) enter(wait.next);
    else {
      const cycle = path.slice(path.findIndex(({ task }) => task === wait.next));
      return cycle.map(({ waits, at }) => (waits[at] as ExactWait).link);
    }
  }
  return undefined;
}

function lowestFirst(cycle: readonly CycleLink[]): CycleLink[] {
  const lowest = Math.min(...cycle.map(({ task }) => task));
  const begin = cycle.findIndex(({ task }) => task === lowest);
  return [...cycle.slice(begin), ...cycle.slice(0, begin)];
}
