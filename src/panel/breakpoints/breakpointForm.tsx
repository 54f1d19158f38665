/**
 * Adds a breakpoint: a sentence with two choices, and an expression where one is needed.
 */

import { useRef, useState } from "preact/hooks";
import type { Breakpoint } from "../../protocol/breakpoints";
import { takeBack } from "../common/escape";
import type { Store } from "../model/store";
import { type Shown, taskName } from "../text/format";

type Kind = Exclude<Breakpoint["kind"], "line">;

const kinds: Record<Kind, string> = {
  resumed: "is resumed",
  yielded: "yields",
  returned: "returns",
  threw: "throws",
  condition: "yields, and this is true:",
};

/** Nobody knows which task an observed program resumes next. */
function kindsFor({ observed }: Shown): Kind[] {
  return (Object.keys(kinds) as Kind[]).filter((kind) => !observed || kind !== "resumed");
}

/** The selected kind, checked to be a known one. */
function kindOf(text: string): Kind {
  return text in kinds ? (text as Kind) : "yielded";
}

/** Line breakpoints are set in the editor's margin; the form says so. */
export function BreakpointForm({ store, view }: { store: Store; view: Shown }) {
  const [kind, setKind] = useState<Kind>("yielded");
  const [task, setTask] = useState("");
  const [problem, setProblem] = useState("");
  const expression = useRef<HTMLInputElement>(null);
  const submit = (event: Event) => {
    event.preventDefault();
    const typed = expression.current?.value.trim() ?? "";
    const missing = kind === "condition" && typed === "";
    setProblem(missing ? "Type an expression, such as value > 3." : "");
    if (missing) return expression.current?.focus();
    const only = task === "" ? {} : { task };
    store.send({ type: "addBreakpoint", kind, ...only, ...(kind === "condition" ? { expression: typed } : {}) });
    if (expression.current) expression.current.value = "";
  };
  return (
    <form class="ask" noValidate onSubmit={submit} onKeyDown={takeBack}>
      <span aria-hidden="true">Pause when</span>
      <Tasks view={view} task={task} onChange={setTask} />
      <select
        class="field"
        aria-label="Event"
        value={kind}
        onChange={({ currentTarget }) => setKind(kindOf(currentTarget.value))}
      >
        {kindsFor(view).map((value) => (
          <option key={value} value={value}>
            {kinds[value]}
          </option>
        ))}
      </select>
      {kind === "condition" && (
        <input
          ref={expression}
          class="field code"
          aria-label="Condition"
          placeholder="value > 3"
          aria-invalid={problem !== ""}
          aria-describedby="breakpoint-problem"
          spellcheck={false}
        />
      )}
      <button type="submit" class="action secondary">
        Add
      </button>
      <span id="breakpoint-problem" class="error" role="alert">
        {problem}
      </span>
      <p class="dim hint">
        For a line, click in the editor's margin. A condition may use the file's names, value (the yielded value) and, if one task
        is named, its locals.
      </p>
    </form>
  );
}

function Tasks({ view, task, onChange }: { view: Shown; task: string; onChange: (task: string) => void }) {
  const ids = new Map([...view.names].map(([id, name]) => [name, id]));
  return (
    <select class="field" aria-label="Which task" value={task} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
      <option value="">any task</option>
      {[...ids].map(([name, id]) => (
        <option key={id} value={name}>
          {taskName(view, id)}
        </option>
      ))}
    </select>
  );
}
