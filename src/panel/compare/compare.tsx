/**
 * A table that compares how the tasks of the session run under several policies, each in fresh runners.
 */
import { useState } from "preact/hooks";
import type { Comparing, PolicyOutcome } from "../../protocol/schedule";
import { Action, Section } from "../common/elements";
import type { Store } from "../model/store";
import { policyLabel } from "../policy/policyText";
import { grouped, type Shown } from "../text/format";
import { manyLines } from "../text/text";
import { CompareForm } from "./compareForm";
import { CompareTable } from "./compareTable";
import { useComparison } from "./useComparison";

interface Props {
  readonly store: Store;
  readonly view: Shown;
}

/** A section that is closed at first. */
export function ComparePolicies({ store, view }: Props) {
  const { comparing } = view;
  return (
    <Section store={store} title="Compare policies" note={comparing && noteOf(comparing)} byDefault="closed">
      {(!comparing || comparing.isOver) && <CompareForm store={store} view={view} />}
      {comparing && <Compared store={store} view={view} comparing={comparing} />}
    </Section>
  );
}

function noteOf({ policies, isOver, cancelled }: Comparing): string {
  const done = policies.filter(({ state }) => state === "done" || state === "failed").length;
  if (cancelled) return `cancelled, ${done} of ${policies.length} compared`;
  return isOver ? `${policies.length} compared` : `${done} of ${policies.length} compared so far`;
}

function Compared({ store, view, comparing }: Props & { comparing: Comparing }) {
  const { outcomes, markdown, problem } = useComparison(store, comparing);
  return (
    <>
      {!comparing.isOver && <Progress store={store} comparing={comparing} />}
      {problem !== undefined && (
        <p class="about-figures error" role="alert">
          {manyLines(problem)}
        </p>
      )}
      {comparing.isOver && comparing.cancelled && (
        <p class="about-figures dim">The comparison was cancelled. Its results so far are below.</p>
      )}
      {outcomes && outcomes.length > 0 && <Table store={store} view={view} outcomes={outcomes} markdown={markdown ?? ""} />}
      {comparing.isOver && (
        <div class="about-figures">
          <Action
            kind="secondary"
            label="Discard the comparison"
            text="Discard it"
            onClick={() => store.send({ type: "dismissCompare" })}
          />
        </div>
      )}
    </>
  );
}

function Progress({ store, comparing: { policies } }: { store: Store; comparing: Comparing }) {
  const done = policies.filter(({ state }) => state === "done" || state === "failed").length;
  return (
    <div class="comparing">
      <p class="about-figures">
        <progress aria-label="Policies compared" value={done} max={Math.max(1, policies.length)} />
        <span class="dim">
          {done} of {policies.length} policies
        </span>
        <Action
          kind="secondary"
          label="Cancel the comparison"
          text="Cancel"
          onClick={() => store.send({ type: "cancelCompare" })}
        />
      </p>
      <ul aria-label="Progress of each policy">
        {policies.map(({ policy, state, steps }, index) => (
          <li key={index} class={state === "waiting" ? "dim" : ""}>
            <bdi>{policyLabel(policy)}</bdi>: <span class={state === "failed" ? "error" : ""}>{state}</span>
            {steps > 0 && `, ${grouped(steps)} steps`}
          </li>
        ))}
      </ul>
    </div>
  );
}

interface TableProps extends Props {
  readonly outcomes: readonly PolicyOutcome[];
  readonly markdown: string;
}

function Table({ store, view, outcomes, markdown }: TableProps) {
  const [copied, setCopied] = useState("");
  const copy = () => {
    store.send({ type: "copy", text: markdown });
    setCopied("Copied as Markdown.");
  };
  return (
    <>
      <CompareTable store={store} view={view} outcomes={outcomes} />
      <div class="about-figures">
        <Action kind="secondary" label="Copy the comparison as Markdown" text="Copy as Markdown" onClick={copy} />
        <span role="status" aria-label="Copying" class="dim">
          {copied}
        </span>
      </div>
    </>
  );
}
