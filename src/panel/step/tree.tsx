/**
 * The tree of a step on the page, with the keyboard of the WAI-ARIA tree pattern.
 */
import { useRef, useState } from "preact/hooks";
import { Naming, Preview, Was } from "../common/elements";
import { destination, vertical } from "../common/rovingFocus";
import type { Store } from "../model/store";
import type { TreeNode } from "../model/treeNodes";
import { baseName, place } from "../text/format";
import { oneLine } from "../text/text";

/** How a screen reader announces a value that this step changed. The icon for it is in the style sheet. */
const changeText = {
  changed: "changed, ",
  added: "added, ",
  removed: "removed, previously ",
  inside: "changed inside, ",
} as const;

interface Props {
  readonly store: Store;
  readonly nodes: readonly TreeNode[];
}

/** A flat list of tree items with levels, with a roving tab stop. */
export function Tree({ store, nodes }: Props) {
  const [stop, setStop] = useState("");
  const tree = useRef<HTMLDivElement>(null);
  const index = Math.max(
    0,
    nodes.findIndex((node) => node.path === stop),
  );
  const focus = (to: number) => {
    const item = tree.current?.children[to];
    if (item instanceof HTMLElement) item.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const node = nodes[index];
    if (node && press(event.key, { store, nodes, index, node, focus })) event.preventDefault();
  };
  return (
    <div ref={tree} class="tree" role="tree" aria-label="Values" onKeyDown={onKeyDown}>
      {nodes.map((node, at) => (
        <Item key={node.path} store={store} node={node} isStop={at === index} onFocus={() => setStop(node.path)} />
      ))}
    </div>
  );
}

interface Press {
  readonly store: Store;
  readonly nodes: readonly TreeNode[];
  readonly index: number;
  readonly node: TreeNode;
  focus(index: number): void;
}

/** Handles a key. Returns whether it did anything. */
function press(key: string, on: Press): boolean {
  const to = destination(key, vertical, on.index, on.nodes.length);
  if (to !== undefined) on.focus(to);
  else if (key === "Enter" || key === " ") activate(on.store, on.node);
  else if (key === "ArrowRight") inward(on);
  else if (key === "ArrowLeft") outward(on);
  else return false;
  return true;
}

function inward({ store, nodes, index, node, focus }: Press): void {
  if (node.open === false) store.tree.toggle(node.path);
  else if (node.open && (nodes[index + 1]?.level ?? 0) > node.level) focus(index + 1);
}

function outward({ store, nodes, index, node, focus }: Press): void {
  if (node.open) {
    store.tree.toggle(node.path);
    return;
  }
  for (let at = index - 1; at >= 0; at -= 1) {
    if ((nodes[at]?.level ?? 0) >= node.level) continue;
    focus(at);
    return;
  }
}

function activate(store: Store, node: TreeNode): void {
  if (node.open !== undefined) store.tree.toggle(node.path);
  else if (node.point) store.reveal(node.point);
  else if (node.kind === "more") void store.tree.more(parentOf(node.path));
  else if (node.value) store.tree.toggleWhole(node.path);
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf("\n"));
}

interface ItemProps {
  readonly store: Store;
  readonly node: TreeNode;
  readonly isStop: boolean;
  readonly onFocus: () => void;
}

function Item({ store, node, isStop, onFocus }: ItemProps) {
  const chevron = node.open === undefined ? "" : `codicon codicon-${node.open ? "chevron-down" : "chevron-right"}`;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree handles the keys of its items
    <div
      role="treeitem"
      class={`item ${node.kind} ${node.change ? `changed ${node.change}` : ""} ${node.stale ? "stale" : ""} ${store.tree.isWhole(node) ? "whole-value" : ""}`}
      aria-level={node.level}
      aria-posinset={node.position}
      aria-setsize={node.siblings}
      aria-expanded={node.open}
      tabIndex={isStop ? 0 : -1}
      style={{ paddingLeft: `${(node.level - 1) * 14}px` }}
      onFocus={onFocus}
      onClick={() => activate(store, node)}
    >
      <span class={`twistie ${chevron}`} aria-hidden="true" />
      <span class="text">
        <Content store={store} node={node} />
      </span>
    </div>
  );
}

function Content({ store, node }: { store: Store; node: TreeNode }) {
  const label = oneLine(node.label);
  if (node.kind === "more") return <span class="dim">… {label}</span>;
  if (node.kind === "loading") return <span class="dim">{label}…</span>;
  if (node.kind === "refused") return <span class="error">{label}</span>;
  if (node.point) return <FrameText label={label} point={node.point} file={store.view?.file ?? ""} />;
  if (!node.value) return <span class="dim">{label}</span>;
  return (
    <>
      {node.kind === "property" ? (
        <Naming name={label} joint=": " />
      ) : (
        <>
          <bdi class="dim" title={label}>
            {label}
          </bdi>{" "}
        </>
      )}
      {node.change && <span class="unseen">{changeText[node.change]}</span>}
      <Preview text={node.value.text} />
      {node.was !== undefined && <Was text={node.was} />}
    </>
  );
}

function FrameText({ label, point, file }: { label: string; point: NonNullable<TreeNode["point"]>; file: string }) {
  return (
    <span title={`Show ${label}, ${oneLine(baseName(point.file))}:${point.line}:${point.column}`}>
      <bdi>{label}</bdi> <span class="dim">{place(point, file)}</span>
    </span>
  );
}
