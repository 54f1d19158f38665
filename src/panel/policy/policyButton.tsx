/**
 * Always shows the current policy, and opens the form to choose another one.
 */

import { Action, PlaceLink } from "../common/elements";
import type { Store } from "../model/store";
import { grouped, type Shown } from "../text/format";
import { manyLines } from "../text/text";
import { policyLabel, ruleOf, usualPolicy } from "./policyText";

interface Words {
  readonly label: string;
  /** When a past step is shown: the policy that picks from the head on. */
  readonly now?: string;
  readonly name: string;
  readonly title: string;
}

/** The policy in the toolbar of a session. Clicking it opens or closes the form. */
export function PolicyButton({ view, open, onClick }: { view: Shown; open: boolean; onClick: () => void }) {
  const { label, now, name, title } = view.policyThen === undefined ? wordsNow(view) : wordsThen(view, view.policyThen);
  return (
    <button type="button" class="action secondary policy" title={title} aria-label={name} aria-expanded={open} onClick={onClick}>
      {view.policy?.problem && <span class="codicon codicon-error error" aria-hidden="true" />}
      <span>
        <span class="dim">Policy:</span> <bdi>{label}</bdi>
        {now !== undefined && now !== label && (
          <span class="dim">
            {" · now "}
            <bdi>{now}</bdi>
          </span>
        )}
      </span>
      <span class="codicon codicon-chevron-down" aria-hidden="true" />
    </button>
  );
}

function wordsNow({ policy = usualPolicy }: Shown): Words {
  const label = policyLabel(policy.text);
  return { label, name: `Policy: ${label}`, title: `${withRule(policy.text)}. Choose another policy` };
}

/** A policy chosen while a past step is shown still applies from the head on. */
function wordsThen({ policy = usualPolicy, cursor }: Shown, then: string): Words {
  const label = policyLabel(then);
  const now = policyLabel(policy.text);
  const step = `step ${grouped(cursor)}`;
  return {
    label,
    now,
    name: `Policy: ${label} at ${step}, now ${now}`,
    title: `At ${step} ${withRule(then)}. Now ${now}. Choose another policy for the next steps`,
  };
}

function withRule(text: string): string {
  const rule = ruleOf(text);
  return `${policyLabel(text)}${rule ? `: ${rule}` : ""}`;
}

/** The policy of a run that cannot continue. */
export function PolicyNote({ view: { policy, policyThen } }: { view: Shown }) {
  if (!policy) return null;
  const text = policyThen ?? policy.text;
  return (
    <span class="policy-note dim" title={ruleOf(text)}>
      Policy: <bdi>{policyLabel(text)}</bdi>
    </span>
  );
}

/** Why the policy cannot pick any more. The run pauses until the policy is changed. */
export function PolicyProblem({ store, view, onChoose }: { store: Store; view: Shown; onChoose: () => void }) {
  const problem = view.policy?.problem;
  if (!view.policy || !problem) return null;
  const { message, remedy, file, line = 1 } = problem;
  return (
    <section class="notice error" aria-label="Policy refused">
      <span class="codicon codicon-error" aria-hidden="true" />
      <div class="told">
        <p class="message">{manyLines(message)}</p>
        {remedy !== "" && <p>{manyLines(remedy)}</p>}
        {file !== undefined && (
          <PlaceLink store={store} point={{ file, line, column: 1, function: policyLabel(view.policy.text) }} />
        )}
      </div>
      <div class="ways">
        <Action kind="secondary" label="Choose another policy" text="Choose another…" onClick={onChoose} />
      </div>
    </section>
  );
}
