/**
 * Asks for the value to send or throw into a task.
 */

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Action } from "../common/elements";
import { useEscape } from "../common/escape";
import type { Store } from "../model/store";
import { type Shown, taskName } from "../text/format";

/** Which action needs a value, and for which task. */
export interface Asking {
  readonly act: "send" | "throwInto" | "branch";
  readonly task: number;
}

interface Props {
  readonly store: Store;
  readonly view: Shown;
  readonly asking: Asking;
  readonly onClose: () => void;
}

const words: Record<Asking["act"], { before: string; button: string; example: string; hint: string }> = {
  send: {
    before: "Send with the next resume to",
    button: "Send",
    example: "42",
    hint: "An expression in the file's scope. The task's yield evaluates to its value; the task runs next.",
  },
  throwInto: {
    before: "Throw into",
    button: "Throw",
    example: 'new Error("stop")',
    hint: "An expression in the file's scope. Its value is thrown where the task is suspended, which takes one step.",
  },
  branch: {
    before: "Branch here, sending to",
    button: "Branch",
    example: "42",
    hint: "An expression in the file's scope. The branch begins with this step, in which the task's yield evaluates to its value.",
  },
};

/** A form in one line below the tasks. */
export function AskForm({ store, view, asking, onClose }: Props) {
  const { task, act } = asking;
  const { before, button, example, hint } = words[act];
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState("");
  useLayoutEffect(() => input.current?.focus(), []);
  useEscape(onClose);
  const submit = (event: Event) => {
    event.preventDefault();
    const expression = input.current?.value.trim() ?? "";
    if (expression === "") {
      setProblem(`Type an expression, such as ${exampleFor(view, example)}.`);
      input.current?.focus();
      return;
    }
    if (act === "throwInto") store.send({ type: "throwInto", task, expression });
    else store.send({ type: act === "send" ? "pick" : "branch", task, send: expression });
    onClose();
  };
  return (
    <form class="ask by-hand" noValidate onSubmit={submit}>
      <label class="expression">
        <span>
          {before} <b>{taskName(view, task)}</b>
        </span>
        <input
          ref={input}
          class="field code"
          spellcheck={false}
          placeholder={exampleFor(view, example)}
          defaultValue={act === "send" && view.picked?.task === task ? (view.picked.send ?? "") : ""}
          aria-invalid={problem !== ""}
          aria-describedby="by-hand-problem by-hand-hint"
        />
      </label>
      <button type="submit" class="action secondary">
        {button}
      </button>
      <Action label="Cancel" text="Cancel" onClick={onClose} />
      <span id="by-hand-problem" class="error" role="alert">
        {problem}
      </span>
      <p id="by-hand-hint" class="dim hint">
        {hint}
      </p>
    </form>
  );
}

/** The example in the language of the file. */
function exampleFor({ file }: Shown, example: string): string {
  return file.endsWith(".py") ? example.replace(/^new Error/, "ValueError") : example;
}
