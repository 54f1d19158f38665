/**
 * The processes of a runner. The runner leads a process group and a session of its own, which contain what user code starts.
 */
import { readdirSync, readFileSync } from "node:fs";
import { membersOf } from "../../protocol/members";

/** Whether there are groups. Windows would open a console for one. */
export const ownsGroup = process.platform !== "win32";

/**
 * Ends what is left of a runner's group and session, the runner too if it lives. When it has ended, to be called at once: while
 * somebody is left its number is no other's, and if nobody is it was this very moment that it became free.
 *
 * @param leader the runner's number
 */
export function endGroup(leader: number): void {
  if (!ownsGroup) return;
  const members = membersOf(leader, readdirSync as (folder: string) => string[], (file) => readFileSync(file, "latin1"));
  for (const id of [-leader, ...members]) {
    try {
      process.kill(id, "SIGKILL");
    } catch {
      // There is no process left, or we may not end it.
    }
  }
}
