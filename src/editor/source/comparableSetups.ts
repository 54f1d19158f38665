/**
 * The setups that can be compared with one another.
 */
import { SetupError, type SetupsInFile } from "../../session/setup/setups";
import { setupsFor } from "../session/workspaceSetups";
import { isSameFile } from "./sameFile";

/** The names of the setups with tasks that are of a file, and of the other ones of its folder. */
export async function comparableWith(file: string): Promise<{ readonly own: string[]; readonly others: string[] }> {
  const found = await setupsFor(file);
  const own = comparableOf(found, file);
  const others = found.entries.filter(
    ({ name, setup }) => !(setup instanceof SetupError || setup.observed || own.includes(name)),
  );
  return { own, others: others.map(({ name }) => name) };
}

/** The names of the setups with tasks of a file. */
export function comparableOf({ entries }: SetupsInFile, file: string): string[] {
  const own = entries.filter(({ setup }) => !(setup instanceof SetupError || setup.observed) && isSameFile(setup.file, file));
  return own.map(({ name }) => name);
}
