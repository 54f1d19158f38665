/**
 * A comparison: one row for each line, sortable by any figure, with the outcomes of the tasks below a row.
 */
import { Fragment } from "preact";
import { useState } from "preact/hooks";
import type { ComparedKind, ComparedTable } from "../../protocol/schedule";
import { horizontal, moveFocus } from "../common/rovingFocus";
import { ShortName } from "../common/shortName";
import { useTabStop } from "../common/tabStop";
import type { Store } from "../model/store";
import { ruleOf } from "../policy/policyText";
import { grouped, milliseconds, type Shown } from "../text/format";
import { Names } from "../text/shortening";
import { manyLines, oneLine } from "../text/text";
import { type ComparedRow, type CompareOrder, lineLabel, nextOrder, sortedRows } from "./compareColumns";
import { SmallTimeline } from "./smallTimeline";

interface Props {
  readonly store: Store;
  readonly view: Shown;
  readonly kind: ComparedKind;
  readonly table: ComparedTable;
}

/** The table; it scrolls horizontally if it is too wide. */
export function CompareTable({ store, view, kind, table }: Props) {
  const [order, setOrder] = useState<CompareOrder>({ column: undefined, direction: "ascending" });
  const { ref, onKeyDown, onFocusIn } = useTabStop<HTMLTableSectionElement>();
  return (
    <div class="figures compared">
      <table aria-label="Side by side">
        <Head kind={kind} columns={table.columns} order={order} onOrder={(column) => setOrder(nextOrder(order, column))} />
        <tbody ref={ref} onKeyDown={onKeyDown} onFocusIn={onFocusIn}>
          {sortedRows(table.rows, order).map((row) => (
            <Line key={row.name} store={store} view={view} kind={kind} table={table} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const heads: Readonly<Record<ComparedKind, { readonly title: string; readonly about: string }>> = {
  policies: { title: "Policy", about: "The rule that picked" },
  ways: { title: "Way of working", about: "How the tasks work at the same time" },
  setups: { title: "Setup", about: "A named session of the folder" },
};

interface HeadProps {
  readonly kind: ComparedKind;
  readonly columns: ComparedTable["columns"];
  readonly order: CompareOrder;
  readonly onOrder: (column: number) => void;
}

function Head({ kind, columns, order, onOrder }: HeadProps) {
  const all = [{ id: "policy", ...heads[kind] }, ...columns];
  const [stop, setStop] = useState(0);
  const onKeyDown = (event: KeyboardEvent & { currentTarget: HTMLElement }) => {
    moveFocus(event, [...event.currentTarget.querySelectorAll("button")], horizontal);
  };
  return (
    <thead>
      <tr onKeyDown={onKeyDown}>
        {all.map(({ id, title, about }, index) => (
          <Fragment key={id}>
            {index === 1 && <Unsorted />}
            <th scope="col" class={classOf(id)} aria-sort={order.column === index - 1 ? order.direction : "none"}>
              <button
                type="button"
                class="sorter"
                title={about}
                tabIndex={index === stop ? 0 : -1}
                onFocus={() => setStop(index)}
                onClick={() => onOrder(index - 1)}
              >
                {capital(title)}
                {order.column === index - 1 && (
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

/** Measures and watches have the user's own names. */
function classOf(id: string): string {
  return /^\w+$/.test(id) ? `of-${id}` : "of-measure";
}

function capital(title: string): string {
  return `${title.charAt(0).toUpperCase()}${title.slice(1)}`;
}

function Line({ store, view, kind, table, row }: Props & { row: ComparedRow }) {
  const [open, setOpen] = useState(false);
  const { name, policy, problem, cells } = row;
  const label = lineLabel(kind, name);
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
          {kind === "policies" ? (
            <Use store={store} view={view} label={label} policy={policy} />
          ) : (
            <Orders store={store} view={view} label={label} table={table} row={row} />
          )}
        </td>
        <td class="of-timeline">
          <Opening store={store} view={view} label={label} table={table} row={row} />
        </td>
        {table.columns.map(({ id }, index) => (
          <Cell key={id} id={id} cell={cells[index]} problem={id === "outcome" ? problem : undefined} />
        ))}
      </tr>
      {open && <Tasks columns={table.columns.length} label={label} row={row} />}
    </>
  );
}

/** @param problem why the line could not be run */
function Cell({
  id,
  cell,
  problem,
}: {
  id: string;
  cell: ComparedRow["cells"][number] | undefined;
  problem: string | undefined;
}) {
  const { text = "", detail } = cell ?? {};
  const shown = oneLine(text);
  return (
    <td class={`${classOf(id)} ${problem === undefined ? "" : "error"}`} title={oneLine(problem ?? text)}>
      {shown}
      {detail !== undefined && <small class="dim"> {detail}</small>}
    </td>
  );
}

/** A small picture of the run. A click shows the run itself, in the place of that of the session, as at a restart. */
function Opening({ store, view, label, table, row }: Omit<Props, "kind"> & { label: string; row: ComparedRow }) {
  const { timeline, tasks, opens } = row;
  if (!timeline) return null;
  const isOff = !opens || view.recorded !== undefined;
  return (
    <button
      type="button"
      class="opening"
      title={opens ? `Show this run of ${label} in the session` : "This run is too long to be shown in the session"}
      aria-label={`Open the run of ${label}`}
      aria-disabled={isOff}
      onClick={() => !isOff && store.send({ type: "openCompared", row: table.rows.indexOf(row) })}
    >
      <SmallTimeline level={timeline} names={tasks.map((task) => task.name)} />
    </button>
  );
}

/** Searches for orders of the tasks that go wrong; the section Orders has what comes of it. */
function Orders({ store, view, label, table, row }: Omit<Props, "kind"> & { label: string; row: ComparedRow }) {
  const onlyOrder =
    row.tasks.length < 2
      ? "One task has one order"
      : row.sharesNothing
        ? "Processes share nothing: all their orders come to the same"
        : undefined;
  const isOff = !row.opens || onlyOrder !== undefined || view.recorded !== undefined;
  const send = () => store.send({ type: "openCompared", row: table.rows.indexOf(row), explores: true });
  return (
    <button
      type="button"
      class="action secondary"
      title={onlyOrder ?? `Show this run of ${label} in the session, and explore the orders of its tasks`}
      aria-label={`Explore the orders of ${label}`}
      aria-disabled={isOff}
      onClick={() => !isOff && send()}
    >
      Orders
    </button>
  );
}

function Use({ store, view, label, policy }: Pick<Props, "store" | "view"> & { label: string; policy: string }) {
  const isCurrent = view.policy?.text === policy;
  return (
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
  );
}

/** How each task ended, and how long it waited. */
function Tasks({ columns, label, row: { tasks, problem, output } }: { columns: number; label: string; row: ComparedRow }) {
  const names = new Names(tasks.map(({ name }) => oneLine(name)));
  return (
    <tr class="per-task">
      <td colSpan={columns + 3}>
        {problem !== undefined && <p class="error">{manyLines(problem)}</p>}
        {tasks.length > 0 && (
          <table aria-label={`Tasks under ${label}`}>
            <thead>
              <tr>
                {["Task", "Steps", "Run time", "Mean wait", "Longest wait", "Outcome"].map((title) => (
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
