/**
 * What the program reads from standard input is typed here, among the notices, where it asks or may be waiting for it.
 */
import { useLayoutEffect, useRef } from "preact/hooks";
import type { View } from "../../protocol/panel";
import { Action } from "../common/elements";
import { isUnclaimed } from "../common/keptFocus";
import type { Store } from "../model/store";
import { oneLine } from "../text/text";

interface Props {
  readonly store: Store;
  readonly taken: NonNullable<View["takesInput"]>;
}

/** Whether the last line was sent by the keyboard from here: then the next one is typed here, too. */
let isTypedHere = false;

export function InputForm({ store, taken: { asks, prompt } }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const submit = (event: Event) => {
    event.preventDefault();
    const field = input.current;
    if (!field) return;
    isTypedHere = true;
    store.send({ type: "give", text: `${field.value}\n` });
    field.value = "";
  };
  useLayoutEffect(() => {
    if (isTypedHere && document.hasFocus() && isUnclaimed(document.activeElement)) input.current?.focus();
    isTypedHere = false;
  }, []);
  return (
    <form class="notice info ask" aria-label="Standard input" noValidate onSubmit={submit}>
      <span class="codicon codicon-info" aria-hidden="true" />
      <label class="told expression">
        <span>{asks ? oneLine(asks) : "If the program waits for a line of standard input"}:</span>
        {prompt && <bdi class="code">{oneLine(prompt)}</bdi>}
        <input ref={input} class="field code" spellcheck={false} autocomplete="off" />
      </label>
      <div class="ways">
        <button type="submit" class="action primary">
          Send
        </button>
        <Action label="End of input" text="End of input" onClick={() => store.send({ type: "give" })} />
      </div>
    </form>
  );
}
