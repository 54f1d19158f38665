/**
 * What is certain about waiting tasks: deadlocks, and tasks that can never be woken.
 */
import { isOver } from "../../core/task";
import { deadlockSentence, type Segment, stuckSentence } from "../../core/waiting/sentences";
import { type CycleLink, closedAt, type Surroundings, takenLast, type Verdict, verdictOf } from "../../core/waiting/verdict";
import type { RunRecord } from "./runRecord";

/** How many stuck tasks get a sentence. The others are only counted. */
const mostStuck = 3;

type Waited = Pick<RunRecord, "tasks" | "waits" | "observed">;

/** What is certain in the current state of a run, assuming that no promise settles any more. */
export function certainOf(run: Waited): Verdict {
  return verdictOf(run.waits.now, currently(run));
}

/** Why waiting tasks can never be woken. */
export interface WhyNobodyWakes {
  readonly isDeadlock: boolean;
  readonly segments: readonly Segment[];
  /** The step that closed a deadlock. */
  readonly step?: number;
  /** How a deadlock might have been avoided: by picking another task before a step. */
  readonly wayOut?: { readonly step: number; readonly segments: readonly Segment[] };
}

export function whyNobodyWakes(run: Waited): WhyNobodyWakes {
  const { cycles, stuck } = certainOf(run);
  const [cycle] = cycles;
  if (cycle) {
    const step = closedAt(cycle);
    const segments = [{ text: "Deadlock. " }, ...deadlockSentence(cycle), { text: ` Step ${step} closed the cycle.` }];
    return { isDeadlock: true, segments, step, ...wayOutOf(run, cycle) };
  }
  const sentences = stuck.slice(0, mostStuck).flatMap((task) => sentenceOf(run, task));
  const more = stuck.length - mostStuck;
  const rest = more > 0 ? [{ text: ` ${more.toLocaleString("en-US")} more tasks wait like this.` }] : [];
  return { isDeadlock: false, segments: [{ text: "Blocked." }, ...sentences, ...rest] };
}

function wayOutOf({ waits }: Pick<RunRecord, "waits">, cycle: readonly CycleLink[]): Pick<WhyNobodyWakes, "wayOut"> {
  const last = takenLast(cycle, waits.now);
  // If a task waits for a mutex that it holds itself, no other order helps.
  if (!last || last.holder === last.wantedBy || last.step <= 1) return {};
  const { resource, holder, wantedBy, wantedSince, step } = last;
  // A task that was already in the queue could not have been picked.
  const instead = wantedSince > step ? [{ text: ", with " }, { task: wantedBy }, { text: " next." }] : [{ text: "." }];
  const segments = [
    { text: `To try another order, branch before step ${step}, in which ` },
    { task: holder },
    { text: " got " },
    { resource },
    ...instead,
  ];
  return { wayOut: { step, segments } };
}

function sentenceOf(run: Waited, task: number): Segment[] {
  const state = run.waits.now;
  const blocked = state.blockedOf(task);
  return blocked ? [{ text: " " }, ...stuckSentence(blocked, state, currently(run))] : [];
}

/** What a verdict on the current state needs to know, assuming that no promise settles any more. */
function currently(run: Waited): Surroundings {
  return surroundings(run, (task) => isOver(run.tasks[task]?.state ?? "closed"), false);
}

/**
 * What a verdict needs to know in addition to the wait state.
 *
 * @param mayPromisesSettle whether a promise may still settle
 */
export function surroundings(
  { tasks, waits, observed }: Waited,
  isOverAt: (task: number) => boolean,
  mayPromisesSettle: boolean,
): Surroundings {
  return {
    tasks: tasks.length,
    isOver: isOverAt,
    isMutex: (resource) => waits.resources[resource - 1]?.kind === "mutex",
    isLock: (resource) => waits.resources[resource - 1]?.kind === "lock",
    mayPromisesSettle,
    mayOthersWake: observed !== undefined,
  };
}
