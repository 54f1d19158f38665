/**
 * What is said of a task that is looked at at a step of another one, and the way back to the step itself: a button, and Escape.
 */
import { useLayoutEffect, useRef } from "preact/hooks";
import { Action } from "../common/elements";
import { useEscape } from "../common/escape";
import { focusedElement } from "../common/keyboard";
import type { Store } from "../model/store";
import { rowOf } from "../tasks/selectedRow";
import { oneLine } from "../text/text";

interface Props {
  readonly store: Store;
  readonly task: number;
  readonly told: readonly string[];
  /** What the button says. */
  readonly back: string;
}

/** When the button goes away with the focus in it, the focus goes to the task's row. */
export function Looked({ store, task, told, back }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const close = () => store.send({ type: "look" });
  useEscape(close);
  useLayoutEffect(
    () => () => {
      if (box.current?.contains(focusedElement())) rowOf(task)?.focus();
    },
    [task],
  );
  return (
    <div ref={box} class="looked">
      <Action kind="secondary" icon="discard" label={`${back} (Escape)`} text={back} onClick={close} />
      <p role="status">{told.map(oneLine).join(" ")}</p>
    </div>
  );
}
