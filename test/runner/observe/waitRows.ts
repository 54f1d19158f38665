/** The wait log of an observed program as text. */
import { rowKind, type WaitRows } from "../../../src/core/waiting/rows";
import type { RunnerClient } from "../client";

const names = Object.fromEntries(Object.entries(rowKind).map(([name, kind]) => [kind, name]));

const ofResources: ReadonlySet<number> = new Set([rowKind.grant, rowKind.free, rowKind.permit]);

/** The rows with the names of tasks and resources: `3 second blockAcquire lock`. */
export function waitRows(client: RunnerClient): string[] {
  const tasks = client.events.flatMap((event) => (event.event === "spawned" ? [event.name] : []));
  const resources = client.events.flatMap((event) => (event.event === "resources" ? event.resources : []));
  return client.waits.flatMap((rows) => Array.from(rows.kind, (_, index) => rowText(rows, index, tasks, resources)));
}

function rowText(rows: WaitRows, index: number, tasks: string[], resources: readonly { name: string }[]): string {
  const [kind, object] = [rows.kind[index] as number, rows.object[index] as number];
  const step = rows.base + (rows.offset[index] as number);
  if (kind === rowKind.outside) return `${step} outside`;
  if (kind === rowKind.simulated) return `${step} simulated ${rows.numbers[object]}`;
  const aim = (): unknown[] => {
    if (kind <= rowKind.blockEvent || ofResources.has(kind)) return [resources[object - 1]?.name];
    if (kind === rowKind.blockJoin) return [tasks[object]];
    if (kind === rowKind.blockSleep) return [rows.numbers[object]];
    return kind === rowKind.group || kind === rowKind.part ? [object] : [];
  };
  return [step, tasks[rows.task[index] as number], names[kind], ...aim()].join(" ");
}
