/**
 * Which tasks are shown. What the page remembers depends on them: the order of lanes, what is open, which tasks are searched.
 */
import type { View } from "../../protocol/panel";

/** A file, and the names of its first tasks in the order of adding. */
export interface About {
  readonly file: string;
  readonly names: readonly string[];
}

/** So many names tell one session from another; they are kept with the page. */
const mostNames = 50;

export const nothing: About = { file: "", names: [] };

/** What a view is about: a page without a session is about what it was about before. */
export function aboutOf({ file, tasks }: Pick<View, "file" | "tasks">): About {
  return { file, names: tasks.slice(0, mostNames).map(({ name }) => name) };
}

/** Whether it is the same session, as far as both are known: a restart begins without tasks, and more can be added. */
export function isSame(one: About, other: About): boolean {
  const shared = Math.min(one.names.length, other.names.length);
  return one.file === other.file && one.names.slice(0, shared).every((name, task) => name === other.names[task]);
}
