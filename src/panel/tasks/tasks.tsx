/**
 * The tasks: their grid, and what can be done with each of them.
 */
import { useState } from "preact/hooks";
import type { TaskRow } from "../../protocol/panel";
import { Action, Heading } from "../common/elements";
import { lineHeight, usualLine } from "../common/lineHeight";
import { useSize } from "../common/useSize";
import type { Store } from "../model/store";
import { isLive, type Shown, taskName } from "../text/format";
import { AskForm, type Asking } from "./askForm";
import { shownColumns } from "./columns";
import { ColumnsMenu } from "./gridHead";
import { listedOf } from "./listed";
import { useNumberKeys } from "./numberKeys";
import { whyNot } from "./possible";
import { rowOf, useSelectedRow } from "./selectedRow";
import { pickOrUnpick } from "./taskActs";
import { TaskGrid } from "./taskGrid";
import { TaskMenu } from "./taskMenu";

interface Props {
  readonly store: Store;
  readonly view: Shown;
}

/** A row whose menu is open, and the button that opened it. */
interface OpenMenu {
  readonly task: number;
  readonly opener: HTMLElement;
}

/** The grid, what is said about the tasks, and the menus and the form of their rows. */
export function Tasks({ store, view }: Props) {
  const [menu, setMenu] = useState<OpenMenu>();
  const [columnsOpener, openColumns] = useState<HTMLElement>();
  const [asking, ask] = useState<Asking>();
  const [grid, { width }] = useSize<HTMLDivElement>();
  const { tasks, rest } = listedOf(view.tasks);
  const refusal = usePicking(store, view, tasks);
  useSelectedRow(store, view.run);
  const canAct = !view.recorded;
  const open = tasks.find(({ id }) => id === menu?.task);
  const shown = shownColumns((width * usualLine) / lineHeight(), store.hasWaited, store.columns);
  return (
    <section class="tasks" aria-label="Tasks">
      <Heading>Tasks</Heading>
      <TaskGrid
        store={store}
        view={view}
        grid={grid}
        tasks={tasks}
        shown={shown}
        menu={menu?.task}
        onMenu={(task, opener) => setMenu(menu?.task === task ? undefined : { task, opener })}
        onColumns={openColumns}
      />
      {tasks.length === 0 && <p class="dim none">No tasks yet.</p>}
      {rest !== undefined && <p class="dim none">{rest}</p>}
      {view.functions?.isChanged && <Changed store={store} />}
      <p class="refused" role="alert">
        {refusal}
      </p>
      {columnsOpener && <ColumnsMenu store={store} shown={shown} opener={columnsOpener} onClose={() => openColumns(undefined)} />}
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
