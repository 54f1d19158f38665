/**
 * A table of policies: one row each, sortable by any figure, with the outcomes of the tasks below a row.
 */
import { Fragment } from "preact";
import { useState } from "preact/hooks";
import type { PolicyOutcome } from "../../protocol/schedule";
import { horizontal, moveFocus } from "../common/rovingFocus";
import { ShortName } from "../common/shortName";
import { useTabStop } from "../common/tabStop";
import type { Store } from "../model/store";
import { policyLabel, ruleOf } from "../policy/policyText";
import { grouped, milliseconds, type Shown } from "../text/format";
import { Names } from "../text/shortening";
import { manyLines, oneLine } from "../text/text";
import { type CompareOrder, compareColumns, nextOrder, sortedOutcomes } from "./compareColumns";
import { SmallTimeline } from "./smallTimeline";

interface Props {
  readonly store: Store;
  readonly view: Shown;
  readonly outcomes: readonly PolicyOutcome[];
}

/** The table; it scrolls horizontally if it is too wide. */
export function CompareTable({ store, view, outcomes }: Props) {
  const [order, setOrder] = useState<CompareOrder>({ column: undefined, direction: "ascending" });
  const { ref, onKeyDown, onFocusIn } = useTabStop<HTMLTableSectionElement>();
  return (
    <div class="figures compared">
      <table aria-label="Policies side by side">
        <Head order={order} onOrder={(id) => setOrder(nextOrder(order, id))} />
        <tbody ref={ref} onKeyDown={onKeyDown} onFocusIn={onFocusIn}>
          {sortedOutcomes(outcomes, order).map((outcome) => (
            <Line key={outcome.policy} store={store} view={view} outcome={outcome} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Head({ order, onOrder }: { order: CompareOrder; onOrder: (id: string) => void }) {
  const heads = [{ id: "policy", title: "Policy", about: "The rule that picked" }, ...compareColumns];
  const [stop, setStop] = useState(0);
  const onKeyDown = (event: KeyboardEvent & { currentTarget: HTMLElement }) => {
    moveFocus(event, [...event.currentTarget.querySelectorAll("button")], horizontal);
  };
  return (
    <thead>
      <tr onKeyDown={onKeyDown}>
        {heads.map(({ id, title, about }, index) => (
          <Fragment key={id}>
            {index === 1 && <Unsorted />}
            <th scope="col" class={`of-${id}`} aria-sort={order.column === id ? order.direction : "none"}>
              <button
                type="button"
                class="sorter"
                title={about}
                tabIndex={index === stop ? 0 : -1}
                onFocus={() => setStop(index)}
                onClick={() => onOrder(id)}
              >
                {title}
                {order.column === id && (
                  <span
                    class={`codicon codicon-${order.direction === "ascending" ? "arrow-up" : "arrow-down"}`}
                    aria-hidden="true"
                  />
                )}
              </button>
            </th>
          </Fragment>
        ))}
      </tr>
    </thead>
  );
}

/** The header of a column that cannot be sorted. */
function Unsorted() {
  return (
    <>
      <th scope="col">
        <span class="unseen">Acts</span>
      </th>
      <th scope="col" class="of-timeline">
        Timeline
      </th>
    </>
  );
}

function Line({ store, view, outcome }: Omit<Props, "outcomes"> & { outcome: PolicyOutcome }) {
  const [open, setOpen] = useState(false);
  const { policy, timeline, problem, tasks } = outcome;
  const label = policyLabel(policy);
  const isCurrent = view.policy?.text === policy;
  return (
    <>
      <tr data-row>
        <th scope="row" title={ruleOf(policy)}>
          <button type="button" class="fold" aria-expanded={open} onClick={() => setOpen(!open)}>
            <span class={`twistie codicon codicon-${open ? "chevron-down" : "chevron-right"}`} aria-hidden="true" />
            <bdi>{label}</bdi>
          </button>
        </th>
        <td>
          <button
            type="button"
            class="action secondary"
            title={isCurrent ? `${label} is already the policy of this session` : `Use ${label} in this session from here on`}
            aria-label={`Use ${label}`}
            aria-disabled={isCurrent || view.recorded !== undefined}
            onClick={() => !isCurrent && !view.recorded && store.send({ type: "setPolicy", policy })}
          >
            {isCurrent ? "In use" : "Use"}
          </button>
        </td>
        <td class="of-timeline">{timeline && <SmallTimeline level={timeline} names={tasks.map(({ name }) => name)} />}</td>
        {compareColumns.map((column) => (
          <td
            key={column.id}
            class={`of-${column.id} ${column.id === "outcome" && problem !== undefined ? "error" : ""}`}
            title={column.more?.(outcome)}
          >
            {column.text(outcome)}
          </td>
        ))}
      </tr>
      {open && <Tasks outcome={outcome} />}
    </>
  );
}

/** How each task ended under this policy, and how long it waited. */
function Tasks({ outcome: { policy, tasks, problem, output } }: { outcome: PolicyOutcome }) {
  const names = new Names(tasks.map(({ name }) => oneLine(name)));
  return (
    <tr class="per-task">
      <td colSpan={compareColumns.length + 3}>
        {problem !== undefined && <p class="error">{manyLines(problem)}</p>}
        {tasks.length > 0 && (
          <table aria-label={`Tasks under ${policyLabel(policy)}`}>
            <thead>
              <tr>
                {["Task", "Steps", "Run time", "Mean wait", "Worst wait", "Outcome"].map((title) => (
                  <th key={title} scope="col">
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {tasks.map(({ name, steps, micros, mean, worst, outcome }) => (
                <tr key={name}>
                  <th scope="row">
                    <ShortName text={oneLine(name)} among={names} />
                  </th>
                  <td>{grouped(steps)}</td>
                  <td>{milliseconds(micros)}</td>
                  <td>{mean.steps.toFixed(1)} steps</td>
                  <td>{grouped(worst.steps)} steps</td>
                  <td class="of-outcome" title={oneLine(outcome)}>
                    {oneLine(outcome)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {output !== "" && <pre class="printed-then">{manyLines(output)}</pre>}
      </td>
    </tr>
  );
}
