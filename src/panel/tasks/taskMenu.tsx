/**
 * The menu with the other actions on a task. It says why an action is not possible.
 */
import { functionOf } from "../../core/task";
import type { TaskRow } from "../../protocol/panel";
import { Menu, type MenuItem } from "../common/menu";
import { decisionItems } from "../functions/decide";
import type { Store } from "../model/store";
import { isLive, type Shown, taskName } from "../text/format";
import { oneLine } from "../text/text";
import type { Asking } from "./askForm";
import { type ByHand, whyNoBranch, whyNot, whyNotStay } from "./possible";
import { pickOrUnpick } from "./taskActs";

interface Props {
  readonly store: Store;
  readonly view: Shown;
  readonly task: TaskRow;
  readonly opener: HTMLElement;
  /** Called for an action that needs a typed value. */
  readonly ask: (asking: Asking) => void;
  readonly onClose: () => void;
}

/** At the head, the actions for the next step; at a past step, the ways to branch. A program that decides itself has neither. */
export function TaskMenu(props: Props) {
  const { store, view, task, opener, onClose } = props;
  const acts = view.observed ? decisionItems(store, view, task) : isLive(view) ? itemsNow(props) : itemsThen(props);
  const items = [...acts, ...staying(props), lanesBelow(store, view, task), ...source(store, task)];
  return <Menu label={`More for ${taskName(view, task.id)}`} items={items} opener={opener} onClose={onClose} />;
}

function staying({ store, view, task }: Props): MenuItem[] {
  const item = (label: string, until: "step" | "end"): MenuItem => ({
    label,
    refusal: whyNotStay(view, task),
    act: () => store.send({ type: "stay", task: task.id, until }),
  });
  return [item("Step this task (F11)", "step"), item("Run this task to its end (Shift+F11)", "end")];
}

function itemsNow({ store, view, task, ask }: Props): MenuItem[] {
  const { id } = task;
  const isPicked = view.picked?.task === id;
  const item = (label: string, can: ByHand, act: () => void): MenuItem => ({ label, refusal: whyNot(view, task, can), act });
  return [
    item(isPicked ? "Do not run it next after all" : "Run next", "pick", () => pickOrUnpick(store, view, id)),
    item("Send a value with the next resume…", "send", () => ask({ act: "send", task: id })),
    item("Throw an error into it…", "throwInto", () => ask({ act: "throwInto", task: id })),
    item("Close it", "closeTask", () => store.send({ type: "closeTask", task: id })),
    task.held
      ? item("Release it", "release", () => store.send({ type: "release", task: id }))
      : item("Hold it back", "hold", () => store.send({ type: "hold", task: id })),
  ];
}

function itemsThen({ store, view, task, ask }: Props): MenuItem[] {
  const { id } = task;
  return [
    {
      label: "Branch here, with it next",
      refusal: whyNoBranch(view, task, "pick"),
      act: () => store.send({ type: "branch", task: id }),
    },
    {
      label: "Branch here, sending it a value…",
      refusal: whyNoBranch(view, task, "send"),
      act: () => ask({ act: "branch", task: id }),
    },
  ];
}

function lanesBelow(store: Store, { below = [] }: Shown, task: TaskRow): MenuItem {
  const name = functionOf(task);
  const isShown = below.includes(name);
  return {
    label: `${isShown ? "Hide the" : "Show"} lanes of what ${oneLine(name)} delegates to`,
    act: () => store.send({ type: "showBelow", function: name, isShown: !isShown }),
  };
}

function source(store: Store, { stack: [point] }: TaskRow): MenuItem[] {
  return point ? [{ label: "Show in the editor", act: () => store.reveal(point) }] : [];
}
