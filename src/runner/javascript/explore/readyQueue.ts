/** The ready queue of a run, and the hash of what its steps did. */

/** Removes a task from the queue, and allocates nothing: it is done in every step. */
export function remove(queue: number[], task: number): void {
  for (let at = queue.indexOf(task) + 1; at < queue.length; at += 1) queue[at - 1] = queue[at] as number;
  queue.pop();
}

/** Moves a task to the front of the queue, if it is there. */
export function toFront(queue: number[], task: number): void {
  if (!queue.includes(task)) return;
  remove(queue, task);
  queue.unshift(task);
}

/** Mixes into a hash what a step did. */
export function mixed(print: number, task: number, event: number, point: number, value: unknown): number {
  let hash = Math.imul(print ^ (task * 4 + event), 0x9e3779b1) ^ point;
  if (typeof value === "number") hash = Math.imul(hash, 31) + (value | 0);
  else if (typeof value === "string") hash = Math.imul(hash, 31) + value.length * 65_536 + (value.charCodeAt(0) | 0);
  return hash | 0;
}
