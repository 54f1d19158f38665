/**
 * Explains an outcome in one sentence: the two steps whose order decides, and what the tasks do to each other there.
 */
import type { TaskId } from "../../task";
import { type Conflict, type ConflictKind, decidedConflict } from "./conflicts";
import type { Execute, Execution } from "./execution";
import { bisect, nearestRun, swapsThatDecide, type TurningPoint, withNext } from "./turningPoint";

export interface Explanation {
  /** `The outcome turns on whether step 3 comes before step 2: both read account before either wrote it back.` */
  readonly sentence: string;
  /** Absent where it is not known what the steps touch. */
  readonly kind?: ConflictKind;
  /** What the tasks conflict about. */
  readonly place?: string;
  /** The tasks of the two steps. */
  readonly tasks: readonly [TaskId, TaskId];
  /** The first of the two steps, counted from 1; the other is the next one. */
  readonly step: number;
  /** All steps that make the conflict, counted from 1, with where they ended. */
  readonly steps: readonly { readonly step: number; readonly task: TaskId; readonly file?: string; readonly line?: number }[];
  /** The run whose steps these are. It is as little good as the witness, and is the witness itself where one swap is enough. */
  readonly bad: Execution;
  /** The run in which the two steps have changed places. */
  readonly good: Execution;
}

export interface Asked {
  readonly witness: Execution;
  /** Runs with other outcomes. */
  readonly others: readonly Execution[];
  /** Whether a run counts as the other side: by default every outcome but the witness's. */
  readonly isGood?: (run: Execution) => boolean;
  readonly nameOf: (task: TaskId) => string;
}

/** Kinds that say why the order matters, not only that it does. */
const telling: readonly (ConflictKind | undefined)[] = ["lost update", "dirty read", "check then act"];

/** Explains a witness, or gives undefined where no two neighbours decide. */
export async function explain(asked: Asked, execute: Execute): Promise<Explanation | undefined> {
  const { witness, others, isGood = (run) => run.outcome !== witness.outcome } = asked;
  let best: Explanation | undefined;
  for await (const point of swapsThatDecide(witness, execute, isGood)) {
    const explained = explanationOf(point, asked.nameOf);
    if (telling.includes(explained.kind)) return explained;
    if (!best?.kind) best = explained.kind ? explained : (best ?? explained);
  }
  if (best) return best;
  const other = nearestRun(witness, others.filter(isGood));
  const point = other && (await bisect(witness, other, execute, isGood));
  return point && explanationOf(point, asked.nameOf);
}

function explanationOf(point: TurningPoint, nameOf: (task: TaskId) => string): Explanation {
  const { bad, good, at } = point;
  const run = withNext(bad, good, at);
  const nameStep: NameStep = (index) => {
    if (index < bad.picks.length) return `step ${counted(index)}`;
    const task = run.picks[index] as TaskId;
    return `the ${bad.picks.includes(task) ? "next" : "first"} step of ${nameOf(task)}`;
  };
  const conflict = decidedConflict(run, good, at);
  const head = `The outcome turns on whether ${nameStep(at + 1)} comes before ${nameStep(at)}`;
  const steps = (conflict?.at ?? [at, at + 1]).map((index) => {
    const end = run.steps[index]?.point;
    return { step: index + 1, task: run.picks[index] as TaskId, ...(end ? { file: end.file, line: end.line } : {}) };
  });
  return {
    sentence: conflict ? `${head}: ${reason(run, conflict, nameOf, nameStep)}.` : `${head}.`,
    ...(conflict ? { kind: conflict.kind, place: run.places[conflict.place] ?? "" } : {}),
    tasks: [run.picks[at] as TaskId, run.picks[at + 1] as TaskId],
    step: at + 1,
    steps,
    bad,
    good,
  };
}

/** A step by its index: its number, or what would have come next in a run that ended early. */
type NameStep = (index: number) => string;

function reason(run: Execution, { kind, place, at }: Conflict, nameOf: (task: TaskId) => string, nameStep: NameStep): string {
  const what = placeText(run.places[place] ?? "");
  const [first = 0, second = 0, third = 0] = at;
  const [one, other] = [first, second].map((index) => nameOf(run.picks[index] as TaskId));
  switch (kind) {
    case "lost update": {
      if (readBefore(run, second, place)) return `both read ${what} before either wrote it back`;
      return `${one} read ${what} in ${nameStep(first)}, ${other} wrote it in ${nameStep(second)}, and ${one} wrote over that in ${nameStep(third)}`;
    }
    case "dirty read":
      return `${other} read ${what} in ${nameStep(second)}, between the writes of ${one} in ${nameStep(first)} and ${nameStep(third)}`;
    case "check then act":
      return `${one} read ${what} in ${nameStep(first)}, ${other} changed it in ${nameStep(second)}, and ${one} acted in ${nameStep(third)} on what it had read`;
    case "write-write conflict":
      return `both write ${what}, ${nameStep(second)} last`;
    case "order":
      return run.steps[first]?.writes.includes(place)
        ? `${nameStep(first)} writes ${what} before ${nameStep(second)} reads it`
        : `${nameStep(first)} reads ${what} before ${nameStep(second)} writes it`;
  }
}

/** Whether the task of a step had read a place, and not written it since. */
function readBefore({ picks, steps }: Execution, at: number, place: number): boolean {
  for (let step = at - 1; step >= 0; step -= 1) {
    if (picks[step] !== picks[at]) continue;
    if (steps[step]?.writes.includes(place)) return false;
    if (steps[step]?.reads.includes(place)) return true;
  }
  return false;
}

/** A step's number from its index. */
function counted(index: number): string {
  return (index + 1).toLocaleString("en-US");
}

/** A place in words: `x`, `x of f`, `the property name`, `an element`. */
export function placeText(place: string): string {
  if (place === "[]") return "an element";
  if (place === "output") return "the output";
  if (place === "scheduler") return "what the scheduler knows";
  if (place.startsWith(".")) return `the property ${place.slice(1)}`;
  const captured = /^(.+)\.([^.#]+)#\d+$/.exec(place);
  return captured ? `${captured[2]} of ${captured[1]}` : place;
}
