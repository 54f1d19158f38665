/**
 * Texts in the editor about a waiting task: after its line, and in the hover.
 */
import type { TaskRow, View } from "../../protocol/panel";
import type { Sentence } from "../../protocol/waitView";

/** A sentence with the names of tasks and resources, as one text. */
export function inWords({ tasks, waiting }: View, sentence: Sentence): string {
  return sentence
    .map((segment) => {
      if ("text" in segment) return segment.text;
      if ("task" in segment) return tasks.find(({ id }) => id === segment.task)?.name ?? `task ${segment.task}`;
      return waiting?.resources.find(({ id }) => id === segment.resource)?.name ?? `resource ${segment.resource}`;
    })
    .join("");
}

/** What a task waits for, since when, and which tasks are before it. */
export function waitLines(view: View, { id, name, waits }: TaskRow): string[] {
  if (!waits) return [];
  const lines = [`${name} ${inWords(view, waits.sentence)}, since step ${waits.since}.`];
  for (const { kind, resource, place = 1 } of waits.parts) {
    const before = (view.waiting?.edges ?? [])
      .flatMap((edge) =>
        edge.kind === "wanted" && edge.resource === resource && edge.as === kind && edge.place < place ? [edge] : [],
      )
      .sort((one, other) => one.place - other.place)
      .map((edge) => view.tasks.find((task) => task.id === edge.task)?.name ?? `task ${edge.task}`);
    if (before.length > 0) lines.push(`Before it in the queue: ${before.join(", ")}.`);
  }
  for (const { links, sentence } of view.waiting?.cycles ?? []) {
    if (links.some(({ task }) => task === id)) lines.push(`Deadlock: ${inWords(view, sentence)}`);
  }
  return lines;
}
