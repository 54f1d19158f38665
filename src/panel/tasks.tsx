// biome-ignore-all lint/a11y/useSemanticElements: an ARIA grid with its own keyboard, whose columns CSS lays out
// biome-ignore-all lint/a11y/useFocusableInteractive: one row is the tab stop; heads and cells are not focused
/**
 * The tasks as an ARIA grid: up and down between tasks, left and right to the places where one is suspended.
 */
import { useState } from "preact/hooks";
import type { TaskRow } from "../protocol/panel";
import { colour, grouped, milliseconds, type Shown } from "./format";
import { Heading, PlaceLink, Preview } from "./parts";
import { horizontal, rove, vertical } from "./roving";
import type { Store } from "./store";
import { oneLine } from "./text";

interface Props {
  readonly store: Store;
  readonly view: Shown;
}

const columns = ["Task", "State", "Suspended at", "Last value", "Steps", "Run time"];
const classes = ["task", "state", "at", "last", "steps", "time"];

/** One row a task; Enter or a click shows where it is suspended. */
export function Tasks({ store, view }: Props) {
  const [focused, setFocused] = useState(0);
  const stop = view.tasks.some((task) => task.id === focused) ? focused : view.tasks[0]?.id;
  return (
    <section class="tasks" aria-label="Tasks">
      <Heading>Tasks</Heading>
      <div role="grid" aria-label="Tasks" class="grid" onKeyDown={onKeyDown}>
        <div role="row" class="head">
          {columns.map((column, index) => (
            <span key={column} role="columnheader" class={classes[index]}>
              {column}
            </span>
          ))}
        </div>
        {view.tasks.map((task) => (
          <Task
            key={task.id}
            store={store}
            view={view}
            task={task}
            isStop={task.id === stop}
            onFocus={() => setFocused(task.id)}
          />
        ))}
      </div>
      {view.tasks.length === 0 && <p class="dim none">No tasks yet.</p>}
    </section>
  );
}

function onKeyDown(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  const target = event.target as HTMLElement;
  const row = target.closest<HTMLElement>(".row");
  if (!row) return;
  if (rove(event, [...event.currentTarget.querySelectorAll<HTMLElement>(".row")], vertical)) return;
  if (event.key === "ArrowUp" || event.key === "ArrowDown") focusNeighbour(event, row);
  else rove(event, [row, ...row.querySelectorAll<HTMLElement>("[data-stop]")], horizontal);
}

/** From a place inside a row, the vertical keys lead to the row above or below. */
function focusNeighbour(event: KeyboardEvent, row: HTMLElement): void {
  event.preventDefault();
  const next = event.key === "ArrowUp" ? row.previousElementSibling : row.nextElementSibling;
  if (next instanceof HTMLElement && next.classList.contains("row")) next.focus();
}

interface TaskProps extends Props {
  readonly task: TaskRow;
  readonly isStop: boolean;
  readonly onFocus: () => void;
}

function Task({ store, view, task, isStop, onFocus }: TaskProps) {
  const isNext = view.next === task.id;
  const reveal = () => task.stack[0] && store.reveal(task.stack[0]);
  const onEnter = (event: KeyboardEvent) => {
    if (event.key === "Enter" && event.target === event.currentTarget) reveal();
  };
  return (
    <div
      role="row"
      class={`row ${task.state} ${isNext ? "current" : ""}`}
      aria-current={isNext}
      tabIndex={isStop ? 0 : -1}
      onFocus={onFocus}
      onClick={reveal}
      onKeyDown={onEnter}
    >
      <Cells store={store} task={task} isNext={isNext} />
    </div>
  );
}

function Cells({ store, task, isNext }: { store: Store; task: TaskRow; isNext: boolean }) {
  return (
    <>
      <span role="gridcell" class="task" title={`${oneLine(task.name)}: ${oneLine(task.call)}`}>
        <span class={`swatch ${colour(task.id)}`} aria-hidden="true" />
        <bdi>{label(task)}</bdi>
      </span>
      <span role="gridcell" class="state">
        {task.state}
        {isNext && <span class="dim"> · next</span>}
      </span>
      <span role="gridcell" class="at">
        <Stack store={store} task={task} />
      </span>
      <span role="gridcell" class="last">
        <LastValue task={task} />
      </span>
      <span role="gridcell" class="steps">
        {grouped(task.steps)}
      </span>
      <span role="gridcell" class="time">
        {milliseconds(task.micros)}
      </span>
    </>
  );
}

/** The call as the user wrote it; a name that was made unique stands before it. */
function label(task: TaskRow): string {
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
