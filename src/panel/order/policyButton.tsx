/**
 * Which policy picks, at all times; the button leads to the others.
 */
import type { Shown } from "../format";
import { Action, PlaceLink } from "../parts";
import type { Store } from "../store";
import { manyLines } from "../text";
import { policyLabel, ruleOf, usualPolicy } from "./policyText";

/** The policy in the toolbar of a session: opens and closes the form. */
export function PolicyButton({ view, open, onClick }: { view: Shown; open: boolean; onClick: () => void }) {
  const { policy = usualPolicy } = view;
  const label = policyLabel(policy.text);
  const rule = ruleOf(policy.text);
  return (
    <button
      type="button"
      class="action quiet policy"
      title={`${label}${rule ? `: ${rule}` : ""}. Choose another policy`}
      aria-label={`Policy: ${label}`}
      aria-expanded={open}
      onClick={onClick}
    >
      {policy.problem && <span class="codicon codicon-error error" aria-hidden="true" />}
      <span>
        <span class="dim">Policy:</span> <bdi>{label}</bdi>
      </span>
      <span class="codicon codicon-chevron-down" aria-hidden="true" />
    </button>
  );
}

/** The policy of what can run no more. */
export function PolicyNote({ view }: { view: Shown }) {
  if (!view.policy) return null;
  return (
    <span class="policy-note dim" title={ruleOf(view.policy.text)}>
      Policy: <bdi>{policyLabel(view.policy.text)}</bdi>
    </span>
  );
}

/** Why the policy cannot pick any more. The run rests until it is changed. */
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
