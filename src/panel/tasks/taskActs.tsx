// biome-ignore-all lint/a11y/useSemanticElements: cells of the ARIA grid of tasks
// biome-ignore-all lint/a11y/useFocusableInteractive: the buttons in the cell are focused
/**
 * The actions at the end of a task's row: make it next, or start a branch with it. The rest is in a menu.
 */
import type { TaskRow } from "../../protocol/panel";
import type { Store } from "../model/store";
import { isLive, type Shown, taskName } from "../text/format";
import { whyNoBranch, whyNot } from "./possible";

interface Props {
  readonly store: Store;
  readonly view: Shown;
  readonly task: TaskRow;
  /** The digit key that makes the task run next, if it has one. */
  readonly digit: number | undefined;
  /** Whether the task's menu is open. */
  readonly open: boolean;
  readonly onMenu: (opener: HTMLElement) => void;
}

/** The last cell of a row. */
export function TaskActs({ store, view, task, digit, open, onMenu }: Props) {
  const name = taskName(view, task.id);
  return (
    <span role="gridcell" class="acts">
      {!view.observed && <Next store={store} view={view} task={task} digit={digit} />}
      <button
        type="button"
        class="action quiet"
        title={`More for ${name}`}
        aria-label={`More for ${name}`}
        aria-haspopup="menu"
        aria-expanded={open}
        tabIndex={-1}
        data-stop
        onClick={(event) => {
          event.stopPropagation();
          onMenu(event.currentTarget);
        }}
      >
        <span class="codicon codicon-ellipsis" aria-hidden="true" />
      </button>
    </span>
  );
}

function Next(props: Omit<Props, "open" | "onMenu">) {
  return isLive(props.view) ? <RunNext {...props} /> : <Branch {...props} />;
}

/** Makes a task run next, or undoes that if it was picked already. */
export function pickOrUnpick(store: Store, view: Shown, task: number): void {
  store.send(view.picked?.task === task ? { type: "unpick" } : { type: "pick", task });
}

function RunNext({ store, view, task, digit }: Omit<Props, "open" | "onMenu">) {
  const isPicked = view.picked?.task === task.id;
  const name = taskName(view, task.id);
  const reason = whyNot(view, task, "pick");
  const label = isPicked ? `Do not run ${name} next after all` : `Run ${name} next`;
  return (
    <RowButton
      icon="debug-step-into"
      label={label}
      about={reason ?? (digit === undefined ? undefined : `key ${digit}`)}
      isPressed={isPicked}
      disabled={reason !== undefined}
      onClick={() => pickOrUnpick(store, view, task.id)}
    />
  );
}

function Branch({ store, view, task }: Pick<Props, "store" | "view" | "task">) {
  const reason = whyNoBranch(view, task, "pick");
  return (
    <RowButton
      icon="repo-forked"
      label={`Branch here, with ${taskName(view, task.id)} next`}
      about={reason}
      disabled={reason !== undefined}
      onClick={() => store.send({ type: "branch", task: task.id })}
    />
  );
}

interface RowButtonProps {
  readonly icon: string;
  readonly label: string;
  /** The shortcut, or why the button is disabled. */
  readonly about: string | undefined;
  readonly isPressed?: boolean;
  readonly disabled: boolean;
  readonly onClick: () => void;
}

/** A click on the button must not count as a click on the row. */
function RowButton({ icon, label, about, isPressed, disabled, onClick }: RowButtonProps) {
  return (
    <button
      type="button"
      class="action quiet toggle"
      title={about === undefined ? label : `${label} (${about})`}
      aria-label={label}
      aria-pressed={isPressed}
      aria-disabled={disabled}
      tabIndex={-1}
      data-stop
      onClick={(event) => {
        event.stopPropagation();
        if (!disabled) onClick();
      }}
    >
      <span class={`codicon codicon-${icon}`} aria-hidden="true" />
    </button>
  );
}
