/**
 * The text of a node of the wait-for graph, for its tooltip and for screen readers.
 */
import type { Waiting } from "../../protocol/waitView";
import { resourceName, sentenceText } from "../common/sentence";
import { grouped, type Shown, taskName } from "../text/format";
import { waitFacts } from "../text/waits";
import type { GraphNode } from "./shownGraph";

/** Everything about a node, one sentence per line. */
export function nodeText(view: Shown, waiting: Waiting, node: GraphNode): string {
  return (node.kind === "task" ? taskText(view, waiting, node.number) : resourceText(view, waiting, node.number)).join("\n");
}

/** The step that a node links to: the one in which a task was blocked, or a resource was acquired. */
export function stepOf(view: Shown, { edges }: Waiting, { kind, number }: GraphNode): number | undefined {
  const waits = kind === "task" ? view.tasks.find(({ id }) => id === number)?.waits : undefined;
  const held = edges.find((edge) => edge.kind === "held" && (kind === "task" ? edge.task : edge.resource) === number);
  const wanted = edges.find((edge) => edge.kind === "wanted" && edge.resource === number && kind === "resource");
  return waits?.since ?? held?.since ?? wanted?.since;
}

function taskText(view: Shown, waiting: Waiting, task: number): string[] {
  const row = view.tasks.find(({ id }) => id === task);
  const name = taskName(view, task);
  const held = waiting.edges.flatMap((edge) => {
    return edge.kind === "held" && edge.task === task
      ? [`${resourceName(view, edge.resource)} since step ${grouped(edge.since)}`]
      : [];
  });
  return [
    ...(row?.waits ? [`${name} ${sentenceText(view, row.waits.sentence)}.`, ...waitFacts(view, row)] : [name]),
    ...(held.length > 0 ? [`It holds ${held.join(", ")}.`] : []),
  ];
}

function resourceText(view: Shown, waiting: Waiting, id: number): string[] {
  const resource = waiting.resources.find((each) => each.id === id);
  const holders = resource?.holders.map(({ task, since }) => `${taskName(view, task)} since step ${grouped(since)}`) ?? [];
  const wanted = waiting.edges
    .flatMap((edge) => (edge.kind === "wanted" && edge.resource === id ? [edge] : []))
    .sort((one, other) => one.place - other.place)
    .map(({ task }) => taskName(view, task));
  return [
    `${resourceName(view, id)}: ${kindText(resource)}`,
    ...(holders.length > 0 ? [`Held by ${holders.join(", ")}.`] : []),
    ...(wanted.length > 0 ? [`Wanted by ${wanted.join(", ")}.`] : []),
  ];
}

/** The kind of a resource, such as `semaphore, 0 of 2 permits free`. */
function kindText(resource: Waiting["resources"][number] | undefined): string {
  if (!resource) return "";
  const { kind, capacity, free } = resource;
  if (kind === "channel") return capacity === undefined ? "unbounded channel" : `channel for ${grouped(capacity)}`;
  if (kind === "semaphore" && free !== undefined)
    return `semaphore, ${grouped(free)} of ${grouped(capacity ?? free)} permits free`;
  return kind;
}
