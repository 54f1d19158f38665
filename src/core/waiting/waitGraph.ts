/** The wait-for graph of a state: tasks and resources as nodes, what is held and what is wanted as edges. */
import type { TaskId } from "../task";
import type { WaitPart } from "./blockedColumns";
import { rowKind } from "./rows";
import type { WaitState } from "./waitState";

export type WaitEdge =
  | { readonly kind: "held"; readonly resource: number; readonly task: TaskId; readonly units: number; readonly since: number }
  /** `place` is the position in the queue of the resource, from 1. */
  | { readonly kind: "wanted"; readonly task: TaskId; readonly part: WaitPart; readonly place: number; readonly since: number }
  | { readonly kind: "joined"; readonly task: TaskId; readonly of: TaskId; readonly since: number };

export interface WaitGraph {
  /** In ascending order, like the resources. */
  readonly tasks: readonly TaskId[];
  readonly resources: readonly number[];
  readonly edges: readonly WaitEdge[];
}

/** The graph of everything that a task waits for or holds. A task that sleeps or waits for a promise is a node without an edge. */
export function waitGraph(state: WaitState): WaitGraph {
  const edges = [...heldEdges(state), ...wantedEdges(state)];
  const tasks = new Set<TaskId>([...state.blocked].map(({ task }) => task));
  const resources = new Set<number>();
  for (const edge of edges) {
    tasks.add(edge.task);
    if (edge.kind === "joined") tasks.add(edge.of);
    else resources.add(edge.kind === "held" ? edge.resource : edge.part.object);
  }
  const ascending = (one: number, other: number): number => one - other;
  return { tasks: [...tasks].sort(ascending), resources: [...resources].sort(ascending), edges };
}

function* heldEdges({ holdings }: WaitState): Generator<WaitEdge> {
  for (const resource of holdings.resources) {
    for (const holding of holdings.of(resource)) yield { kind: "held", resource, ...holding };
  }
}

function* wantedEdges(state: WaitState): Generator<WaitEdge> {
  const places = new Map<string, number>();
  for (const { task, parts, since } of state.blocked) {
    for (const part of parts) {
      if (part.isServed || part.kind > rowKind.blockJoin) continue;
      if (part.kind === rowKind.blockJoin) {
        yield { kind: "joined", task, of: part.object, since };
        continue;
      }
      const queue = `${part.kind} ${part.object}`;
      const place = (places.get(queue) ?? 0) + 1;
      places.set(queue, place);
      yield { kind: "wanted", task, part, place, since };
    }
  }
}
