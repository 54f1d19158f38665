/**
 * At a past step: continues from here with a task other than the one that ran.
 */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Menu } from "../common/menu";
import type { Store } from "../model/store";
import { branchable, whyNoBranch } from "../tasks/possible";
import { type Shown, taskName } from "../text/format";

/** A button with a menu of the tasks that were ready at that step. */
export function BranchHere({ store, view }: { store: Store; view: Shown }) {
  const [open, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const tasks = branchable(view);
  const reason = tasks.length > 0 ? undefined : reasonOf(view);
  useLayoutEffect(() => {
    if (store.branchAt !== view.cursor) return;
    store.branchAt = undefined;
    opener.current?.focus();
    setOpen(reason === undefined);
  });
  const title = reason ?? "Continue from this step with another task; the recorded steps are kept as a branch";
  return (
    <>
      <button
        ref={opener}
        type="button"
        class="action secondary"
        title={title}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-disabled={reason !== undefined}
        onClick={() => reason === undefined && setOpen(!open)}
      >
        <span class="codicon codicon-repo-forked" aria-hidden="true" />
        <span>Branch here</span>
        <span class="codicon codicon-chevron-down" aria-hidden="true" />
      </button>
      {open && opener.current && reason === undefined && (
        <Menu
          label="Branch here"
          items={tasks.map(({ id }) => ({
            label: `${taskName(view, id)} next`,
            act: () => store.send({ type: "branch", task: id }),
          }))}
          opener={opener.current}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}

/** Why no task can be chosen: the common reason, if all tasks have the same one. */
function reasonOf(view: Shown): string {
  const reasons = new Set(view.tasks.map((task) => whyNoBranch(view, task, "pick")));
  const [only] = [...reasons];
  return reasons.size === 1 && only ? only : "No other task was ready at this step.";
}
