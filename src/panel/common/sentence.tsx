/**
 * Sentences that name tasks and resources: tasks in their colours, resources in the code font. The names are the user's, so they are
 * looked up here rather than being part of a text.
 */
import type { Sentence as Segments } from "../../protocol/waitView";
import { type Shown, taskName } from "../text/format";
import { oneLine } from "../text/text";
import { TaskName } from "./elements";

/** The name of a resource. */
export function resourceName({ resources }: Shown, id: number): string {
  return oneLine(resources.get(id) ?? `resource ${id}`);
}

export function ResourceName({ view, id }: { view: Shown; id: number }) {
  const name = resourceName(view, id);
  return (
    <code class="value resource" title={name}>
      {name}
    </code>
  );
}

export function Sentence({ view, segments }: { view: Shown; segments: Segments }) {
  return segments.map((segment) => {
    if ("task" in segment) return <TaskName view={view} id={segment.task} />;
    return "resource" in segment ? <ResourceName view={view} id={segment.resource} /> : segment.text;
  });
}

/** The same as one text: for tooltips and screen readers. */
export function sentenceText(view: Shown, segments: Segments): string {
  return segments
    .map((segment) => {
      if ("task" in segment) return taskName(view, segment.task);
      return "resource" in segment ? resourceName(view, segment.resource) : segment.text;
    })
    .join("");
}
