/**
 * Policies, ways of working or setups side by side, each run in fresh processes.
 */
import { useState } from "preact/hooks";
import type { ComparedFormat, ComparedKind, ComparedTable, Comparing } from "../../protocol/schedule";
import { Action, Section } from "../common/elements";
import { useShownAtStart } from "../common/useShownAtStart";
import { textOf } from "../model/findMatches";
import type { Store } from "../model/store";
import { grouped, type Shown } from "../text/format";
import { manyLines } from "../text/text";
import { lineLabel } from "./compareColumns";
import { CompareForm } from "./compareForm";
import { CompareTable } from "./compareTable";
import { useComparison } from "./useComparison";

interface Props {
  readonly store: Store;
  readonly view: Shown;
}

/** A section that is closed until there is a comparison. */
export function Compare({ store, view }: Props) {
  const { comparing } = view;
  useShownAtStart("compare", comparing !== undefined && !comparing.isOver);
  const begun = comparing
    ? ({ note: noteOf(comparing), byDefault: "open", remembered: "Compared" } as const)
    : ({ byDefault: "closed" } as const);
  return (
    <Section store={store} title="Compare runs" {...begun}>
      {(!comparing || comparing.isOver) && <CompareForm store={store} view={view} />}
      {comparing && <Compared store={store} view={view} comparing={comparing} />}
    </Section>
  );
}

function noteOf({ lines, isOver, cancelled }: Comparing): string {
  const done = lines.filter(({ state }) => state === "done" || state === "failed").length;
  if (cancelled) return `cancelled, ${done} of ${lines.length} compared`;
  return isOver ? `${lines.length} compared` : `${done} of ${lines.length} compared so far`;
}

function Compared({ store, view, comparing }: Props & { comparing: Comparing }) {
  const { table, problem } = useComparison(store, comparing);
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
      {table && table.rows.length > 0 && <Table store={store} view={view} kind={comparing.kind} table={table} />}
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

const nouns: Readonly<Record<ComparedKind, string>> = { policies: "policies", ways: "ways of working", setups: "setups" };

function Progress({ store, comparing: { kind, lines, runs: all } }: { store: Store; comparing: Comparing }) {
  const runs = lines.reduce((sum, { state, runs }) => sum + (state === "failed" ? all : runs), 0);
  const done = lines.filter(({ state }) => state === "done" || state === "failed").length;
  return (
    <div class="comparing">
      <p class="about-figures">
        <progress aria-label="Runs" value={runs} max={Math.max(1, lines.length * all)} />
        <span class="dim">
          {done} of {lines.length} {nouns[kind]}
        </span>
        <Action
          kind="secondary"
          label="Cancel the comparison"
          text="Cancel"
          onClick={() => store.send({ type: "cancelCompare" })}
        />
      </p>
      <ul aria-label="Progress of each">
        {lines.map(({ name, state, runs, steps }, index) => (
          <li key={index} class={state === "waiting" ? "dim" : ""}>
            <bdi>{lineLabel(kind, name)}</bdi>: <span class={state === "failed" ? "error" : ""}>{state}</span>
            {all > 1 && state !== "failed" && `, ${runs} of ${all} runs`}
            {steps > 0 && `, ${grouped(steps)} steps`}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** As what the comparison is copied, with the names of the formats. */
const formats: Readonly<Record<ComparedFormat, string>> = { markdown: "Markdown", csv: "CSV", jsonl: "JSON Lines" };

function Table({ store, view, kind, table }: Props & { kind: ComparedKind; table: ComparedTable }) {
  const [copied, setCopied] = useState("");
  const copy = async (format: ComparedFormat) => {
    try {
      const { text } = await store.wire.ask("comparisonText", (id) => ({ type: "comparisonText", id, format }));
      store.send({ type: "copy", text });
      setCopied(`Copied as ${formats[format]}.`);
    } catch (error) {
      setCopied(textOf(error));
    }
  };
  return (
    <>
      <CompareTable store={store} view={view} kind={kind} table={table} />
      <div class="about-figures">
        {(Object.keys(formats) as ComparedFormat[]).map((format) => (
          <Action
            key={format}
            kind="secondary"
            label={`Copy the comparison as ${formats[format]}`}
            text={`Copy as ${formats[format]}`}
            onClick={() => void copy(format)}
          />
        ))}
        <span role="status" aria-label="Copying" class="dim">
          {copied}
        </span>
      </div>
    </>
  );
}
