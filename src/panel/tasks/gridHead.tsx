// biome-ignore-all lint/a11y/useSemanticElements: the head of the ARIA grid of tasks
// biome-ignore-all lint/a11y/useFocusableInteractive: the head of the buttons can do nothing
/**
 * The head of the grid of tasks. Its columns are resized at their edges or with Shift and the arrow keys, and hidden in a menu or with Delete.
 */
import { Menu, type MenuItem } from "../common/menu";
import { asUsual, withColumn, withWidth } from "../model/columnChoices";
import type { Store } from "../model/store";
import { type Column, possibleColumns } from "./columns";

/** How far a key moves the edge of a column, in pixels. */
const keyStep = 16;
const hint = "Shift+Left and Shift+Right change its width, Delete hides it, Enter shows the columns";

interface Props {
  readonly store: Store;
  readonly shown: readonly Column[];
}

interface HeadProps extends Props {
  readonly canAct: boolean;
  /** Opens the menu of the columns. */
  readonly onMenu: (opener: HTMLElement) => void;
}

export function GridHead({ store, shown, canAct, onMenu }: HeadProps) {
  return (
    <div role="row" class="head" aria-rowindex={1}>
      {shown.map(({ id, title }) => (
        <span
          key={id}
          role="columnheader"
          class={id}
          title={`${title}. ${hint}`}
          aria-description={hint}
          aria-haspopup="menu"
          tabIndex={-1}
          data-stop
          onClick={(event) => onMenu(event.currentTarget)}
          onKeyDown={(event) => act(event, store, id, onMenu)}
        >
          {title}
          <span class="edge" aria-hidden="true" onPointerDown={(event) => drag(event, store, id)} onClick={keep} />
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

interface MenuProps extends Props {
  readonly opener: HTMLElement;
  readonly onClose: () => void;
}

/** Shows and hides columns. */
export function ColumnsMenu({ store, shown, opener, onClose }: MenuProps) {
  const toggles = possibleColumns(store.hasWaited).filter(({ id }) => id !== "task");
  const items = toggles.map((each): MenuItem => {
    const isShown = shown.includes(each);
    return { label: `${isShown ? "Hide" : "Show"} ${each.title}`, act: () => show(store, each.id, !isShown) };
  });
  const usual: MenuItem = { label: "Columns as usual", act: () => store.arrange(asUsual) };
  return <Menu label="Columns" items={[...items, usual]} opener={opener} onClose={onClose} />;
}

/** The head of a hidden column may have the focus; then the first one gets it. */
function show(store: Store, id: string, isShown: boolean): void {
  if (!isShown) document.querySelector<HTMLElement>(".grid > .head > .task")?.focus();
  store.arrange(withColumn(store.columns, id, isShown));
}

type Keyed = KeyboardEvent & { currentTarget: HTMLElement };

function act(event: Keyed, store: Store, id: string, onMenu: HeadProps["onMenu"]): void {
  const by = event.shiftKey ? { ArrowLeft: -keyStep, ArrowRight: keyStep }[event.key] : undefined;
  if (by !== undefined) store.arrange(withWidth(store.columns, id, event.currentTarget.offsetWidth + by));
  else if (event.key === "Delete" && id !== "task") show(store, id, false);
  else if (event.key === "Enter" || event.key === " ") onMenu(event.currentTarget);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/** A drag of an edge is no click on the head. */
function keep(event: Event): void {
  event.stopPropagation();
}

/** Follows the pointer until it is released. */
function drag(start: PointerEvent & { currentTarget: HTMLElement }, store: Store, id: string): void {
  const edge = start.currentTarget;
  const width = edge.parentElement?.offsetWidth ?? 0;
  start.preventDefault();
  edge.setPointerCapture(start.pointerId);
  edge.onpointermove = ({ clientX }) => {
    store.arrange(withWidth(store.columns, id, width + clientX - start.clientX));
  };
  edge.onlostpointercapture = () => {
    edge.onpointermove = null;
  };
}
