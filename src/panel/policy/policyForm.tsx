/**
 * Chooses the policy and its parameters.
 */

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { policies } from "../../core/policies/registry";
import { Action } from "../common/elements";
import { useEscape } from "../common/escape";
import type { Store } from "../model/store";
import { isLive, type Shown } from "../text/format";
import {
  definitionOf,
  fieldsOf,
  firstText,
  givenIn,
  type NumberField,
  policyLabel,
  policyText,
  problemOf,
  usualPolicy,
} from "./policyText";

interface Props {
  readonly store: Store;
  readonly view: Shown;
  /** Called when a policy was chosen, or the form was cancelled. */
  readonly onClose: () => void;
}

/** Opens below the toolbar. The chosen policy picks from the next step on. */
export function PolicyForm({ store, view, onClose }: Props) {
  const { policy = usualPolicy } = view;
  const [name, setName] = useState(policy.name);
  const [problems, setProblems] = useState<ReadonlyMap<string, string>>(new Map());
  const form = useRef<HTMLFormElement>(null);
  useLayoutEffect(() => form.current?.querySelector("select")?.focus(), []);
  useEscape(onClose);
  const definition = definitionOf(name);
  const fields = definition ? fieldsOf(definition, view) : [];
  const check = () => {
    const typed = typedIn(form.current);
    const wrong = fields.flatMap((field) => {
      const problem = problemOf(field, typed.get(field.key) ?? "");
      return problem === undefined ? [] : [[field.key, problem] as const];
    });
    setProblems(new Map(wrong));
    return { typed, first: wrong[0]?.[0] };
  };
  const submit = (event: Event) => {
    event.preventDefault();
    const { typed, first } = check();
    if (first !== undefined) return inputOf(form.current, first)?.focus();
    if (definition) store.send({ type: "setPolicy", policy: policyText(name, typed) });
    onClose();
  };
  return (
    <form
      ref={form}
      class="ask choose-policy"
      aria-label="Policy"
      noValidate
      onSubmit={submit}
      onInput={() => problems.size > 0 && check()}
    >
      <Names
        label={isLive(view) ? "Policy" : "Policy of the next steps"}
        name={name}
        file={definitionOf(policy.name) ? undefined : policyLabel(policy.text)}
        onChange={(name) => {
          setName(name);
          setProblems(new Map());
        }}
      />
      <span class="rule">{definition?.about ?? "picked by your own function"}</span>
      <Numbers key={name} fields={fields} given={name === policy.name ? givenIn(policy.text) : new Map()} problems={problems} />
      <div class="ways">
        <button type="submit" class="action secondary">
          {definition ? `Use ${name}` : "Keep it"}
        </button>
        <Action
          kind="secondary"
          label="A JavaScript or TypeScript file of the workspace that exports a function"
          text="From a file…"
          onClick={() => {
            store.command("choosePolicyFile");
            onClose();
          }}
        />
        <Action label="Cancel" text="Cancel" onClick={onClose} />
      </div>
    </form>
  );
}

interface NamesProps {
  readonly label: string;
  readonly name: string;
  /** The policy file in use. */
  readonly file: string | undefined;
  readonly onChange: (name: string) => void;
}

function Names({ label, name, file, onChange }: NamesProps) {
  return (
    <label>
      {label}{" "}
      <select class="field" value={name} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
        {file !== undefined && <option value={file}>{file}</option>}
        {policies.map((policy) => (
          <option key={policy.name} value={policy.name} title={policy.about}>
            {policy.name}
          </option>
        ))}
      </select>
    </label>
  );
}

interface NumbersProps {
  readonly fields: readonly NumberField[];
  readonly given: ReadonlyMap<string, number>;
  readonly problems: ReadonlyMap<string, string>;
}

function Numbers({ fields, given, problems }: NumbersProps) {
  if (fields.length === 0) return null;
  return (
    <div class="numbers">
      {fields.map((field, index) => {
        const problem = problems.get(field.key);
        const about = `policy-number-${index}`;
        return (
          <div key={field.key} class="number-field">
            <label title={field.about}>
              <bdi>{field.label}</bdi>
              <input
                class="field"
                inputMode="numeric"
                data-key={field.key}
                defaultValue={firstText(field, given)}
                placeholder={field.usual}
                aria-invalid={problem !== undefined}
                aria-describedby={about}
              />
            </label>
            <span id={about} class={problem === undefined ? "dim" : "error"} role={problem === undefined ? undefined : "alert"}>
              {problem ?? field.about}
            </span>
          </div>
        );
      })}
    </div>
  );
}

function typedIn(form: HTMLFormElement | null): Map<string, string> {
  const inputs = [...(form?.querySelectorAll<HTMLInputElement>("input[data-key]") ?? [])];
  return new Map(inputs.map((input) => [input.dataset.key ?? "", input.value]));
}

function inputOf(form: HTMLFormElement | null, key: string): HTMLInputElement | undefined {
  return [...(form?.querySelectorAll<HTMLInputElement>("input[data-key]") ?? [])].find((input) => input.dataset.key === key);
}
