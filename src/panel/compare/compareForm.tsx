/**
 * Which policies are compared, and for how many steps.
 */

import { useRef, useState } from "preact/hooks";
import { countOf } from "../../core/count";
import { policies } from "../../core/policies/registry";
import { maxComparedSteps } from "../../protocol/schedule";
import { takeBack } from "../common/escape";
import type { Store } from "../model/store";
import { policyLabel, ruleOf, usualPolicy } from "../policy/policyText";
import { grouped, type Shown } from "../text/format";

interface Props {
  readonly store: Store;
  readonly view: Shown;
}

const usualSteps = 10_000;

/** Check boxes for the policies, the number of steps, and a button. */
export function CompareForm({ store, view }: Props) {
  const options = optionsOf(view);
  const [left, leave] = useState<readonly string[]>([]);
  const [problem, setProblem] = useState("");
  const steps = useRef<HTMLInputElement>(null);
  const chosen = options.filter((option) => !left.includes(option));
  const submit = (event: Event) => {
    event.preventDefault();
    const bound = countOf(steps.current?.value ?? "");
    const wrong = problemOf(view, chosen, bound);
    setProblem(wrong ?? "");
    if (wrong === undefined && bound !== undefined) store.send({ type: "comparePolicies", policies: chosen, steps: bound });
  };
  return (
    <form class="ask compare-policies" noValidate onSubmit={submit} onKeyDown={takeBack}>
      <fieldset aria-label="Policies to compare">
        {options.map((option) => (
          <label key={option} title={ruleOf(option)}>
            <input
              type="checkbox"
              class="check"
              checked={chosen.includes(option)}
              onChange={() => leave(left.includes(option) ? left.filter((each) => each !== option) : [...left, option])}
            />
            <bdi>{policyLabel(option)}</bdi>
          </label>
        ))}
      </fieldset>
      <label>
        at most{" "}
        <input
          ref={steps}
          class="field"
          inputMode="numeric"
          size={10}
          aria-label="Maximum number of steps for each policy"
          defaultValue={grouped(usualSteps)}
          aria-invalid={problem !== ""}
          aria-describedby="compare-problem compare-hint"
        />{" "}
        steps each
      </label>
      <button type="submit" class="action secondary">
        Compare
      </button>
      <span id="compare-problem" class="error" role="alert">
        {problem}
      </span>
      <p id="compare-hint" class="dim hint">
        The tasks of this session run from the beginning, in fresh processes; the session itself stays as it is.
      </p>
    </form>
  );
}

/** All policies by name; the current one with its parameters. */
function optionsOf({ policy = usualPolicy }: Shown): string[] {
  return [...new Set([policy.text, ...policies.map(({ name }) => name)])];
}

function problemOf(view: Shown, chosen: readonly string[], bound: number | undefined): string | undefined {
  if (view.tasks.length === 0) return "There is no task to run yet.";
  if (chosen.length === 0) return "Choose at least one policy.";
  if (bound === undefined) return "Type a whole number of 1 or more.";
  return bound > maxComparedSteps ? `At most ${grouped(maxComparedSteps)} steps each.` : undefined;
}
