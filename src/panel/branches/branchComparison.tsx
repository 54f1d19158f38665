/**
 * Two branches side by side: the first step that differs, and the outcome of each task.
 */
import { useState } from "preact/hooks";
import type { Row } from "../../protocol/panel";
import type { Branch, BranchComparison as Compared } from "../../protocol/schedule";
import { Action } from "../common/elements";
import { textOf } from "../model/findMatches";
import type { Store } from "../model/store";
import { grouped, verb } from "../text/format";
import { oneLine } from "../text/text";

interface Props {
  readonly store: Store;
  readonly branches: readonly Branch[];
}

/** The reply, and the two branches as they were when the request was sent. */
interface Answer {
  readonly names: readonly [string, string];
  readonly ids: readonly [number, number];
  readonly heads: readonly [number, number];
  readonly comparison?: Compared;
  readonly problem?: string;
}

/** A line that selects two branches, and the table that compares them. */
export function BranchComparison({ store, branches }: Props) {
  const current = branches.find((branch) => branch.current) ?? branches[0];
  const other = branches.find(({ id }) => id === current?.parent) ?? branches.find((branch) => branch !== current);
  const [chosen, choose] = useState<{ one?: number; other?: number }>({});
  const [answer, setAnswer] = useState<Answer>();
  const [one, two] = [branchOf(branches, chosen.one) ?? other, branchOf(branches, chosen.other) ?? current];
  if (!one || !two) return null;
  const compare = async () => {
    const about = { names: [one.name, two.name], ids: [one.id, two.id], heads: [one.head, two.head] } as const;
    try {
      const { comparison } = await store.wire.ask("branchesCompared", (id) => ({
        type: "compareBranches",
        id,
        one: one.id,
        other: two.id,
      }));
      setAnswer({ ...about, comparison });
    } catch (error) {
      setAnswer({ ...about, problem: textOf(error) });
    }
  };
  return (
    <>
      <div class="ask compare-branches">
        <span aria-hidden="true">Compare</span>
        <Which label="One branch" branches={branches} value={one.id} onChange={(one) => choose({ ...chosen, one })} />
        <span aria-hidden="true">with</span>
        <Which label="The other branch" branches={branches} value={two.id} onChange={(other) => choose({ ...chosen, other })} />
        <Action
          kind="secondary"
          label={one === two ? "Choose two branches to compare" : "Compare these branches"}
          text="Compare"
          disabled={one === two}
          onClick={() => void compare()}
        />
        {answer && <Action icon="close" label="Close the comparison" onClick={() => setAnswer(undefined)} />}
      </div>
      {answer?.problem !== undefined && (
        <p class="about-figures error" role="alert">
          {oneLine(answer.problem)}
        </p>
      )}
      {answer?.comparison && <Result store={store} branches={branches} answer={answer} comparison={answer.comparison} />}
    </>
  );
}

function branchOf(branches: readonly Branch[], id: number | undefined): Branch | undefined {
  return branches.find((branch) => branch.id === id);
}

interface WhichProps {
  readonly label: string;
  readonly branches: readonly Branch[];
  readonly value: number;
  readonly onChange: (id: number) => void;
}

function Which({ label, branches, value, onChange }: WhichProps) {
  return (
    <select
      class="field"
      aria-label={label}
      value={value}
      onChange={({ currentTarget }) => onChange(Number(currentTarget.value))}
    >
      {branches.map(({ id, name }) => (
        <option key={id} value={id}>
          {oneLine(name)}
        </option>
      ))}
    </select>
  );
}

interface ResultProps extends Props {
  readonly answer: Answer;
  readonly comparison: Compared;
}

function Result({ store, branches, answer, comparison }: ResultProps) {
  const { step, tasks } = comparison;
  const isOld = answer.ids.some((id, index) => branchOf(branches, id)?.head !== answer.heads[index]);
  const differing = tasks.filter(({ differs }) => differs).length;
  return (
    <section class="branches-compared" aria-label="Branches compared">
      <p class="about-figures">
        {step === undefined ? (
          <span>All common steps are the same.</span>
        ) : (
          <span>
            First difference at{" "}
            <button type="button" class="place step-link" onClick={() => store.select(step)}>
              step {grouped(step)}
            </button>
          </span>
        )}
        <span class="dim">
          {differing === 0 ? "All tasks end the same way." : `${differing} of ${tasks.length} tasks end in another way.`}
        </span>
        {isOld && <span class="dim">A branch has changed since: compare again.</span>}
      </p>
      <div class="figures">
        <table aria-label="Branches side by side">
          <thead>
            <tr>
              <th scope="col">What</th>
              {answer.names.map((name, index) => (
                <th key={index} scope="col">
                  <bdi>{oneLine(name)}</bdi>
                </th>
              ))}
              <th scope="col">
                <span class="unseen">Differs</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {step !== undefined && (
              <tr class="differs">
                <th scope="row">step {grouped(step)}</th>
                <td>{stepText(comparison.one)}</td>
                <td>{stepText(comparison.other)}</td>
                <Differs />
              </tr>
            )}
            {tasks.map(({ name, one, other, differs }) => (
              <tr key={name} class={differs ? "differs" : ""}>
                <th scope="row">
                  <bdi>{oneLine(name)}</bdi>
                </th>
                <td title={one}>{one === undefined ? "no such task" : oneLine(one)}</td>
                <td title={other}>{other === undefined ? "no such task" : oneLine(other)}</td>
                {differs ? <Differs /> : <td class="dim">same</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Differs() {
  return <td class="differs-mark">≠ differs</td>;
}

function stepText(step: Compared["one"]): string {
  if (!step) return "it ended before this step";
  const { task, event, value, line } = step;
  const what = `${task} ${verb({ event: event as Row["event"], value })} ${value}`;
  return oneLine(line === undefined ? what : `${what}, line ${line}`);
}
