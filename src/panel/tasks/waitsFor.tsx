/**
 * What a task waits for, short enough for a cell of the grid: `fork 2 ‹ bob`. The tooltip has the details.
 */
import { Fragment } from "preact";
import type { TaskRow } from "../../protocol/panel";
import type { AwaitedPart } from "../../protocol/waitView";
import { TaskName } from "../common/elements";
import { ResourceName, sentenceText } from "../common/sentence";
import { type Shown, taskName } from "../text/format";
import { dueTime, holdersOf, waitFacts } from "../text/waits";

/** How many holders of a semaphore are named. The others are only counted. */
const mostHolders = 2;

export function WaitsFor({ view, task }: { view: Shown; task: TaskRow }) {
  const { waits } = task;
  if (!waits) return null;
  const title = [`${taskName(view, task.id)} ${sentenceText(view, waits.sentence)}.`, ...waitFacts(view, task)].join("\n");
  return (
    <span class="waits-for" title={title}>
      {waits.how === "any" && <span class="dim">first of </span>}
      {waits.how === "all" && <span class="dim">all of </span>}
      {waits.parts.map((part, index) => (
        <Fragment key={index}>
          {index > 0 && <span class="dim">, </span>}
          <Part view={view} part={part} />
          {part.served && <span class="dim"> (done)</span>}
        </Fragment>
      ))}
    </span>
  );
}

const aims: Partial<Record<AwaitedPart["kind"], string>> = { put: "put into ", take: "take from " };

function Part({ view, part }: { view: Shown; part: AwaitedPart }) {
  const { kind, resource, task, due } = part;
  if (kind === "sleep") return <>until {dueTime(view, due ?? 0)}</>;
  if (kind === "promise") return <>a promise</>;
  if (task !== undefined) {
    return (
      <>
        <span class="dim">the end of </span>
        <TaskName view={view} id={task} />
      </>
    );
  }
  if (resource === undefined) return null;
  return (
    <>
      <span class="dim">{aims[kind]}</span>
      <ResourceName view={view} id={resource} />
      {!part.served && <Holders view={view} tasks={holdersOf(view, resource)} />}
    </>
  );
}

function Holders({ view, tasks }: { view: Shown; tasks: readonly number[] }) {
  if (tasks.length === 0) return null;
  const more = tasks.length - mostHolders;
  return (
    <>
      <span class="dim"> ‹ </span>
      {tasks.slice(0, mostHolders).map((task, index) => (
        <Fragment key={task}>
          {index > 0 && ", "}
          <TaskName view={view} id={task} />
        </Fragment>
      ))}
      {more > 0 && <span class="dim"> and {more} more</span>}
    </>
  );
}
