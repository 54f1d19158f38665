/**
 * What the panel shows about waiting tasks at the cursor: what each waits for, and the wait-for graph.
 */
import { isOver } from "../../core/task";
import { timeAfter, type VirtualTime } from "../../core/virtualTime";
import type { Blocked, WaitPart } from "../../core/waiting/blockedColumns";
import { rowKind, waitKindOf } from "../../core/waiting/rows";
import { deadlockSentence, namesIn, plainText, type Segment, stuckSentence, waitText } from "../../core/waiting/sentences";
import { type CycleLink, closedAt, verdictOf } from "../../core/waiting/verdict";
import { type WaitEdge as Edge, waitGraph } from "../../core/waiting/waitGraph";
import type { WaitState } from "../../core/waiting/waitState";
import type { View } from "../../protocol/panel";
import {
  type Awaited,
  type AwaitedPart,
  type Cycle,
  mostEdges,
  type Sentence,
  type ShownResource,
  type WaitEdge,
  type Waiting,
} from "../../protocol/waitView";
import { surroundings } from "../seen/waitVerdict";
import type { Viewed } from "./viewed";

/** How many tasks a sentence names. The others are only counted. */
const mostNamed = 3;

/** What tasks wait for after the step at the cursor, for calls with one task after the other. */
export class ShownWaits {
  readonly #state: WaitState | undefined;
  readonly #places = new Map<string, number>();
  readonly #time: VirtualTime | undefined;

  constructor({ run: { waits, virtualTime }, cursor }: Pick<Viewed, "run" | "cursor">) {
    this.#time = virtualTime;
    this.#state = waits.isEmpty ? undefined : waits.at(cursor);
    if (!this.#state || this.#state.size === 0) return;
    for (const edge of waitGraph(this.#state).edges) {
      if (edge.kind === "wanted") this.#places.set(placeKey(edge.task, edge.part), edge.place);
    }
  }

  /** Undefined if the task does not wait. */
  of(task: number): Awaited | undefined {
    const blocked = this.#state?.blockedOf(task);
    if (!this.#state || !blocked) return undefined;
    return {
      how: blocked.how,
      parts: blocked.parts.map((part) => this.#part(task, part)),
      since: blocked.since,
      ...(this.#time ? { from: timeAfter(blocked.since, this.#time, blocked.clock) } : {}),
      sentence: [...waitText(blocked), ...holderText(blocked, this.#state)],
    };
  }

  #part(task: number, part: WaitPart): AwaitedPart {
    const { kind, object, due, isServed } = part;
    const place = this.#places.get(placeKey(task, part));
    return {
      kind: waitKindOf(kind),
      ...(kind <= rowKind.blockEvent ? { resource: object } : {}),
      ...(kind === rowKind.blockJoin ? { task: object } : {}),
      ...(kind === rowKind.blockSleep ? { due } : {}),
      ...(isServed ? { served: true as const } : {}),
      ...(place === undefined ? {} : { place }),
    };
  }
}

/** What a task waited for after a step, since when, and the tasks before it, as sentences without its name; none if it did not wait. */
export function waitTold({ run }: Viewed, step: number, task: number): string[] {
  const waits = new ShownWaits({ run, cursor: step }).of(task);
  if (!waits) return [];
  const names = namesIn(run);
  const state = run.waits.at(step);
  const before = waits.parts.flatMap(({ kind, resource, served }) => {
    const queue =
      served || resource === undefined ? [] : state.queueOf(resource).filter((each) => waitKindOf(each.kind) === kind);
    const ahead = queue
      .slice(
        0,
        queue.findIndex((each) => each.task === task),
      )
      .map((each) => names.task(each.task));
    return ahead.length > 0 ? [`Before it in the queue: ${listed(ahead)}.`] : [];
  });
  return [`${plainText(waits.sentence, names)}, since step ${waits.since.toLocaleString("en-US")}`, ...before];
}

/** Lists the first names and counts the rest. */
function listed(names: readonly string[]): string {
  const more = names.length - mostNamed;
  return names.slice(0, mostNamed).join(", ") + (more > 0 ? ` and ${more.toLocaleString("en-US")} more` : "");
}

/** The wait-for graph at the cursor; undefined if no task waits or holds anything. */
export function waitingOf(viewed: Viewed): Waiting | undefined {
  const { run, cursor } = viewed;
  if (run.waits.isEmpty) return undefined;
  const state = run.waits.at(cursor);
  const graph = waitGraph(state);
  if (graph.tasks.length === 0) return undefined;
  const around = surroundings(run, (task) => isOverAt(viewed, task), true);
  const { cycles } = verdictOf(state, around);
  const stuck =
    viewed.nobodyWakes && cursor === viewed.head ? verdictOf(state, { ...around, mayPromisesSettle: false }).stuck : [];
  const leftOut = graph.edges.length - mostEdges;
  const edges = leftOut > 0 ? graph.edges.slice(0, mostEdges) : graph.edges;
  return {
    tasks: [...graph.tasks],
    resources: graph.resources.map((id) => resourceOf(viewed, state, id)),
    edges: edges.map(shownEdge),
    cycles: cycles.map(shownCycle),
    stuck: stuck.flatMap((task) => {
      const blocked = state.blockedOf(task);
      return blocked ? [{ task, sentence: shown(stuckSentence(blocked, state, around)) }] : [];
    }),
    ...(leftOut > 0 ? { leftOut } : {}),
  };
}

/** Virtual time, with the time of the clock at the cursor. */
export function virtualOf({ run, cursor }: Viewed): View["virtual"] {
  const { virtualTime, waits } = run;
  if (!virtualTime) return undefined;
  const moved = waits.isEmpty ? undefined : waits.at(cursor).clockMoved;
  return { ...virtualTime, now: timeAfter(cursor, virtualTime, moved) };
}

/** What the clock of the program's simulation shows after the step at the cursor; undefined if it has none. */
export function simulatedOf({ run: { waits }, cursor }: Viewed): number | undefined {
  return waits.isEmpty ? undefined : waits.at(cursor).simulated;
}

/** What the run waits for while no task is ready. */
export function awaitsOf({ run, shownStatus }: Viewed): Sentence | undefined {
  if (shownStatus !== "running" || !run.isAwaiting || run.hung) return undefined;
  const blocked = [...run.waits.now.blocked];
  if (run.observed && blocked.length === 0) return [{ text: "No task has been resumed for a while." }];
  const named = blocked.slice(0, mostNamed).flatMap((each, index): Segment[] => {
    return [...(index > 0 ? [{ text: "; " }] : []), { task: each.task }, { text: " " }, ...waitText(each)];
  });
  const more = blocked.length - mostNamed;
  return shown([...named, { text: more > 0 ? `; and ${more.toLocaleString("en-US")} more.` : "." }]);
}

function isOverAt({ run, cursor }: Viewed, task: number): boolean {
  const { lastStep = 0 } = run.trace.totals(cursor, run.tasks.length)[task] ?? {};
  return lastStep > 0 && isOver(run.trace.at(lastStep).event === "yielded" ? "ready" : "returned");
}

function resourceOf({ run }: Viewed, { holdings }: WaitState, id: number): ShownResource {
  const { kind = "mutex", name = `resource ${id}`, capacity } = run.waits.resources[id - 1] ?? {};
  return {
    id,
    kind,
    name,
    ...(capacity === undefined ? {} : { capacity }),
    ...(kind === "semaphore" && capacity !== undefined ? { free: Math.max(0, holdings.freePermits(id, capacity)) } : {}),
    holders: holdings.of(id).map((each) => ({ ...each })),
  };
}

function shownEdge(edge: Edge): WaitEdge {
  if (edge.kind !== "wanted") return { ...edge };
  const { task, part, place, since } = edge;
  return { kind: "wanted", task, resource: part.object, as: waitKindOf(part.kind), place, since };
}

function shownCycle(cycle: readonly CycleLink[]): Cycle {
  const links = cycle.map(({ task, resource, since }) => ({ task, ...(resource === undefined ? {} : { resource }), since }));
  return { links, closedAt: closedAt(cycle), sentence: shown(deadlockSentence(cycle)) };
}

function shown(segments: readonly Segment[]): Sentence {
  return segments.map((segment) => ({ ...segment }));
}

/** The holder of a mutex as a relative clause: `, which bob holds`. */
function holderText({ how, parts }: Blocked, { holdings }: WaitState): Sentence {
  const [part] = parts;
  if (how !== "one" || part?.kind !== rowKind.blockAcquire) return [];
  const holders = holdings.of(part.object);
  const [holder] = holders;
  return holders.length === 1 && holder ? [{ text: ", which " }, { task: holder.task }, { text: " holds" }] : [];
}

function placeKey(task: number, { kind, object }: WaitPart): string {
  return `${task} ${kind} ${object}`;
}
