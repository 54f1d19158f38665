/**
 * Process groups. A runner leads its own process group and session, which include the processes that user code starts.
 */
import { readdirSync, readFileSync } from "node:fs";
import { membersOf } from "../../protocol/members";

/** Whether the system has process groups. On Windows, a detached process would open a console window. */
export const ownsGroup = process.platform !== "win32";

/**
 * Ends all processes left in a runner's group and session, including the runner if it is alive. If the runner has ended, this must be
 * called immediately: while a member of the group is left, the system does not reuse the group's id, and otherwise the id became free
 * only at this moment.
 *
 * @param leader the process id of the runner
 */
export function endGroup(leader: number): void {
  if (!ownsGroup) return;
  const members = membersOf(leader, readdirSync as (folder: string) => string[], (file) => readFileSync(file, "latin1"));
  for (const id of [-leader, ...members]) {
    try {
      process.kill(id, "SIGKILL");
    } catch {
      // No process is left, or it may not be ended.
    }
  }
}
