/**
 * The nodes and arrows of the wait-for graph that are drawn: all of a small graph, or the cycles of a large one with their neighbours.
 */
import type { Waiting } from "../../protocol/waitView";

/** `t` for a task or `r` for a resource, and its number. */
export type NodeId = `${"t" | "r"}${number}`;

export interface GraphNode {
  readonly id: NodeId;
  readonly kind: "task" | "resource";
  /** The number of the task or the resource. */
  readonly number: number;
}

/** The meaning of an arrow: its tail wants, joins or is held by its head. */
export type Relation = "wants" | "joins" | "held by";

export interface Arrow {
  readonly from: NodeId;
  readonly to: NodeId;
  readonly relation: Relation;
  readonly isInCycle: boolean;
}

export interface ShownGraph {
  readonly nodes: readonly GraphNode[];
  readonly arrows: readonly Arrow[];
  /** How many tasks are left out. */
  readonly leftOut: number;
}

/** A graph of more tasks would not be readable as a whole. */
export const mostTasks = 30;

export function shownGraph(waiting: Waiting): ShownGraph {
  const arrows = arrowsOf(waiting);
  const all = nodesOf(arrows);
  const tasks = all.filter(({ kind }) => kind === "task");
  if (tasks.length <= mostTasks) return { nodes: all, arrows, leftOut: 0 };
  const kept = withinReach(waiting, arrows, tasks);
  const nodes = all.filter(({ id }) => kept.has(id));
  return {
    nodes,
    arrows: arrows.filter(({ from, to }) => kept.has(from) && kept.has(to)),
    leftOut: tasks.length - nodes.filter(({ kind }) => kind === "task").length,
  };
}

export function taskNode(task: number): NodeId {
  return `t${task}`;
}

export function resourceNode(resource: number): NodeId {
  return `r${resource}`;
}

function arrowsOf({ edges, cycles }: Waiting): Arrow[] {
  const inCycle = new Set(cycles.flatMap(({ links }) => cycleArrows(links)));
  return edges.map((edge): Arrow => {
    const arrow = ((): Omit<Arrow, "isInCycle"> => {
      if (edge.kind === "joined") return { from: taskNode(edge.task), to: taskNode(edge.of), relation: "joins" };
      const [task, resource] = [taskNode(edge.task), resourceNode(edge.resource)];
      return edge.kind === "held"
        ? { from: resource, to: task, relation: "held by" }
        : { from: task, to: resource, relation: "wants" };
    })();
    return { ...arrow, isInCycle: inCycle.has(nameOf(arrow)) };
  });
}

/** The keys of the arrows of a cycle, see `nameOf`. */
function cycleArrows(links: Waiting["cycles"][number]["links"]): string[] {
  return links.flatMap(({ task, resource }, index) => {
    const from = taskNode(task);
    const to = taskNode((links[(index + 1) % links.length] ?? links[0])?.task ?? task);
    if (resource === undefined) return [nameOf({ from, to })];
    const by = resourceNode(resource);
    return [nameOf({ from, to: by }), nameOf({ from: by, to })];
  });
}

function nameOf({ from, to }: Pick<Arrow, "from" | "to">): string {
  return `${from} ${to}`;
}

/** The nodes of the arrows: tasks, then resources, each by number. */
function nodesOf(arrows: readonly Arrow[]): GraphNode[] {
  const ids = new Set(arrows.flatMap(({ from, to }) => [from, to]));
  const nodes = [...ids].map((id): GraphNode => {
    return { id, kind: id.startsWith("t") ? "task" : "resource", number: Number(id.slice(1)) };
  });
  return nodes.sort((one, other) => (one.kind === other.kind ? one.number - other.number : one.kind === "task" ? -1 : 1));
}

/** The nodes in cycles and, as far as there is room, their neighbours. If there is no cycle, the first tasks and their neighbours. */
function withinReach({ cycles }: Waiting, arrows: readonly Arrow[], tasks: readonly GraphNode[]): Set<NodeId> {
  const inCycle = arrows.flatMap(({ from, to, isInCycle }) => (isInCycle ? [from, to] : []));
  const kept = new Set<NodeId>(cycles.length > 0 ? inCycle : tasks.slice(0, mostTasks).map(({ id }) => id));
  let room = mostTasks - [...kept].filter((id) => id.startsWith("t")).length;
  for (const { from, to } of arrows) {
    if (kept.has(from) === kept.has(to)) continue;
    const other = kept.has(from) ? to : from;
    if (other.startsWith("t") && room <= 0) continue;
    if (other.startsWith("t")) room -= 1;
    kept.add(other);
  }
  return kept;
}
