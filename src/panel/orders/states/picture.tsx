/**
 * The graph of states as a picture. The arrow keys move between points, and Enter shows the steps that lead to a point as a branch.
 */
import { useMemo, useRef, useState } from "preact/hooks";
import type { ShownStates } from "../../../protocol/exploration";
import { useSize } from "../../common/useSize";
import { colour, grouped } from "../../text/format";
import { oneLine } from "../../text/text";
import { linesOf } from "./edgePaths";
import { type Kind, kindOf, meanings, pointText } from "./pointText";
import { pointTowards } from "./pointTowards";
import { layoutOf, pointSize, type StatesLayout } from "./statesLayout";

interface Props {
  readonly graph: ShownStates;
  /** The session's file. */
  readonly file: string;
  /** Undefined if branches cannot be opened; `closedBecause` says why. */
  readonly open: ((point: number) => void) | undefined;
  readonly closedBecause: string;
}

export function Picture({ graph, file, open, closedBecause }: Props) {
  const [box, { width }] = useSize<HTMLDivElement>();
  const [active, setActive] = useState(0);
  const [focused, setFocused] = useState<number>();
  const [hovered, setHovered] = useState<number>();
  const points = useRef(new Map<number, HTMLElement>());
  const layout = useMemo(() => layoutOf(graph, width), [graph, width]);
  const stop = active < graph.points.length ? active : 0;
  const onKeyDown = (event: KeyboardEvent) => {
    const to = pointTowards(layout, stop, event.key);
    if (to === undefined) return;
    event.preventDefault();
    points.current.get(to)?.focus();
  };
  const told = graph.points[hovered ?? stop];
  return (
    <>
      <Legend graph={graph} />
      <div ref={box} class="graph-scroll">
        {width > 0 && (
          // biome-ignore lint/a11y/useSemanticElements: a group of points that has no other element
          <div
            class="graph states-graph"
            role="group"
            aria-label="Graph of states"
            aria-description="Arrow keys move between states, Enter shows the steps that lead to one as a branch"
            style={{ width: `${layout.width}px`, height: `${layout.height}px` }}
            onKeyDown={onKeyDown}
          >
            <Edges graph={graph} layout={layout} lookedAt={hovered ?? focused} />
            {graph.points.map((point, number) => {
              const { x, y } = layout.spots[number] ?? { x: 0, y: 0 };
              const text = pointText(point, file);
              return (
                <button
                  key={number}
                  ref={(element) => {
                    if (element) points.current.set(number, element);
                    else points.current.delete(number);
                  }}
                  type="button"
                  class={`state-point ${kindOf(point)}`}
                  title={`${text}${closedBecause}`}
                  aria-label={text}
                  aria-disabled={open === undefined}
                  tabIndex={number === stop ? 0 : -1}
                  style={{ left: `${x - pointSize / 2}px`, top: `${y - pointSize / 2}px` }}
                  onFocus={() => {
                    setActive(number);
                    setFocused(number);
                  }}
                  onBlur={() => setFocused(undefined)}
                  onPointerEnter={() => setHovered(number)}
                  onPointerLeave={() => setHovered(undefined)}
                  onClick={() => open?.(number)}
                >
                  <Mark kind={kindOf(point)} />
                </button>
              );
            })}
          </div>
        )}
      </div>
      <p class="point-told" aria-hidden="true">
        {told && pointText(told, file)}
      </p>
    </>
  );
}

/** What the colours of the edges and the shapes of the points mean. */
function Legend({ graph: { points } }: { graph: ShownStates }) {
  const most = points.reduce((one, other) => (other.tasks.length > one.tasks.length ? other : one));
  const kinds = (Object.keys(meanings) as Kind[]).filter((kind) => points.some((point) => kindOf(point) === kind));
  return (
    <ul class="states-legend" aria-label="What is drawn">
      {most.tasks.map(({ name }, task) => (
        <li key={`${task} ${name}`}>
          <span class={`stroke ${colour(task)}`} aria-hidden="true" />
          <span>
            Step of <bdi>{oneLine(name)}</bdi>
          </span>
        </li>
      ))}
      {kinds.map((kind) => (
        <li key={kind}>
          <span class={`state-point ${kind}`} aria-hidden="true">
            <Mark kind={kind} />
          </span>
          <span>{meanings[kind]}</span>
        </li>
      ))}
    </ul>
  );
}

/** Each kind of point has a shape of its own. */
function Mark({ kind }: { kind: Kind }) {
  return (
    <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d={shapes[kind]} />
    </svg>
  );
}

const circle = "M8 3a5 5 0 1 1 0 10a5 5 0 1 1 0-10z";
const shapes: Readonly<Record<Kind, string>> = {
  open: circle,
  good: circle,
  failing: "M8 2.5L13.5 8L8 13.5L2.5 8z",
  "last-chance": "M8 2L15 14H1zM8 6.2v3.6M8 11.2v1.2",
  "good-end": `${circle}M8 .8a7.2 7.2 0 1 1 0 14.4a7.2 7.2 0 1 1 0-14.4z`,
  "failing-end": "M2 2h12v12H2zM5 5l6 6M11 5l-6 6",
};

interface EdgesProps {
  readonly graph: ShownStates;
  readonly layout: StatesLayout;
  /** The point whose edges stand out. */
  readonly lookedAt: number | undefined;
}

/** Drawn below the points. Hidden from screen readers, which have the table. */
function Edges({ graph, layout, lookedAt }: EdgesProps) {
  const { points, edges } = graph;
  const lines = useMemo(() => linesOf(graph, layout), [graph, layout]);
  return (
    <svg width={layout.width} height={layout.height} aria-hidden="true">
      <defs>
        <marker id="leads-back" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="6" markerHeight="6" orient="auto">
          <path d="M0 0L8 4L0 8z" fill="context-stroke" />
        </marker>
      </defs>
      <text class="row-steps" x={4} y={12}>
        Steps
      </text>
      {layout.rows.map(({ y, steps }) => (
        <text key={steps} class="row-steps" x={4} y={y + 4}>
          {grouped(steps)}
        </text>
      ))}
      {lines.map(({ path, isBack }, number) => {
        const { from, task, to } = edges[number] as ShownStates["edges"][number];
        const isFaint = lookedAt !== undefined && from !== lookedAt && to !== lookedAt;
        const isDecisive = points[from]?.fate === "open" && points[to]?.fate === "failing";
        return (
          <path
            key={`${from} ${task} ${to}`}
            class={`state-edge ${colour(task)} ${isDecisive ? "decisive" : ""} ${isBack ? "leads-back" : ""} ${isFaint ? "faint" : ""}`}
            d={path}
            marker-end={isBack ? "url(#leads-back)" : undefined}
          />
        );
      })}
    </svg>
  );
}
