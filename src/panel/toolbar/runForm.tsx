/**
 * Asks how far to run: a number of steps, or up to a given step.
 */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { countOf } from "../../core/count";
import { Action } from "../common/elements";
import { useEscape } from "../common/escape";
import type { Store } from "../model/store";
import type { Shown } from "../text/format";

/** What the form asks for. */
export type Question = "steps" | "to";

interface Props {
  readonly store: Store;
  readonly view: Shown;
  readonly question: Question;
  /** Called when the form was submitted or cancelled. */
  readonly onClose: () => void;
}

const labels: Record<Question, string> = { steps: "Run this many steps", to: "Run to step" };

/** A form in one line below the toolbar. */
export function RunForm({ store, view, question, onClose }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState("");
  useLayoutEffect(() => input.current?.select(), []);
  const submit = (event: Event) => {
    event.preventDefault();
    const count = countOf(input.current?.value ?? "");
    if (count === undefined) setProblem("Type a whole number of 1 or more.");
    else {
      run(store, view, question, count);
      onClose();
    }
  };
  useEscape(onClose);
  return (
    <form class="ask" noValidate onSubmit={submit}>
      <label>
        {labels[question]}{" "}
        <input
          ref={input}
          class="field"
          inputMode="numeric"
          size={12}
          defaultValue={question === "steps" ? "1000" : String(view.head + 1000)}
          aria-invalid={problem !== ""}
          aria-describedby="ask-problem"
        />
      </label>
      <button type="submit" class="action secondary">
        Run
      </button>
      <Action label="Cancel" text="Cancel" onClick={onClose} />
      <span id="ask-problem" class="error" role="alert">
        {problem}
      </span>
    </form>
  );
}

/** If the step is recorded already, moves the cursor there instead of running. */
function run(store: Store, view: Shown, question: Question, count: number): void {
  if (question === "steps") store.send({ type: "runSteps", count });
  else if (count > view.head) store.send({ type: "runTo", step: count });
  else store.select(count);
}
