/**
 * Statistics of each task over the whole run, computed only while this section is open.
 */
import { useEffect, useState } from "preact/hooks";
import type { Figures, RunFigures, TaskFigures } from "../../protocol/find";
import { Action, Section } from "../common/elements";
import { horizontal, moveFocus } from "../common/rovingFocus";
import { ShortName } from "../common/shortName";
import { useTabStop } from "../common/tabStop";
import type { Store } from "../model/store";
import { colour, grouped } from "../text/format";
import { Names } from "../text/shortening";
import { manyLines, oneLine } from "../text/text";
import { type Column, columns, isOpen, markdown, type Order, sorted, tabSeparated } from "./statisticsText";

interface Props {
  readonly store: Store;
}

/** The maximum number of rows drawn; a copy has all rows. */
const mostDrawn = 500;

/** A section that is closed at first. */
export function Statistics({ store }: Props) {
  return (
    <Section store={store} title="Statistics" byDefault="closed">
      <Counted store={store} />
    </Section>
  );
}

/** The figures of the head that is shown, requested while this component is mounted. */
function Counted({ store }: Props) {
  const { count } = store;
  useEffect(() => count.watch(), [count]);
  const { figures, problem } = count.shown;
  const [order, setOrder] = useState<Order>({ column: undefined, direction: "descending" });
  if (problem !== undefined) return <p class="about-figures error">{manyLines(problem)}</p>;
  if (!figures) return <p class="about-figures dim">Counting…</p>;
  const tasks = sorted(figures.tasks, order);
  return (
    <>
      <About store={store} figures={figures} tasks={tasks} />
      <div class="figures">
        <table aria-label="Statistics">
          <Head order={order} onOrder={setOrder} />
          <Body store={store} figures={figures} tasks={tasks.slice(0, mostDrawn)} />
        </table>
      </div>
      {tasks.length > mostDrawn && (
        <p class="about-figures dim">
          {grouped(mostDrawn)} of {grouped(tasks.length)} tasks are shown; a copy has all.
        </p>
      )}
    </>
  );
}

interface FiguresProps {
  readonly store: Store;
  readonly figures: RunFigures;
  readonly tasks: readonly TaskFigures[];
}

/** Which steps the figures cover, and buttons to copy them. */
function About({ store, figures, tasks }: FiguresProps) {
  const [copied, setCopied] = useState("");
  const copy = (name: string, text: string) => () => {
    store.send({ type: "copy", text });
    setCopied(`Copied as ${name}.`);
  };
  const { upTo, head, outputLostFrom } = figures;
  return (
    <div class="about-figures">
      <span class="dim">
        {upTo < head ? `Counted up to step ${grouped(upTo)} of ${grouped(head)}` : `The whole run, up to step ${grouped(upTo)}`}
      </span>
      {outputLostFrom !== undefined && (
        <span class="dim">Output from step {grouped(outputLostFrom)} on was not kept, and is not counted</span>
      )}
      <span role="status" aria-label="Clipboard" class="dim">
        {copied}
      </span>
      <Action
        kind="secondary"
        label="Copy as Markdown"
        text="Copy as Markdown"
        onClick={copy("Markdown", markdown(figures, tasks))}
      />
      <Action kind="secondary" label="Copy as TSV" text="Copy as TSV" onClick={copy("TSV", tabSeparated(figures, tasks))} />
    </div>
  );
}

function Head({ order, onOrder }: { order: Order; onOrder: (order: Order) => void }) {
  const heads = [{ id: "task", title: "Task" }, ...columns];
  const [stop, setStop] = useState(0);
  const onKeyDown = (event: KeyboardEvent & { currentTarget: HTMLElement }) => {
    moveFocus(event, [...event.currentTarget.querySelectorAll("button")], horizontal);
  };
  return (
    <thead>
      <tr onKeyDown={onKeyDown}>
        {heads.map(({ id, title }, index) => (
          <th key={id} scope="col" class={`of-${id}`} aria-sort={order.column === id ? order.direction : "none"}>
            <button
              type="button"
              class="sorter"
              tabIndex={index === stop ? 0 : -1}
              onFocus={() => setStop(index)}
              onClick={() => onOrder(nextOrder(order, id))}
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
        ))}
      </tr>
    </thead>
  );
}

/** Figures sort descending first, names ascending; choosing the same column again reverses the order. */
function nextOrder({ column, direction }: Order, id: string): Order {
  if (column !== id) return { column: id, direction: id === "task" ? "ascending" : "descending" };
  return { column: id, direction: direction === "ascending" ? "descending" : "ascending" };
}

function Body({ store, figures, tasks }: FiguresProps) {
  const { ref, onKeyDown, onFocusIn } = useTabStop<HTMLTableSectionElement>();
  const names = new Names(tasks.map(({ name }) => oneLine(name)));
  return (
    <tbody ref={ref} onKeyDown={onKeyDown} onFocusIn={onFocusIn}>
      {tasks.map((task) => (
        <tr key={task.task} data-row>
          <th scope="row" title={oneLine(task.name)}>
            <span class={`swatch ${colour(task.task)}`} aria-hidden="true" />
            <ShortName text={oneLine(task.name)} among={names} />
          </th>
          <Cells store={store} figures={task} />
        </tr>
      ))}
      <tr class="total" data-row>
        <th scope="row">All tasks</th>
        <Cells store={store} figures={figures.total} />
      </tr>
    </tbody>
  );
}

function Cells({ store, figures }: { store: Store; figures: Figures }) {
  return columns.map((column) => (
    <td key={column.id} class={`of-${column.id}`}>
      <Figure store={store} column={column} figures={figures} />
    </td>
  ));
}

/** A figure that is about a step is a link to it. Without a step it is still a cell for the arrow keys. */
function Figure({ store, column, figures }: { store: Store; column: Column; figures: Figures }) {
  const text = column.text(figures);
  if (!column.step) return text;
  const step = column.step(figures);
  const open = isOpen(column, figures);
  return (
    <button
      type="button"
      class="figure"
      aria-disabled={step === 0}
      title={step === 0 ? undefined : `${open ? "Waits still at" : "Go to"} step ${grouped(step)}`}
      onClick={step === 0 ? undefined : () => store.select(step)}
    >
      {text}
      {open && <span class="dim"> so far</span>}
    </button>
  );
}
