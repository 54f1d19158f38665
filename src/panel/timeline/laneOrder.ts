/**
 * Which lanes there are, and in which order: first pinned ones, then the others in the user's order, and last one lane for all collapsed
 * or filtered tasks, so that nothing that happened is hidden. Below the lane of a task, if the user wants that, there is one for each
 * function that it delegates to.
 */
import type { Delegate } from "../../core/timeline/level";

/** The user's arrangement of the lanes. Tasks that are not in `order` follow by number. */
export interface LaneOrder {
  readonly order: readonly number[];
  readonly pinned: ReadonlySet<number>;
  readonly collapsed: ReadonlySet<number>;
  readonly filter: string;
}

/** One lane. A `rest` lane stands for several tasks, a `group` for those of one function. */
export interface Lane extends LaneContents {
  readonly kind: "pinned" | "lane" | "group" | "rest";
}

/** The steps of a lane: those of some tasks, or only those after which its task is suspended in another function. */
export interface LaneContents {
  readonly tasks: readonly number[];
  readonly within?: string;
}

/** For tasks, the functions that they delegate to and that have lanes. */
export type Below = ReadonlyMap<number, readonly string[]>;

/** If there would be more lanes, the tasks of a function share one. */
const mostLanes = 1_000;

/** The maximum number of bands in the overview. */
const mostBands = 12;

export const firstOrder: LaneOrder = { order: [], pinned: new Set(), collapsed: new Set(), filter: "" };

/** The lanes from the top, for tasks with these names. */
export function lanesOf(order: LaneOrder, names: ReadonlyMap<number, string>, below: Below = new Map()): Lane[] {
  const wanted = order.filter.trim().toLowerCase();
  const isShown = (task: number) =>
    order.pinned.has(task) || (!order.collapsed.has(task) && (names.get(task) ?? "").toLowerCase().includes(wanted));
  const tasks = ordered(order, [...names.keys()]);
  const pinned = tasks.filter((task) => order.pinned.has(task));
  const others = tasks.filter((task) => !order.pinned.has(task) && isShown(task));
  const rest = tasks.filter((task) => !isShown(task));
  const single = [...pinned.map((task): Lane => ({ kind: "pinned", tasks: [task] })), ...lanesFor(others, names)];
  return [
    ...single.flatMap((lane) => [lane, ...lanesBelow(lane, below)]),
    ...(rest.length > 0 ? [{ kind: "rest", tasks: rest } as const] : []),
  ];
}

function lanesBelow({ kind, tasks }: Lane, below: Below): Lane[] {
  const functions = (tasks.length === 1 && below.get(tasks[0] ?? 0)) || [];
  return functions.map((within) => ({ kind, tasks, within }));
}

/** The delegates of a level by their tasks. */
export function belowOf(delegates: readonly Delegate[] = []): Below {
  const below = new Map<number, string[]>();
  for (const { task, function: name } of delegates) below.set(task, [...(below.get(task) ?? []), name]);
  return below;
}

/** A lane for each task or, if those are too many, for each function. */
function lanesFor(tasks: readonly number[], names: ReadonlyMap<number, string>): Lane[] {
  if (tasks.length <= mostLanes) return tasks.map((task): Lane => ({ kind: "lane", tasks: [task] }));
  const groups = new Map<string, number[]>();
  for (const task of tasks) {
    const name = functionOf(names.get(task) ?? "");
    const group = groups.get(name);
    if (group) group.push(task);
    else groups.set(name, [task]);
  }
  return [...groups.values()].map((group): Lane => ({ kind: group.length > 1 ? "group" : "lane", tasks: group }));
}

/** The name without the number that made it unique. */
export function functionOf(name: string): string {
  return name.replace(/ #\d+$/, "");
}

/** The tasks of all lanes, divided into a few bands in the order of the lanes. */
export function bandsOf(lanes: readonly Lane[]): LaneContents[] {
  const tasks = lanes.flatMap((lane) => (lane.within === undefined ? lane.tasks : []));
  const count = Math.min(mostBands, tasks.length);
  return Array.from({ length: count }, (_, band) => ({
    tasks: tasks.slice(Math.floor((band * tasks.length) / count), Math.floor(((band + 1) * tasks.length) / count)),
  }));
}

/** Pins or unpins a lane. A pinned lane stays at the top while the others scroll; pinning also expands a collapsed lane. */
export function togglePinned(order: LaneOrder, task: number): LaneOrder {
  return { ...order, pinned: toggled(order.pinned, task), collapsed: without(order.collapsed, task) };
}

/** Moves a task into the last lane, with the other collapsed ones, or out of it. */
export function toggleCollapsed(order: LaneOrder, task: number): LaneOrder {
  return { ...order, collapsed: toggled(order.collapsed, task), pinned: without(order.pinned, task) };
}

/** Gives every task its own lane again. */
export function expandAll(order: LaneOrder): LaneOrder {
  return { ...order, collapsed: new Set(), filter: "" };
}

/** Moves a lane to the position of another lane of its kind; the others make room. */
export function movedTo(order: LaneOrder, task: number, place: number, names: ReadonlyMap<number, string>): LaneOrder {
  const tasks = ordered(order, [...names.keys()]);
  const from = tasks.indexOf(task);
  const to = tasks.indexOf(place);
  if (from < 0 || to < 0 || order.pinned.has(task) !== order.pinned.has(place)) return order;
  tasks.splice(from, 1);
  tasks.splice(to, 0, task);
  return { ...order, order: tasks };
}

function ordered({ order }: LaneOrder, tasks: readonly number[]): number[] {
  const there = new Set(tasks);
  const known = new Set(order);
  return [...order.filter((task) => there.has(task)), ...tasks.filter((task) => !known.has(task))];
}

function toggled(set: ReadonlySet<number>, task: number): ReadonlySet<number> {
  return set.has(task) ? without(set, task) : new Set([...set, task]);
}

function without(set: ReadonlySet<number>, task: number): ReadonlySet<number> {
  return new Set([...set].filter((each) => each !== task));
}
