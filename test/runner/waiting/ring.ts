/** Runs programs under round-robin, as a session does: the ring is the set of ready tasks according to the rows. */
import { rowKind } from "../../../src/core/waiting/rows";
import type { RunnerClient } from "../client";

/** The ready tasks according to what the runner has sent, ordered by number. */
export function readyTasks(client: RunnerClient, tasks: number): number[] {
  const blocked = new Set<number>();
  for (const { kind, task } of client.waits) {
    kind.forEach((each, index) => {
      if (each <= rowKind.blockPromise) blocked.add(task[index] ?? 0);
      if (each === rowKind.grant || each === rowKind.wake || each === rowKind.withdraw) blocked.delete(task[index] ?? 0);
    });
  }
  const over = new Set(client.steps.filter(({ event }) => event !== "yielded").map(({ task }) => task));
  const spawned = client.events.filter(({ event }) => event === "spawned").length;
  return Array.from({ length: tasks + spawned }, (_, task) => task).filter((task) => !over.has(task) && !blocked.has(task));
}

/** Runs until no task is ready and none can be woken. @returns why the last advance ended */
export async function runAll(client: RunnerClient, tasks: number): Promise<string> {
  for (;;) {
    const plan = { ring: readyTasks(client, tasks), steps: 1_000 };
    const { stopped } = await client.ask("advance", { from: client.steps.length + 1, plan });
    if (stopped !== "returned" && stopped !== "threw") return stopped;
  }
}

/** The result of each task: what was returned or thrown. */
export function results(client: RunnerClient): string[] {
  const ends = client.steps.filter(({ event }) => event !== "yielded");
  return ends.sort((one, other) => one.task - other.task).map(({ value }) => value);
}
