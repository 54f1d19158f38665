/**
 * The end of this process when its session is gone. User code may be in an endless loop, so nothing gentler would do.
 */

/** What user code started ends too, where this process leads a group. */
export function die(): void {
  try {
    process.kill(-process.pid, "SIGKILL");
  } catch {
    process.kill(process.pid, "SIGKILL");
  }
}
