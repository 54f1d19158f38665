// biome-ignore-all lint/a11y/useSemanticElements: cells of the ARIA grid of tasks
// biome-ignore-all lint/a11y/useFocusableInteractive: the row is focused, and the buttons in the cells
/**
 * The cells of a task's row: what is known of the task at the step that is shown.
 */
import type { ComponentChildren } from "preact";
import type { TaskRow } from "../../protocol/panel";
import { isLost } from "../../protocol/waitView";
import { PlaceLink, Preview } from "../common/elements";
import { ShortName } from "../common/shortName";
import type { Store } from "../model/store";
import { colour, grouped, isLive, milliseconds, type Shown } from "../text/format";
import type { Names } from "../text/shortening";
import { oneLine } from "../text/text";
import { waitedSteps, waitingState } from "../text/waits";
import type { Column } from "./columns";
import { WaitsFor } from "./waitsFor";

interface Props {
  readonly store: Store;
  readonly view: Shown;
  readonly task: TaskRow;
}

/** All cells of a task but that of its actions. */
export function Cells({ shown, ...props }: Props & { shown: readonly Column[]; labels: Names }) {
  return shown.map(({ id }) => (
    <span key={id} role="gridcell" class={id} title={id === "task" ? titleOf(props.task) : undefined}>
      {contentOf[id]?.(props)}
    </span>
  ));
}

const contentOf: Record<string, (props: Props & { labels: Names }) => ComponentChildren> = {
  task: ({ task, labels }) => (
    <>
      <span class={`swatch ${colour(task.id)}`} aria-hidden="true" />
      <ShortName text={label(task)} among={labels} />
    </>
  ),
  state: ({ view, task }) => <State view={view} task={task} />,
  waits: ({ view, task }) => <WaitsFor view={view} task={task} />,
  at: ({ store, task }) =>
    task.threwAt ? (
      <PlaceLink store={store} point={task.threwAt} tabIndex={-1} what="threw" />
    ) : (
      <Stack store={store} task={task} />
    ),
  last: ({ task }) => <LastValue task={task} />,
  steps: ({ task }) => grouped(task.steps),
  waited: ({ view, task }) => stepsText(waitedSteps(view, task)),
  time: ({ task }) => milliseconds(task.micros),
};

function titleOf(task: TaskRow): string {
  return `${oneLine(task.name)}: ${oneLine(task.call)}`;
}

function State({ view, task }: Omit<Props, "store">) {
  if (view.picked?.task === task.id && isLive(view)) {
    const { send } = view.picked;
    return (
      <span class="picked" title={send === undefined ? undefined : `It gets ${oneLine(send)}`}>
        picked by hand
      </span>
    );
  }
  return (
    <>
      {task.held ? (
        <>
          <span class="codicon codicon-lock" aria-hidden="true" /> held back
        </>
      ) : (
        <StateName view={view} task={task} />
      )}
      {view.next === task.id && <span class="dim"> · next</span>}
    </>
  );
}

/** What a blocked task waits for decides how that is called; in the error colour where it waits for ever. */
function StateName({ view, task }: Omit<Props, "store">) {
  if (!task.waits) return task.state;
  const state = waitingState(task.waits);
  return isLost(view.waiting, task.id) ? <span class="error">{state}</span> : state;
}

function stepsText(steps: number | undefined): string {
  if (steps === undefined) return "–";
  return steps === 1 ? "1 step" : `${grouped(steps)} steps`;
}

/** The call as the user wrote it; a name that was made unique stands before it. */
export function label(task: TaskRow): string {
  // Of a task of an observed program, the arguments are not known.
  if (task.call.endsWith("(…)")) return oneLine(task.name);
  const number = / #\d+$/.exec(task.name)?.[0];
  return oneLine(number ? `${task.call}${number}` : task.call);
}

function Stack({ store, task }: { store: Store; task: TaskRow }) {
  return task.stack.map((point, index) => (
    <span key={index} class={index > 0 ? "dim" : undefined}>
      {index > 0 && ` ‹ ${oneLine(point.function)} `}
      <PlaceLink store={store} point={point} tabIndex={-1} />
    </span>
  ));
}

function LastValue({ task }: { task: TaskRow }) {
  if (task.value === undefined) return null;
  const mark = task.state === "returned" ? "→ " : task.state === "threw" ? "✗ " : "";
  return (
    <>
      {mark && <span class={task.state}>{mark}</span>}
      <Preview text={task.value} />
    </>
  );
}
