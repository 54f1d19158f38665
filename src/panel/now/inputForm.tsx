/**
 * The standard input of an observed program, while it runs and may wait for a line.
 */
import { useRef } from "preact/hooks";
import { Action } from "../common/elements";
import type { Store } from "../model/store";

export function InputForm({ store }: { store: Store }) {
  const input = useRef<HTMLInputElement>(null);
  const submit = (event: Event) => {
    event.preventDefault();
    const field = input.current;
    if (!field) return;
    store.send({ type: "give", text: `${field.value}\n` });
    field.value = "";
  };
  return (
    <form class="ask by-hand" aria-label="Standard input" noValidate onSubmit={submit}>
      <label class="expression">
        <span>If it waits for a line:</span>
        <input ref={input} class="field code" spellcheck={false} aria-label="A line of standard input" />
      </label>
      <button type="submit" class="action secondary">
        Send
      </button>
      <Action label="End of input" text="End of input" onClick={() => store.send({ type: "give" })} />
    </form>
  );
}
