/**
 * Offers to rebuild what was not recorded of a step, and shows the progress or why it failed.
 */

import { useLayoutEffect, useRef } from "preact/hooks";
import type { Rebuild as RebuildData } from "../../protocol/watches";
import type { Store } from "../model/store";
import { grouped, type Shown } from "../text/format";
import { manyLines } from "../text/text";
import { Action } from "./elements";
import { focusedElement } from "./keyboard";

interface Props {
  readonly store: Store;
  readonly view: Shown;
  readonly rebuild: RebuildData;
}

/** The same button is used in all states, so that it keeps the focus; once everything is rebuilt, the focus moves to the values. */
export function Rebuild({ store, view, rebuild }: Props) {
  const box = useRef<HTMLElement>(null);
  useLayoutEffect(
    () => () => {
      if (box.current?.contains(focusedElement())) document.querySelector<HTMLElement>('.tree [tabindex="0"]')?.focus();
    },
    [],
  );
  const running = rebuild.state === "running";
  const label = running ? "Cancel" : `Rebuild ${missed[rebuild.missing].button} by replaying`;
  return (
    <section ref={box} class={`rebuild ${rebuild.state}`} aria-label="Rebuild">
      {running ? (
        <p>
          <Replayed done={rebuild.done ?? 0} of={view.cursor} />
        </p>
      ) : (
        <Reason rebuild={rebuild} />
      )}
      {rebuild.state !== "refused" && (
        <Action
          kind="secondary"
          label={label}
          text={label}
          onClick={() => store.send({ type: running ? "cancelRebuild" : "rebuild" })}
        />
      )}
    </section>
  );
}

/** What is missing, as text. */
const missed = {
  step: { button: "locals", reason: "The locals of this step were not recorded." },
  task: { button: "its locals", reason: "The locals of this task were not recorded at this step." },
  changes: { button: "changes", reason: "What this step changed was not recorded." },
} as const;

function Reason({ rebuild: { state, missing, message } }: { rebuild: RebuildData }) {
  const text = message ?? (state === "refused" ? "This step cannot be rebuilt." : missed[missing].reason);
  return (
    <p class={state === "refused" ? "" : "dim"} role={state === "refused" ? "alert" : undefined}>
      {state === "refused" && <span class="codicon codicon-warning" aria-hidden="true" />} {manyLines(text)}
    </p>
  );
}

/** The progress of a replay. */
export function Replayed({ done, of }: { done: number; of: number }) {
  return (
    <>
      <progress aria-label="Steps replayed" value={done} max={Math.max(1, of)} />
      <span class="dim">
        {grouped(done)} of {grouped(of)} steps replayed
      </span>
    </>
  );
}
