/**
 * What outlives a reload of the page: how the user left the tree and the lanes. Nothing of the trace.
 */
import { firstOrder, type LaneOrder } from "./timeline/laneOrder";

export interface State {
  /** Paths of the tree that do not stand as they do at first. */
  readonly toggled: string[];
  /** What the user made of the timeline's lanes. */
  readonly lanes: LaneOrder;
}

/** What was saved, by whatever version; what is not understood is as it is at first. */
export function stateOf(saved: unknown): State {
  const { toggled, lanes } = fieldsOf(saved);
  return { toggled: listOf(toggled, isText) ?? [], lanes: laneOrderOf(lanes) };
}

/** In the form in which it can be saved: sets cannot. */
export function savedOf({ toggled, lanes }: State): object {
  return { toggled, lanes: { ...lanes, pinned: [...lanes.pinned], collapsed: [...lanes.collapsed] } };
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
