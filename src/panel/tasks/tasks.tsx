// biome-ignore-all lint/a11y/useSemanticElements: an ARIA grid with its own keyboard, whose columns CSS lays out
// biome-ignore-all lint/a11y/useFocusableInteractive: one row is the tab stop; heads and cells are not focused
/**
 * The tasks as an ARIA grid: up and down between tasks, left and right to the places where a task is suspended.
 */
import { useState } from "preact/hooks";
import type { TaskRow } from "../../protocol/panel";
import { Action, Heading } from "../common/elements";
import { horizontal, moveFocus, vertical } from "../common/rovingFocus";
import type { Store } from "../model/store";
import { isLive, type Shown, schedulerOf, taskName } from "../text/format";
import { Names } from "../text/shortening";
import { AskForm, type Asking } from "./askForm";
import { listedOf } from "./listed";
import { digitOf, useNumberKeys } from "./numberKeys";
import { whyNot } from "./possible";
import { Scheduler } from "./scheduler";
import { rowOf, useSelectedRow } from "./selectedRow";
import { pickOrUnpick, TaskActs } from "./taskActs";
import { Cells, label } from "./taskCells";
import { TaskMenu } from "./taskMenu";

interface Props {
  readonly store: Store;
  readonly view: Shown;
}

interface Column {
  readonly title: string;
  readonly class: string;
  /** It is there only where tasks have waited. */
  readonly isOfWaiting?: true;
}

const columns: readonly Column[] = [
  { title: "Task", class: "task" },
  { title: "State", class: "state" },
  { title: "Waits for", class: "waits", isOfWaiting: true },
  { title: "Suspended at", class: "at" },
  { title: "Last value", class: "last" },
  { title: "Steps", class: "steps" },
  { title: "Waited", class: "waited", isOfWaiting: true },
  { title: "Run time", class: "time" },
];

/** A row whose menu is open, and the button that opened it. */
interface OpenMenu {
  readonly task: number;
  readonly opener: HTMLElement;
}

/** One row per task: Enter, Space or a click shows its stack and locals at the step that is shown. */
export function Tasks({ store, view }: Props) {
  const [focused, setFocused] = useState(0);
  const [menu, setMenu] = useState<OpenMenu>();
  const [asking, ask] = useState<Asking>();
  const { tasks, rest } = listedOf(view.tasks);
  const refusal = usePicking(store, view, tasks);
  useSelectedRow(store, view.run);
  const stop = tasks.some((task) => task.id === focused) ? focused : tasks[0]?.id;
  const canAct = !view.recorded;
  const open = tasks.find(({ id }) => id === menu?.task);
  const scheduler = schedulerOf(view);
  const labels = new Names(tasks.map(label));
  return (
    <section class="tasks" aria-label="Tasks">
      <Heading>Tasks</Heading>
      <div
        role="grid"
        aria-label="Tasks"
        class={`grid ${canAct ? "acting" : ""} ${store.hasWaited ? "waiting" : ""}`}
        style={{ "--apart": labels.least }}
        onKeyDown={onKeyDown}
      >
        <Head canAct={canAct} hasWaited={store.hasWaited} />
        {scheduler && <Scheduler store={store} at={scheduler} />}
        {tasks.map((task, place) => (
          <Task
            key={task.id}
            store={store}
            view={view}
            task={task}
            labels={labels}
            digit={digitOf(place)}
            isStop={task.id === stop}
            canAct={canAct}
            isOpen={menu?.task === task.id}
            onFocus={() => setFocused(task.id)}
            onMenu={(opener) => setMenu(menu?.task === task.id ? undefined : { task: task.id, opener })}
          />
        ))}
      </div>
      {tasks.length === 0 && <p class="dim none">No tasks yet.</p>}
      {rest !== undefined && <p class="dim none">{rest}</p>}
      {view.functions?.isChanged && <Changed store={store} />}
      <p class="refused" role="alert">
        {refusal}
      </p>
      {canAct && menu && open && (
        <TaskMenu store={store} view={view} task={open} opener={menu.opener} ask={ask} onClose={() => setMenu(undefined)} />
      )}
      {canAct && asking && <Ask store={store} view={view} asking={asking} onClose={() => ask(undefined)} />}
    </section>
  );
}

/** What was decided about the functions is not what this run has. */
function Changed({ store }: { store: Store }) {
  return (
    <p class="none" role="status">
      What counts as a task has changed. It takes effect with a restart.{" "}
      <Action kind="secondary" label="Restart" text="Restart" onClick={() => store.command("restart")} />
    </p>
  );
}

/** Picks the next task by number keys. If a task cannot run next, says why until the next step. */
function usePicking(store: Store, view: Shown, tasks: readonly TaskRow[]): string {
  const [refused, refuse] = useState({ text: "", head: 0 });
  const pick = (task: TaskRow) => {
    const reason = whyNot(view, task, "pick");
    if (reason === undefined) pickOrUnpick(store, view, task.id);
    refuse({ text: reason === undefined ? "" : `${taskName(view, task.id)} cannot be next. ${reason}`, head: view.head });
  };
  useNumberKeys(tasks, !view.recorded && isLive(view), pick);
  return refused.head === view.head ? refused.text : "";
}

/** When the form closes, the focus returns to the task's row. */
function Ask({ store, view, asking, onClose }: Props & { asking: Asking; onClose: () => void }) {
  const close = () => {
    onClose();
    rowOf(asking.task)?.focus();
  };
  return <AskForm key={`${asking.act} ${asking.task}`} store={store} view={view} asking={asking} onClose={close} />;
}

function Head({ canAct, hasWaited }: { canAct: boolean; hasWaited: boolean }) {
  const shown = columns.filter(({ isOfWaiting }) => hasWaited || !isOfWaiting);
  return (
    <div role="row" class="head">
      {shown.map((column) => (
        <span key={column.class} role="columnheader" class={column.class}>
          {column.title}
        </span>
      ))}
      {canAct && (
        <span role="columnheader" class="acts">
          <span class="unseen">Acts</span>
        </span>
      )}
    </div>
  );
}

function onKeyDown(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  const target = event.target as HTMLElement;
  const row = target.closest<HTMLElement>(".row");
  if (!row) return;
  if (moveFocus(event, [...event.currentTarget.querySelectorAll<HTMLElement>(".row")], vertical)) return;
  if (event.key === "ArrowUp" || event.key === "ArrowDown") focusNeighbour(event, row);
  else moveFocus(event, [row, ...row.querySelectorAll<HTMLElement>("[data-stop]")], horizontal);
}

/** From an element inside a row, the up and down keys move to the row above or below. */
function focusNeighbour(event: KeyboardEvent, row: HTMLElement): void {
  event.preventDefault();
  const next = event.key === "ArrowUp" ? row.previousElementSibling : row.nextElementSibling;
  if (next instanceof HTMLElement && next.classList.contains("row")) next.focus();
}

interface TaskProps extends Props {
  readonly task: TaskRow;
  /** The names of all tasks. */
  readonly labels: Names;
  readonly digit: number | undefined;
  readonly isStop: boolean;
  readonly canAct: boolean;
  readonly isOpen: boolean;
  readonly onFocus: () => void;
  readonly onMenu: (opener: HTMLElement) => void;
}

function Task({ store, view, task, labels, digit, isStop, canAct, isOpen, onFocus, onMenu }: TaskProps) {
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
      data-task={task.id}
      aria-current={isNext}
      aria-selected={isShown}
      tabIndex={isStop ? 0 : -1}
      onFocus={onFocus}
      onClick={look}
      onKeyDown={onKey}
    >
      <Cells store={store} view={view} task={task} labels={labels} />
      {canAct && <TaskActs store={store} view={view} task={task} digit={digit} open={isOpen} onMenu={onMenu} />}
    </div>
  );
}
