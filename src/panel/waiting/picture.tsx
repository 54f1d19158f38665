/**
 * The wait-for graph as a picture: tasks are round and in their colours, resources square, arrows for wanted resources dashed, and for held
 * ones solid. The arrow keys move between nodes, and Enter selects the step of a node.
 */
import { useRef, useState } from "preact/hooks";
import { isLost, type Waiting } from "../../protocol/waitView";
import { resourceName } from "../common/sentence";
import { ShortName } from "../common/shortName";
import { useSize } from "../common/useSize";
import type { Store } from "../model/store";
import { colour, type Shown, taskName } from "../text/format";
import { Names, namesOf } from "../text/shortening";
import { lineOf } from "./arrows";
import { type Layout, layoutOf, nodeHeight } from "./layout";
import { nodeText, stepOf } from "./nodeText";
import { nodeTowards } from "./nodeTowards";
import type { Arrow, GraphNode, NodeId, ShownGraph } from "./shownGraph";

interface Props {
  readonly store: Store;
  readonly view: Shown;
  readonly waiting: Waiting;
  readonly graph: ShownGraph;
}

export function Picture({ store, view, waiting, graph }: Props) {
  const [box, { width }] = useSize<HTMLDivElement>();
  const [active, setActive] = useState<NodeId>();
  const nodes = useRef(new Map<NodeId, HTMLElement>());
  const layout = layoutOf(graph, width);
  const stop = graph.nodes.some(({ id }) => id === active) ? active : graph.nodes[0]?.id;
  const resources = new Names(waiting.resources.map(({ id }) => resourceName(view, id)));
  const onKeyDown = (event: KeyboardEvent) => {
    const to = stop && nodeTowards(layout.spots, stop, event.key);
    if (!to) return;
    event.preventDefault();
    nodes.current.get(to)?.focus();
  };
  return (
    <div ref={box} class="graph-scroll">
      {width > 0 && (
        // biome-ignore lint/a11y/useSemanticElements: a group of nodes that has no other element
        <div
          class="graph"
          role="group"
          aria-label="Wait-for graph"
          aria-description="Arrow keys move between nodes, Enter selects the step of a node"
          style={{ width: `${layout.width}px`, height: `${layout.height}px` }}
          onKeyDown={onKeyDown}
        >
          <Arrows graph={graph} layout={layout} />
          {graph.nodes.map((node) => (
            <Node
              key={node.id}
              view={view}
              waiting={waiting}
              node={node}
              layout={layout}
              names={node.kind === "task" ? namesOf(view.names) : resources}
              isStop={node.id === stop}
              hold={(element) => (element ? nodes.current.set(node.id, element) : nodes.current.delete(node.id))}
              onFocus={() => setActive(node.id)}
              onOpen={(step) => store.select(step)}
            />
          ))}
        </div>
      )}
    </div>
  );
}

interface NodeProps {
  readonly view: Shown;
  readonly waiting: Waiting;
  readonly node: GraphNode;
  readonly layout: Layout;
  readonly names: Names;
  readonly isStop: boolean;
  readonly hold: (element: HTMLElement | null) => void;
  readonly onFocus: () => void;
  readonly onOpen: (step: number) => void;
}

function Node({ view, waiting, node, layout, names, isStop, hold, onFocus, onOpen }: NodeProps) {
  const { kind, number, id } = node;
  const spot = layout.spots.get(id) ?? { x: 0, y: 0 };
  const step = stepOf(view, waiting, node);
  const text = nodeText(view, waiting, node);
  const name = kind === "task" ? taskName(view, number) : resourceName(view, number);
  const isInDeadlock = kind === "task" && isLost(view.waiting, number);
  return (
    <button
      ref={hold}
      type="button"
      class={`node ${kind} ${kind === "task" ? colour(number) : ""} ${isInDeadlock ? "lost" : ""}`}
      title={text}
      aria-label={text}
      tabIndex={isStop ? 0 : -1}
      style={{
        left: `${spot.x - layout.nodeWidth / 2}px`,
        top: `${spot.y - nodeHeight / 2}px`,
        width: `${layout.nodeWidth}px`,
        height: `${nodeHeight}px`,
      }}
      onFocus={onFocus}
      onClick={() => step !== undefined && onOpen(step)}
    >
      <ShortName text={name} among={names} />
    </button>
  );
}

/** Drawn below the nodes. Hidden from screen readers, which read the text of the nodes. */
function Arrows({ graph, layout }: { graph: ShownGraph; layout: Layout }) {
  return (
    <svg width={layout.width} height={layout.height} aria-hidden="true">
      <defs>
        {["arrowhead", "arrowhead-of-cycle"].map((id) => (
          <marker key={id} id={id} class={id} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
            <path d="M0 0L8 4L0 8z" />
          </marker>
        ))}
      </defs>
      {graph.arrows.map((arrow) => (
        <Line key={`${arrow.from} ${arrow.to} ${arrow.relation}`} arrow={arrow} graph={graph} layout={layout} />
      ))}
    </svg>
  );
}

function Line({ arrow, graph, layout }: { arrow: Arrow; graph: ShownGraph; layout: Layout }) {
  const line = lineOf(arrow, graph, layout);
  if (!line) return null;
  const { from, to, corners = [], label } = line;
  const path = [from, ...corners, to].map(({ x, y }) => `${x} ${y}`).join("L");
  return (
    <g class={`arrow ${arrow.relation === "held by" ? "held" : "wanted"} ${arrow.isInCycle ? "in-cycle" : ""}`}>
      <path d={`M${path}`} marker-end={`url(#${arrow.isInCycle ? "arrowhead-of-cycle" : "arrowhead"})`} />
      {label && (
        <text x={label.x} y={label.y} text-anchor={label.anchor}>
          {arrow.relation}
        </text>
      )}
    </g>
  );
}
