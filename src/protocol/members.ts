/**
 * Which other processes belong to an operating-system session. A signal to the process group of the session's leader does not reach a
 * process that made its own group, as a shell with job control does.
 */

/** The session id in the text of /proc/PID/stat; undefined if there is none. */
export function sessionIn(stat: string): number | undefined {
  // A process name may contain anything, even brackets.
  const session = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[3]);
  return Number.isInteger(session) && session > 0 ? session : undefined;
}

/**
 * The ids of a session's processes, without its leader. Empty if the system has no /proc.
 *
 * @param list returns the names of a folder's entries
 * @param read returns the text of a file
 */
export function membersOf(leader: number, list: (folder: string) => string[], read: (file: string) => string): number[] {
  return quietly(() => list("/proc"), [])
    .filter((name) => /^\d+$/.test(name) && Number(name) !== leader)
    .filter((name) => quietly(() => sessionIn(read(`/proc/${name}/stat`)), undefined) === leader)
    .map(Number);
}

/** A process may end between listing and reading. */
function quietly<T>(look: () => T, otherwise: T): T {
  try {
    return look();
  } catch {
    return otherwise;
  }
}
