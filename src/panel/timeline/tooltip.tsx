/**
 * A tooltip for what is under the pointer. The list of switches and the table have the same content for people who do not use a pointer.
 */

import type { ComponentChild } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { flag } from "../../core/timeline/blocks";
import type { Row } from "../../protocol/panel";
import { Preview, TaskName } from "../common/elements";
import type { Store } from "../model/store";
import { duration, grouped, place as placeText, type Shown, verb } from "../text/format";
import { oneLine } from "../text/text";
import type { Hit } from "./hit";
import { nameOf } from "./laneList";
import type { TimelineModel } from "./model";
import { wordsOf } from "./sums";

/** A point of the lanes. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

interface Props {
  readonly store: Store;
  readonly view: Shown;
  readonly model: TimelineModel;
  readonly hit: Hit;
  readonly place: Place;
}

/** Placed beside the point, within the page. */
export function Tooltip({ store, view, model, hit, place }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const single = hit.own?.steps === 1 ? hit.own.longestStep : undefined;
  const row = single === undefined ? undefined : store.row(single);
  useLayoutEffect(() => {
    if (single !== undefined && !row) store.need(single, single);
    const canvas = model.surfaces.lanes?.getBoundingClientRect();
    if (!box.current || !canvas) return;
    const { offsetWidth, offsetHeight } = box.current;
    const left = Math.min(canvas.left + place.x + 12, innerWidth - offsetWidth - 8);
    const below = canvas.top + place.y + 18;
    box.current.style.left = `${Math.max(4, left)}px`;
    box.current.style.top = `${below + offsetHeight < innerHeight ? below : canvas.top + place.y - offsetHeight - 10}px`;
  });
  return (
    <div ref={box} class="tip" aria-hidden="true">
      {single === undefined ? (
        <Several store={store} view={view} hit={hit} />
      ) : (
        <Single view={view} hit={hit} step={single} row={row} />
      )}
    </div>
  );
}

function Single({ view, hit, step, row }: { view: Shown; hit: Hit; step: number; row: Row | undefined }) {
  const isLong = (hit.own?.micros ?? 0) > 0 && row && hit.own?.longest === row.micros;
  return (
    <>
      <p>
        <b>Step {grouped(step)}</b> {row && <TaskName view={view} id={row.task} />}{" "}
        {row && <span class={row.event === "yielded" ? "dim" : row.event}>{verb(row)}</span>}
      </p>
      {row && <Preview text={row.value} />}
      <p class="dim">
        {duration(isLong ? row.micros : (hit.own?.micros ?? 0))}
        {row?.point && ` · ${oneLine(row.point.function)} ${placeText(row.point, view.file)}`}
      </p>
      {row?.output !== undefined && <p class="printed">{oneLine(row.output)}</p>}
    </>
  );
}

interface SeveralProps extends Omit<Props, "model" | "place"> {}

function Several({ store, view, hit }: SeveralProps) {
  const range = hit.first === hit.last ? `step ${grouped(hit.first)}` : `steps ${grouped(hit.first)}–${grouped(hit.last)}`;
  const [task = 0] = hit.lane.tasks;
  const isPlain = hit.lane.tasks.length === 1 && hit.lane.within === undefined;
  const name = isPlain ? <TaskName view={view} id={task} /> : <b>{nameOf(view, hit.lane)}</b>;
  if (!hit.own) {
    if (hit.blocked && hit.lane.tasks.length === 1)
      return <Blocked store={store} view={view} hit={hit} task={task} name={name} />;
    return (
      <p>
        {name} <span class="dim">{hit.blocked ? blockedText(hit.blocked, view.head) : `waits for its turn, ${range}`}</span>
      </p>
    );
  }
  const { steps, micros, longest, longestStep, flags } = hit.own;
  return (
    <>
      <p>
        {name} {grouped(steps)} of {range}
      </p>
      <p class="dim">
        {duration(micros)} · longest {duration(longest)} at step {grouped(longestStep)}
      </p>
      {flags !== 0 && <p class={flags & flag.threw ? "threw" : ""}>{wordsOf(flags).join(", ")}</p>}
    </>
  );
}

interface BlockedProps extends SeveralProps {
  readonly task: number;
  readonly name: ComponentChild;
}

/** What a task waits for, since when, and who is before it; until the answer is there, only that it is blocked. */
function Blocked({ store, view, hit, task, name }: BlockedProps) {
  const [told, setTold] = useState<readonly string[]>([]);
  const step = Math.max(hit.first, hit.blocked?.from ?? 0);
  useEffect(() => {
    let isWanted = true;
    const take = (answer: readonly string[]) => isWanted && setTold(answer);
    store.wire.waited(step, task).then(take, () => take([]));
    return () => {
      isWanted = false;
    };
  }, [store, view.run, step, task]);
  const [what, ...more] = told;
  return (
    <>
      <p>
        {name} <span class="dim">{what === undefined ? hit.blocked && blockedText(hit.blocked, view.head) : oneLine(what)}</span>
      </p>
      {more.map((line) => (
        <p key={line} class="dim">
          {oneLine(line)}
        </p>
      ))}
    </>
  );
}

/** Where the window or the run ends, the task may be blocked for longer. */
function blockedText({ from, to }: NonNullable<Hit["blocked"]>, head: number): string {
  return `is blocked since step ${grouped(from)}${to >= head ? "" : `, until step ${grouped(to)}`}`;
}
