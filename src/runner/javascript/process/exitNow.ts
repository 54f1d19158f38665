/**
 * Ends this process when its session is gone. User code may be in an endless loop, so the process is ended by force.
 */
import { readdirSync, readFileSync } from "node:fs";
import { membersOf } from "../../../protocol/members";

const kill = process.kill.bind(process);

/** Ends this process and, if it leads a process group, everything that user code started. */
export function exitNow(): void {
  const members = membersOf(process.pid, readdirSync as (folder: string) => string[], (file) => readFileSync(file, "latin1"));
  for (const id of [...members, -process.pid, process.pid]) {
    try {
      kill(id, "SIGKILL");
    } catch {
      // The process has ended already, or there is no such group.
    }
  }
}
