/**
 * The wait-for graph as sentences, with links to the steps.
 */
import type { ComponentChildren } from "preact";
import type { TaskRow } from "../../protocol/panel";
import type { ShownResource, Waiting } from "../../protocol/waitView";
import { TaskName } from "../common/elements";
import { ResourceName, Sentence } from "../common/sentence";
import type { Store } from "../model/store";
import { grouped, type Shown } from "../text/format";
import { openParts, queueBefore } from "../text/waits";

interface Props {
  readonly store: Store;
  readonly view: Shown;
  readonly waiting: Waiting;
}

/** What can never end first, then each waiting task, then the holders of each resource. */
export function WaitText({ store, view, waiting }: Props) {
  const held = waiting.resources.filter(({ holders }) => holders.length > 0);
  return (
    <ul class="wait-text">
      {waiting.cycles.map(({ sentence, closedAt }) => (
        <li key={`cycle ${closedAt}`} class="certain">
          <Sentence view={view} segments={sentence} /> The cycle was closed in <Step store={store} step={closedAt} />.
        </li>
      ))}
      {waiting.stuck.map(({ task, sentence }) => (
        <li key={`stuck ${task}`} class="certain">
          <Sentence view={view} segments={sentence} />
        </li>
      ))}
      {view.tasks.map((task) => task.waits && <Waits key={task.id} store={store} view={view} task={task} waits={task.waits} />)}
      {held.map((resource) => (
        <Held key={resource.id} store={store} view={view} resource={resource} />
      ))}
    </ul>
  );
}

type WaitsProps = Omit<Props, "waiting"> & { readonly task: TaskRow; readonly waits: NonNullable<TaskRow["waits"]> };

function Waits({ store, view, task, waits }: WaitsProps) {
  const before = openParts(waits).flatMap((part) => queueBefore(view, task.id, part));
  return (
    <li>
      <TaskName view={view} id={task.id} /> <Sentence view={view} segments={waits.sentence} />, since{" "}
      <Step store={store} step={waits.since} />.
      {before.length > 0 && (
        <>
          {" "}
          Before it in the queue:{" "}
          <Listed>
            {before.map((each) => (
              <TaskName key={each} view={view} id={each} />
            ))}
          </Listed>
          .
        </>
      )}
    </li>
  );
}

function Held({ store, view, resource }: Omit<Props, "waiting"> & { resource: ShownResource }) {
  return (
    <li>
      <ResourceName view={view} id={resource.id} /> is held by{" "}
      <Listed>
        {resource.holders.map(({ task, since }) => (
          <span key={task}>
            <TaskName view={view} id={task} /> since <Step store={store} step={since} />
          </span>
        ))}
      </Listed>
      .
    </li>
  );
}

function Listed({ children }: { children: ComponentChildren[] }) {
  return children.flatMap((child, index) => (index > 0 ? [", ", child] : [child]));
}

function Step({ store, step }: { store: Store; step: number }) {
  return (
    <button type="button" class="place link" onClick={() => store.select(step)}>
      step {grouped(step)}
    </button>
  );
}
