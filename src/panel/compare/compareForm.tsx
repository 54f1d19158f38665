/**
 * What is compared, for how many steps and runs, and what is measured.
 */
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { countOf } from "../../core/count";
import { type Measure, measureOf, mostMeasures } from "../../core/measures";
import { policies } from "../../core/policies/registry";
import { ways } from "../../core/ways";
import { type ComparedKind, maxCompared, maxComparedRuns, maxComparedSteps } from "../../protocol/schedule";
import { takeBack } from "../common/escape";
import type { Store } from "../model/store";
import { ruleOf, usualPolicy } from "../policy/policyText";
import { grouped, type Shown } from "../text/format";
import { lineLabel } from "./compareColumns";

interface Props {
  readonly store: Store;
  readonly view: Shown;
}

/** What is asked at first. Policies are told apart by their steps; ways of working by their times, too. */
const usual: Readonly<Record<ComparedKind, { readonly steps: number; readonly runs: string }>> = {
  policies: { steps: 10_000, runs: "" },
  ways: { steps: 100_000, runs: "3" },
  setups: { steps: 100_000, runs: "3" },
};

const hints: Readonly<Record<ComparedKind, string>> = {
  policies: "The tasks of this session run from the beginning, in fresh processes; the session itself stays as it is.",
  ways: "The tasks of this session run from the beginning in each way of working, in fresh processes, one after another.",
  setups: "Each setup runs with its own file, tasks, way of working, policy and measures, in fresh processes, one after another.",
};

/** Each kind has a form of its own, with what is usual for it. */
export function CompareForm({ store, view }: Props) {
  const [kind, setKind] = useState<ComparedKind>(view.comparing?.kind ?? "policies");
  const setups = useSetups(store, view.file);
  const offered: readonly { readonly kind: ComparedKind; readonly label: string }[] = [
    { kind: "policies", label: "policies" },
    { kind: "ways", label: "ways of working" },
    ...(setups.own.length + setups.others.length > 0 ? [{ kind: "setups", label: "setups" } as const] : []),
  ];
  const options = kind === "policies" ? policiesOf(view) : kind === "ways" ? [...ways] : [...setups.own, ...setups.others];
  return (
    <Choices
      key={`${kind} ${options.length}`}
      store={store}
      view={view}
      kind={kind}
      options={options}
      unchecked={kind === "setups" ? setups.others : []}
    >
      <label>
        Compare{" "}
        <select
          class="field"
          aria-label="What to compare"
          value={kind}
          onChange={({ currentTarget }) => setKind(offered[currentTarget.selectedIndex]?.kind ?? "policies")}
        >
          {offered.map(({ kind: value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
    </Choices>
  );
}

interface ChoicesProps extends Props {
  readonly kind: ComparedKind;
  readonly options: readonly string[];
  /** Those that are not chosen at first. */
  readonly unchecked: readonly string[];
  /** What is asked first. */
  readonly children: ComponentChildren;
}

/** Check boxes, the number of steps and runs, the measures, and a button. */
function Choices({ store, view, kind, options, unchecked, children }: ChoicesProps) {
  const [left, leave] = useState(unchecked);
  const [problem, setProblem] = useState("");
  const steps = useRef<HTMLInputElement>(null);
  const runs = useRef<HTMLInputElement>(null);
  const measures = useRef<HTMLTextAreaElement>(null);
  const chosen = options.filter((option) => !left.includes(option));
  const submit = (event: Event) => {
    event.preventDefault();
    const asked = readFields(steps.current?.value ?? "", runs.current?.value ?? "", measures.current?.value ?? "");
    const wrong = problemOf(view, kind, chosen) ?? asked.problem;
    setProblem(wrong ?? "");
    if (wrong === undefined && asked.fields) store.send({ type: "compare", kind, names: [...chosen], ...asked.fields });
  };
  return (
    <form class="ask compare-policies" noValidate onSubmit={submit} onKeyDown={takeBack}>
      {children}
      <fieldset aria-label="What is compared">
        {options.map((option) => (
          <label key={option} title={kind === "policies" ? ruleOf(option) : undefined}>
            <input
              type="checkbox"
              class="check"
              checked={chosen.includes(option)}
              onChange={() => leave(left.includes(option) ? left.filter((each) => each !== option) : [...left, option])}
            />
            <bdi>{lineLabel(kind, option)}</bdi>
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
          aria-label="Maximum number of steps for each"
          defaultValue={grouped(usual[kind].steps)}
          aria-invalid={problem !== ""}
          aria-describedby="compare-problem compare-hint"
        />{" "}
        steps each
      </label>
      <label title="Times are measured over several runs, one after another. Without a number, each runs once, and no time is measured.">
        <input
          ref={runs}
          class="field"
          inputMode="numeric"
          size={4}
          aria-label="Number of runs of each"
          placeholder="none"
          defaultValue={usual[kind].runs}
        />{" "}
        timed runs each
      </label>
      <label class="measures">
        <span>Measures at the end</span>
        <textarea
          ref={measures}
          class="field code"
          rows={1}
          aria-label="Measures, one on each line"
          placeholder="name = an expression"
          title="Named expressions, one on each line, such as served = len(done). The first one is what the throughput counts, if it is a number."
          spellcheck={false}
        />
      </label>
      <button type="submit" class="action secondary">
        Compare
      </button>
      <span id="compare-problem" class="error" role="alert">
        {problem}
      </span>
      <p id="compare-hint" class="dim hint">
        {hints[kind]}
      </p>
    </form>
  );
}

/** The setups that can be compared; none until the host has told them. */
function useSetups(store: Store, file: string): { readonly own: readonly string[]; readonly others: readonly string[] } {
  const [setups, setSetups] = useState<{ readonly own: readonly string[]; readonly others: readonly string[] }>(noSetups);
  useEffect(() => {
    let isLeft = false;
    store.wire
      .ask("comparable", (id) => ({ type: "comparable", id }))
      .then(
        (told) => !isLeft && setSetups(told),
        () => !isLeft && setSetups(noSetups),
      );
    return () => {
      isLeft = true;
    };
  }, [store, file]);
  return setups;
}

const noSetups = { own: [], others: [] };

/** All policies by name; the current one with its parameters. */
function policiesOf({ policy = usualPolicy }: Shown): string[] {
  return [...new Set([policy.text, ...policies.map(({ name }) => name)])];
}

interface Fields {
  readonly steps: number;
  readonly runs?: number;
  readonly measures?: Measure[];
}

function readFields(steps: string, runs: string, measures: string): { readonly fields?: Fields; readonly problem?: string } {
  const bound = countOf(steps);
  if (bound === undefined) return { problem: "Type a whole number of steps, 1 or more." };
  if (bound > maxComparedSteps) return { problem: `At most ${grouped(maxComparedSteps)} steps each.` };
  const times = runs.trim() === "" ? undefined : countOf(runs);
  if (runs.trim() !== "" && (times === undefined || times > maxComparedRuns)) {
    return { problem: `Type a number of runs from 1 to ${maxComparedRuns}, or none.` };
  }
  const lines = measures.split("\n").filter((line) => line.trim() !== "");
  const read = lines.map(measureOf);
  const wrong = read.indexOf(undefined);
  if (wrong >= 0) return { problem: `Write "${lines[wrong]?.trim()}" as a name and an expression: served = len(done).` };
  if (lines.length > mostMeasures) return { problem: `At most ${mostMeasures} measures.` };
  const given = read.flatMap((measure) => measure ?? []);
  return {
    fields: { steps: bound, ...(times === undefined ? {} : { runs: times }), ...(given.length > 0 ? { measures: given } : {}) },
  };
}

function problemOf(view: Shown, kind: ComparedKind, chosen: readonly string[]): string | undefined {
  if (view.tasks.length === 0 && kind !== "setups") return "There is no task to run yet.";
  if (chosen.length === 0) return "Choose at least one.";
  return chosen.length > maxCompared ? `At most ${maxCompared} can be compared at once.` : undefined;
}
