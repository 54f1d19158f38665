/**
 * The outcomes that a search met as a histogram: a row for each, the most frequent first. A row opens its witness as a branch, unless it
 * is of a trace file.
 */
import { useState } from "preact/hooks";
import type { OutcomeRow, SearchState } from "../../protocol/exploration";
import { Action } from "../common/elements";
import { useTabStop } from "../common/tabStop";
import { textOf } from "../model/findMatches";
import type { Store } from "../model/store";
import { grouped, type Shown } from "../text/format";
import { manyLines, oneLine } from "../text/text";
import { calmText, ordersText, percents } from "./ordersText";

interface Props {
  readonly store: Store;
  readonly view: Shown;
  readonly search: SearchState;
}

export function OutcomeTable({ store, view, search }: Props) {
  const { outcomes, countsClasses } = search;
  const { ref, onKeyDown, onFocusIn } = useTabStop<HTMLTableSectionElement>();
  const [told, tell] = useState({ text: "", isProblem: false });
  const copy = async (outcome: number) => {
    try {
      const { text } = await store.wire.ask("scheduleText", (id) => ({ type: "witnessText", id, outcome }));
      store.send({ type: "copy", text });
      tell({ text: "The schedule was copied.", isProblem: false });
    } catch (error) {
      tell({ text: oneLine(textOf(error)), isProblem: true });
    }
  };
  return (
    <>
      <table class="outcomes" aria-label="Outcomes">
        <thead>
          <tr>
            <th scope="col">Outcome</th>
            <th scope="col">{countsClasses ? "Classes of orders" : "Orders"}</th>
            <th scope="col">
              <span class="unseen">Acts</span>
            </th>
          </tr>
        </thead>
        <tbody ref={ref} onKeyDown={onKeyDown} onFocusIn={onFocusIn}>
          {outcomes.map((outcome) => (
            <Row
              key={outcome.id}
              search={search}
              outcome={outcome}
              isBusy={view.replaying !== undefined}
              isRecorded={view.recorded === "file"}
              isOver={view.recorded === "reload"}
              open={() => store.send({ type: "openWitness", outcome: outcome.id })}
              copy={() => void copy(outcome.id)}
              copyTest={() => store.send({ type: "copyTest", outcome: outcome.id })}
            />
          ))}
        </tbody>
      </table>
      <p class={`about-figures ${told.isProblem ? "error" : "dim"}`} role="status" aria-label="Copying">
        {told.text}
      </p>
    </>
  );
}

interface RowProps {
  readonly search: SearchState;
  readonly outcome: OutcomeRow;
  readonly isBusy: boolean;
  /** Nothing can be replayed: the search is in a trace file. */
  readonly isRecorded: boolean;
  /** The tasks have to be started again first. */
  readonly isOver: boolean;
  readonly open: () => void;
  readonly copy: () => void;
  readonly copyTest: () => void;
}

function Row({ search, outcome, isBusy, isRecorded, isOver, open, copy, copyTest }: RowProps) {
  const { failing, end, values, orders, share, explanation } = outcome;
  const isOld = search.outdated === "file";
  const isClosed = isBusy || isOld;
  const again = isOver ? ", after the tasks are started again" : "";
  const why = isOld ? " (of an earlier text of the file)" : isBusy ? " (not while a branch is replayed)" : again;
  const name = (
    <>
      <span class={`codicon codicon-${failing ? "error" : "pass"}`} aria-hidden="true" />
      <span>
        {failing && <b>fails: </b>}
        {oneLine(end)}
      </span>
    </>
  );
  return (
    <tr data-row class={failing ? "failing" : ""}>
      <th scope="row">
        {isRecorded ? (
          <span class="outcome-name">{name}</span>
        ) : (
          <button
            type="button"
            class="outcome-name"
            title={`Show an order with this outcome as a branch${why}`}
            aria-disabled={isClosed}
            onClick={isClosed ? undefined : open}
          >
            {name}
          </button>
        )}
        <div class="came-to dim">
          {values.map(({ name, value }) => (
            <span key={name}>
              <bdi>{oneLine(name)}</bdi>: <bdi>{oneLine(value)}</bdi>
            </span>
          ))}
        </div>
        {explanation !== undefined && <p class="explanation">{manyLines(explanation)}</p>}
        <div class="dim calm">Witness: {calmText(outcome)}</div>
      </th>
      <td class="share">
        <span class="bar-track" aria-hidden="true">
          <span class="bar-fill" style={{ width: `${100 * share}%` }} />
        </span>
        <span title={`${grouped(orders)} of ${ordersText(search)}`}>
          {grouped(orders)} <span class="dim">{percents(share)}</span>
        </span>
      </td>
      <td>
        <Action icon="copy" label={`Copy schedule of: ${oneLine(end)}`} onClick={copy} />
        {failing && !isRecorded && (
          <Action icon="beaker" label={`Copy as test: ${oneLine(end)}`} disabled={isOld} onClick={copyTest} />
        )}
      </td>
    </tr>
  );
}
