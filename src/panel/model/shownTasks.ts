/**
 * Which tasks are shown. The page's saved state depends on them: the order of lanes, what is open, which tasks are searched.
 */
import type { View } from "../../protocol/panel";

/** A file, and the names of its first tasks in the order in which they were added. */
export interface About {
  readonly file: string;
  readonly names: readonly string[];
}

/** This many names are enough to tell sessions apart; they are saved with the page. */
const mostNames = 50;

export const nothing: About = { file: "", names: [] };

/** The file and tasks of a view. A page without a session keeps the previous ones. */
export function aboutOf({ file, tasks }: Pick<View, "file" | "tasks">): About {
  return { file, names: tasks.slice(0, mostNames).map(({ name }) => name) };
}

/** Whether both can be the same session: a restart begins without tasks, and more can be added later. */
export function isSame(one: About, other: About): boolean {
  const shared = Math.min(one.names.length, other.names.length);
  return one.file === other.file && one.names.slice(0, shared).every((name, task) => name === other.names[task]);
}
