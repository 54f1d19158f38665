/**
 * Ends this process when its session is gone. User code may be in an endless loop, so nothing gentler would work.
 */
import { readdirSync, readFileSync } from "node:fs";
import { membersOf } from "../../../protocol/members";

const kill = process.kill.bind(process);

/** What user code started ends too, where this process leads a group. */
export function exitNow(): void {
  const members = membersOf(process.pid, readdirSync as (folder: string) => string[], (file) => readFileSync(file, "latin1"));
  for (const id of [...members, -process.pid, process.pid]) {
    try {
      kill(id, "SIGKILL");
    } catch {
      // It is gone, or there is no such group.
    }
  }
}
