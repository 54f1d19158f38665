/**
 * Which other processes are in a session of processes. A signal to the group of the session's leader does not reach a process
 * that made a group of its own, as a shell with job control does.
 */

/** The number of the session, from the text of /proc/PID/stat; undefined where there is none. */
export function sessionIn(stat: string): number | undefined {
  // A name may hold anything, brackets too.
  const session = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[3]);
  return Number.isInteger(session) && session > 0 ? session : undefined;
}

/**
 * The processes of a session but for its leader. None where the system does not list them in /proc.
 *
 * @param list names of a folder's entries
 * @param read the text of a file
 */
export function membersOf(leader: number, list: (folder: string) => string[], read: (file: string) => string): number[] {
  return quietly(() => list("/proc"), [])
    .filter((name) => /^\d+$/.test(name) && Number(name) !== leader)
    .filter((name) => quietly(() => sessionIn(read(`/proc/${name}/stat`)), undefined) === leader)
    .map(Number);
}

/** What is there one moment is gone the next. */
function quietly<T>(look: () => T, otherwise: T): T {
  try {
    return look();
  } catch {
    return otherwise;
  }
}
