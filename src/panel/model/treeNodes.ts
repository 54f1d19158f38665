/**
 * Flattens a step's detail into the list of tree nodes that are drawn.
 */
import type { Related, Thrown } from "../../core/trace/thrown";
import type { Frame, Value } from "../../protocol/runner";
import type { Change, Detail, MarkedFrame, MarkedProperty } from "../../protocol/stepDetail";
import type { Place } from "../text/format";

/** The children of one node that have been loaded. */
export interface Children {
  readonly handle: number;
  properties: MarkedProperty[];
  total: number;
  loading: boolean;
  /** The children belong to an earlier step, and the handle is no longer valid. */
  stale: boolean;
  /** The properties belong to an earlier step, and are drawn until the requested ones arrive. */
  outdated: boolean;
  refused?: string | undefined;
}

/** One line of the tree. */
export interface TreeNode {
  readonly path: string;
  /** Counted from 1. */
  readonly level: number;
  readonly kind: "value" | "group" | "property" | "frame" | "related" | "more" | "loading" | "refused";
  readonly label: string;
  readonly value?: Value | undefined;
  /** How this step changed the node, with the previous preview if it differs. */
  readonly change?: Change | undefined;
  readonly was?: string | undefined;
  readonly point?: Place;
  readonly handle?: number | undefined;
  /** Absent if the node cannot be opened. */
  readonly open?: boolean;
  readonly stale?: boolean;
  readonly position: number;
  readonly siblings: number;
}

/** The state that `addNodes` reads. */
export interface Tree {
  readonly children: ReadonlyMap<string, Children>;
  isOpen(path: string, byDefault: "open" | "closed"): boolean;
}

type Bare = Omit<TreeNode, "position" | "siblings" | "level">;

/** A node, and a function that adds its children. */
interface Item {
  readonly bare: Bare;
  add(): void;
}

/**
 * Adds the value, details of an error, the locals of each frame (innermost first) and the stack; of an observed program also the frames that
 * have resumed the task, of which the innermost one is open.
 */
export function addNodes(nodes: TreeNode[], tree: Tree, detail: Detail, event: string): void {
  const frames = detail.frames.map((frame, index) => ({ frame, index })).reverse();
  const roots: Item[] = [];
  const { value } = detail;
  if (value) {
    const { change, was } = value;
    const bare = valueNode(tree, "value", { name: event, value, change, was }, "value");
    roots.push({ bare, add: () => addChildren(nodes, tree, bare, 2) });
  }
  for (const { frame, index } of frames) {
    if (frame.locals.length === 0) continue;
    const bare = group(tree, `locals:${index}`, detail.frames.length > 1 ? `locals of ${frame.function}` : "locals");
    roots.push({ bare, add: () => addLocals(nodes, tree, bare, frame) });
  }
  if (detail.thrown) {
    const message = messageItem(detail.thrown, value?.text ?? "");
    roots.push(...(message ? [message] : []), ...thrownItems(nodes, tree, detail.thrown, "thrown", 2));
  }
  const resuming = detail.resumedBy ?? [];
  for (const [index, frame] of [...resuming.entries()].reverse()) {
    if (frame.locals.length === 0) continue;
    const isInnermost = index === resuming.length - 1;
    const label = `${isInnermost ? "scheduler" : "caller"}: locals of ${frame.function}`;
    const bare = group(tree, `resumedBy:${frame.function}:${index}`, label, isInnermost ? "open" : "closed");
    roots.push({ bare, add: () => addLocals(nodes, tree, bare, frame) });
  }
  if (frames.length > 0) {
    const bare = group(tree, "stack", "stack");
    const stack = frames.map(({ frame, index }) => ({ bare: frameNode(frame, index), add: () => {} }));
    roots.push({ bare, add: () => addLevel(nodes, stack, 2) });
  }
  if (resuming.length > 0) {
    const bare = group(tree, "resumedBy", "resumed by");
    const stack = [...resuming.entries()].reverse().map(([index, frame]) => leaf(frameNode(frame, index, bare.path)));
    roots.push({ bare, add: () => addLevel(nodes, stack, 2) });
  }
  addLevel(nodes, roots, 1);
}

function addLevel(nodes: TreeNode[], items: readonly Item[], level: number): void {
  items.forEach(({ bare, add }, index) => {
    const at = nodes.push({ ...bare, level, position: index + 1, siblings: items.length }) - 1;
    if (!bare.open) return;
    add();
    if (bare.value && !bare.change && isMarkedAfter(nodes, at)) nodes[at] = { ...(nodes[at] as TreeNode), change: "inside" };
  });
}

/** Children that were loaded later can have marks deeper than the host knew when it sent the view. */
function isMarkedAfter(nodes: readonly TreeNode[], at: number): boolean {
  return nodes.slice(at + 1).some(({ change, stale }) => change !== undefined && !stale);
}

function addLocals(nodes: TreeNode[], tree: Tree, parent: Bare, frame: MarkedFrame): void {
  const items = named(parent.path, frame.locals).map(({ path, property }) => {
    const bare = valueNode(tree, path, property, "property");
    return { bare, add: () => addChildren(nodes, tree, bare, 3) };
  });
  addLevel(nodes, items, 2);
}

function addChildren(nodes: TreeNode[], tree: Tree, parent: Bare, level: number): void {
  const children = tree.children.get(parent.path);
  if (!children) return;
  const stale = parent.stale || children.stale || children.outdated;
  const items = named(parent.path, children.properties).map(({ path, property }) => {
    const bare = { ...valueNode(tree, path, property, "property"), stale };
    return { bare, add: () => addChildren(nodes, tree, bare, level + 1) };
  });
  const rest = restOf(parent.path, children);
  if (rest) items.push({ bare: { ...rest, stale }, add: () => {} });
  addLevel(nodes, items, level);
}

/** The number of loaded children that still exist. */
export function presentOf({ properties }: Children): number {
  return properties.filter(({ change }) => change !== "removed").length;
}

/** The line after the loaded children: why there are none, or how many more there are. */
function restOf(path: string, children: Children): Bare | undefined {
  const id = `${path}\n…`;
  if (children.refused !== undefined) return { path: id, kind: "refused", label: children.refused };
  const left = children.total - presentOf(children);
  if (left > 0) return { path: id, kind: "more", label: `${left.toLocaleString("en-US")} more` };
  return children.loading && children.properties.length === 0 ? { path: id, kind: "loading", label: "loading" } : undefined;
}

/** The full message, if the preview shows only a part of it. */
function messageItem({ message }: Thrown, shown: string): Item | undefined {
  const text = message.slice(message.indexOf(": ") + 1).trim();
  return shown.includes(text)
    ? undefined
    : leaf({ path: "message", kind: "related", label: "message", value: { text: message } });
}

/** Where an error was thrown, its stack, and the errors that it refers to, with the same details. */
function thrownItems(nodes: TreeNode[], tree: Tree, thrown: Thrown, path: string, level: number): Item[] {
  const { at, frames, related = [], omitted = 0 } = thrown;
  const isElsewhere = at && (frames[0]?.file !== at.file || frames[0].line !== at.line);
  const stack = group(tree, `${path}:stack`, "stack");
  const places = frames.map((frame, index) => leaf(frameNode(frame, index, stack.path)));
  return [
    ...(isElsewhere ? [leaf({ ...frameNode(at, 0, `${path}:at`), label: `thrown at ${at.function}` })] : []),
    ...(frames.length > 0 ? [{ bare: stack, add: () => addLevel(nodes, places, level) }] : []),
    ...related.map((error, index) => relatedItem(nodes, tree, error, `${path}:${index}`, level)),
    ...(omitted > 0 ? [leaf({ path: `${path}:…`, kind: "more", label: `${omitted} more` })] : []),
  ];
}

function relatedItem(nodes: TreeNode[], tree: Tree, error: Related, path: string, level: number): Item {
  const hasMore = error.frames.length > 0 || error.at !== undefined || error.related !== undefined;
  const open = hasMore ? { open: tree.isOpen(path, "open") } : {};
  const bare: Bare = { path, kind: "related", label: error.name, value: { text: error.message }, ...open };
  return { bare, add: () => addLevel(nodes, thrownItems(nodes, tree, error, path, level + 1), level) };
}

function leaf(bare: Bare): Item {
  return { bare, add: () => {} };
}

function valueNode(tree: Tree, path: string, { name, value, change, was }: MarkedProperty, kind: "value" | "property"): Bare {
  const bare = { path, kind, label: name, value, change, was, handle: value.handle };
  return value.handle === undefined ? bare : { ...bare, open: tree.isOpen(path, "closed") };
}

function group(tree: Tree, path: string, label: string, byDefault: "open" | "closed" = "open"): Bare {
  return { path, kind: "group", label, open: tree.isOpen(path, byDefault) };
}

function frameNode(frame: Omit<Frame, "locals">, index: number, of = "stack"): Bare {
  const { file, line, column } = frame;
  return {
    path: `${of}:${index}`,
    kind: "frame",
    label: frame.function,
    point: { file, line, column, function: frame.function },
  };
}

/**
 * Paths are made of names, so that they stay valid from step to step; a repeated name gets a number. Removed children have paths of their
 * own.
 */
function named(parent: string, properties: readonly MarkedProperty[]): { path: string; property: MarkedProperty }[] {
  const seen = new Map<string, number>();
  return properties.map((property) => {
    const name = property.change === "removed" ? `\n-${property.name}` : property.name;
    const times = seen.get(name) ?? 0;
    seen.set(name, times + 1);
    return { path: `${parent}\n${name}${times > 0 ? `\n#${times}` : ""}`, property };
  });
}
