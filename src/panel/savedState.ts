/**
 * What outlives a reload of the page: how the user arranged the tree and the lanes. Nothing of the trace.
 */
import { type About, nothing } from "./model/shownTasks";
import { firstOrder, type LaneOrder } from "./timeline/laneOrder";

export interface State {
  /** Paths of the tree that do not stand as they do at first. */
  readonly toggled: string[];
  /** What the user made of the timeline's lanes. */
  readonly lanes: LaneOrder;
  /** What both are about. */
  readonly about: About;
}

/** What was saved, by whatever version; what is not understood is as it is at first. */
export function stateOf(saved: unknown): State {
  const { toggled, lanes, about } = fieldsOf(saved);
  return { toggled: listOf(toggled, isText) ?? [], lanes: laneOrderOf(lanes), about: savedAbout(about) };
}

/** In the form in which it can be saved: sets cannot. */
export function savedOf({ toggled, lanes, about }: State): object {
  return { toggled, about, lanes: { ...lanes, pinned: [...lanes.pinned], collapsed: [...lanes.collapsed] } };
}

function laneOrderOf(saved: unknown): LaneOrder {
  const { order, pinned, collapsed, filter } = fieldsOf(saved);
  return {
    order: listOf(order, isNumber) ?? firstOrder.order,
    pinned: new Set(listOf(pinned, isNumber)),
    collapsed: new Set(listOf(collapsed, isNumber)),
    filter: isText(filter) ? filter : firstOrder.filter,
  };
}

function savedAbout(saved: unknown): About {
  const { file, names } = fieldsOf(saved);
  return { file: isText(file) ? file : nothing.file, names: listOf(names, isText) ?? nothing.names };
}

function fieldsOf(saved: unknown): Record<string, unknown> {
  return typeof saved === "object" && saved !== null ? (saved as Record<string, unknown>) : {};
}

function listOf<T>(saved: unknown, isItem: (item: unknown) => item is T): T[] | undefined {
  return Array.isArray(saved) && saved.every(isItem) ? saved : undefined;
}

function isText(item: unknown): item is string {
  return typeof item === "string";
}

function isNumber(item: unknown): item is number {
  return typeof item === "number";
}
