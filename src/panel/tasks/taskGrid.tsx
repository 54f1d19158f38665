// biome-ignore-all lint/a11y/useSemanticElements: an ARIA grid with its own keyboard, whose columns CSS lays out
// biome-ignore-all lint/a11y/useFocusableInteractive: one row is the tab stop; cells are not focused
/**
 * The tasks as an ARIA grid: up and down between tasks, left and right to the places where a task is suspended, up from the first row to the
 * heads of the columns. However many tasks there are, only the rows that are visible or nearly so are in the page.
 */
import type { RefObject } from "preact";
import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { TaskRow } from "../../protocol/panel";
import { destination, horizontal, moveFocus, vertical } from "../common/rovingFocus";
import type { Store } from "../model/store";
import { type Shown, schedulerOf } from "../text/format";
import { Names } from "../text/shortening";
import { type Column, templateOf } from "./columns";
import { GridHead } from "./gridHead";
import { digitOf } from "./numberKeys";
import { useRowWindow } from "./rowWindow";
import { Scheduler } from "./scheduler";
import { rowOf } from "./selectedRow";
import { TaskActs } from "./taskActs";
import { Cells, label } from "./taskCells";

interface Props {
  readonly store: Store;
  readonly view: Shown;
  readonly grid: RefObject<HTMLDivElement | null>;
  readonly tasks: readonly TaskRow[];
  readonly shown: readonly Column[];
  /** The task whose menu is open. */
  readonly menu: number | undefined;
  readonly onMenu: (task: number, opener: HTMLElement) => void;
  /** Opens the menu of the columns. */
  readonly onColumns: (opener: HTMLElement) => void;
}

/** One row per task: Enter, Space or a click shows its stack and locals at the step that is shown. */
export function TaskGrid({ store, view, grid, tasks, shown, menu, onMenu, onColumns }: Props) {
  const [focused, setFocused] = useState(0);
  const place = tasks.findIndex(({ id }) => id === focused);
  const stop = Math.max(0, place);
  const { drawn, rowHeight, onScroll } = useRowWindow(tasks, tasks.length > 0 ? stop : -1);
  const focusRow = useFocusOfRow(setFocused);
  const canAct = !view.recorded;
  const scheduler = schedulerOf(view);
  const labels = useMemo(() => new Names(tasks.map(label)), [view.names, tasks.length]);
  const fixed = scheduler ? 2 : 1; // the rows before the tasks
  const go = (to: number) => {
    const task = tasks[to];
    if (task) focusRow(task.id);
    else grid.current?.querySelector<HTMLElement>(to === -1 && scheduler ? ".scheduler" : ".head > .task")?.focus();
  };
  return (
    <div
      ref={grid}
      role="grid"
      aria-label="Tasks"
      aria-rowcount={tasks.length + fixed}
      class={canAct ? "grid acting" : "grid"}
      style={{ "--apart": labels.least, gridTemplateColumns: `${templateOf(shown, store.columns)} var(--acts)` }}
      onKeyDown={(event) => onKeyDown(event, tasks, scheduler ? -1 : 0, go)}
      onScroll={onScroll}
    >
      <GridHead store={store} shown={shown} canAct={canAct} onMenu={onColumns} />
      {scheduler && <Scheduler store={store} shown={shown} at={scheduler} />}
      {drawn.map((row) =>
        "gap" in row ? (
          <div key={row.index} role="presentation" class="gap" style={{ height: `${row.gap * rowHeight}px` }} />
        ) : (
          <Task
            key={`task ${row.item.id}`}
            store={store}
            view={view}
            shown={shown}
            task={row.item}
            rowIndex={row.index + fixed + 1}
            labels={labels}
            digit={digitOf(row.index)}
            isStop={row.index === stop}
            canAct={canAct}
            isOpen={menu === row.item.id}
            onFocus={() => setFocused(row.item.id)}
            onMenu={(opener) => onMenu(row.item.id, opener)}
          />
        ),
      )}
    </div>
  );
}

/** Focuses a task's row, which may have to be drawn before that. */
function useFocusOfRow(draw: (task: number) => void): (task: number) => void {
  const wanted = useRef<number | undefined>(undefined);
  useLayoutEffect(() => {
    if (wanted.current !== undefined) rowOf(wanted.current)?.focus();
    wanted.current = undefined;
  });
  return (task) => {
    const row = rowOf(task);
    if (row) return row.focus();
    wanted.current = task;
    draw(task);
  };
}

/** @param first the place of the first row below the head, -1 for that of the scheduler */
function onKeyDown(event: KeyboardEvent, tasks: readonly TaskRow[], first: number, go: (place: number) => void): void {
  const target = event.target as HTMLElement;
  const row = target.closest<HTMLElement>('[role="row"]');
  if (!row) return;
  const isHead = row.classList.contains("head");
  const place = isHead ? first - 1 : tasks.findIndex(({ id }) => String(id) === row.dataset.task);
  if (event.key === "ArrowUp" && place === first) go(first - 1);
  else if (event.key === "ArrowUp" && isHead) return;
  else if (event.key.startsWith("Arrow") || target === row) {
    const stops = [...row.querySelectorAll<HTMLElement>("[data-stop]")];
    const to = destination(event.key, vertical, place - first, tasks.length - first);
    if (to === undefined) return void moveFocus(event, isHead ? stops : [row, ...stops], horizontal);
    go(to + first);
  } else return void moveFocus(event, [...row.querySelectorAll<HTMLElement>("[data-stop]")], horizontal);
  event.preventDefault();
}

interface TaskProps extends Pick<Props, "store" | "view" | "shown"> {
  readonly task: TaskRow;
  readonly rowIndex: number;
  /** The names of all tasks. */
  readonly labels: Names;
  readonly digit: number | undefined;
  readonly isStop: boolean;
  readonly canAct: boolean;
  readonly isOpen: boolean;
  readonly onFocus: () => void;
  readonly onMenu: (opener: HTMLElement) => void;
}

function Task({ store, view, shown, task, rowIndex, labels, digit, isStop, canAct, isOpen, onFocus, onMenu }: TaskProps) {
  const isNext = view.next === task.id;
  const isShown = view.detail?.task === task.id;
  const look = () => store.look(task);
  const onKey = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    look();
  };
  return (
    <div
      role="row"
      class={`row ${task.state} ${isNext ? "current" : ""} ${isShown ? "shown" : ""}`}
      aria-rowindex={rowIndex}
      data-task={task.id}
      aria-current={isNext}
      aria-selected={isShown}
      tabIndex={isStop ? 0 : -1}
      onFocus={onFocus}
      onClick={look}
      onKeyDown={onKey}
    >
      <Cells store={store} view={view} shown={shown} task={task} labels={labels} />
      {canAct && <TaskActs store={store} view={view} task={task} digit={digit} open={isOpen} onMenu={onMenu} />}
    </div>
  );
}
