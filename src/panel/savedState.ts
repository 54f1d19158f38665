/**
 * State that survives a reload of the page: how the user arranged the tree, the lanes and the columns, and what is typed and not asked yet. It has
 * nothing of the trace.
 */
import type { ColumnChoices } from "./model/columnChoices";
import { type About, nothing } from "./model/shownTasks";
import type { Typed } from "./model/store";
import { firstOrder, type LaneOrder } from "./timeline/laneOrder";

export interface State {
  /** Tree paths that differ from their default. */
  readonly toggled: string[];
  /** The user's arrangement of the timeline's lanes. */
  readonly lanes: LaneOrder;
  /** What is typed in the form of exploring, by the names of its fields. */
  readonly typed: Typed;
  /** How the columns of the tasks are arranged. */
  readonly columns: ColumnChoices;
  /** The file and tasks that the rest belongs to. */
  readonly about: About;
}

/** Decodes the state that any version may have saved; whatever is not valid gets its default. */
export function stateOf(saved: unknown): State {
  const { toggled, lanes, typed, columns, about } = fieldsOf(saved);
  const { widths, shown } = fieldsOf(columns);
  return {
    toggled: listOf(toggled, isText) ?? [],
    lanes: laneOrderOf(lanes),
    typed: recordOf(typed, isText),
    columns: { widths: recordOf(widths, isNumber), shown: recordOf(shown, isFlag) },
    about: savedAbout(about),
  };
}

/** The state in a form that can be saved as JSON: sets cannot. */
export function savedOf({ lanes, ...plain }: State): object {
  return { ...plain, lanes: { ...lanes, pinned: [...lanes.pinned], collapsed: [...lanes.collapsed] } };
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

function recordOf<T>(saved: unknown, isItem: (item: unknown) => item is T): Record<string, T> {
  return Object.fromEntries(Object.entries(fieldsOf(saved)).filter((field): field is [string, T] => isItem(field[1])));
}

function isText(item: unknown): item is string {
  return typeof item === "string";
}

function isNumber(item: unknown): item is number {
  return typeof item === "number";
}

function isFlag(item: unknown): item is boolean {
  return typeof item === "boolean";
}
