/**
 * How much time of processors the process has used.
 */

/** User code may replace it, and virtual time does. */
const cpuUsage = process.cpuUsage.bind(process);

/** In microseconds, by all threads of the process since it was started. */
export function usedProcessor(): number {
  const { user, system } = cpuUsage();
  return user + system;
}
