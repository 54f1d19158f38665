/**
 * Texts about what a task waits for, shared by the grid, the tooltips and the wait-for graph.
 */
import type { TaskRow } from "../../protocol/panel";
import type { Awaited, AwaitedPart } from "../../protocol/waitView";
import { grouped, type Shown, taskName } from "./format";

/** The state that the grid shows for a blocked task. */
export type WaitingState = "blocked" | "sleeping" | "waiting";

/** The parts that are not served yet. */
export function openParts({ parts }: Awaited): AwaitedPart[] {
  return parts.filter(({ served }) => !served);
}

/** The state of a waiting task: `blocked` if only other tasks can wake it, `sleeping` if time will, `waiting` if a promise may. */
export function waitingState(waits: Awaited): WaitingState {
  const kinds = new Set(openParts(waits).map(({ kind }) => kind));
  if (kinds.size === 1 && kinds.has("sleep")) return "sleeping";
  kinds.delete("sleep");
  return kinds.size === 1 && kinds.has("promise") ? "waiting" : "blocked";
}

/** How many steps were made since a task was blocked. */
export function waitedSteps({ cursor }: Shown, { waits }: TaskRow): number | undefined {
  return waits && Math.max(0, cursor - waits.since);
}

/** A time of the run's clock, in milliseconds: `12.5 s`, `10:00`, `1:00:00`. */
export function clockTime(millis: number): string {
  if (millis < 60_000) return `${Number((millis / 1_000).toFixed(3))} s`;
  const seconds = Math.floor(millis / 1_000);
  const part = Number((millis / 1_000 - seconds).toFixed(3));
  const two = (count: number) => String(count).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  const whole = hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
  return part > 0 && part < 1 ? `${whole}${String(part).slice(1)}` : whole;
}

/** A time of the run's clock in digits, always with hours: `01:00:03.250`. */
export function clockFace(millis: number): string {
  const whole = Math.floor(millis);
  const parts = [Math.floor(whole / 3_600_000), Math.floor(whole / 60_000) % 60, Math.floor(whole / 1_000) % 60];
  return `${parts.map((part) => String(part).padStart(2, "0")).join(":")}.${String(whole % 1_000).padStart(3, "0")}`;
}

/** When a sleeping task wakes: by the clock of the program's simulation if it has one, otherwise by that of the run. */
export function dueTime({ simulated }: Shown, due: number): string {
  return simulated === undefined ? clockTime(due) : simulatedTime(due);
}

/** A time of a simulation, without what only comes from rounding. */
export function simulatedTime(time: number): string {
  return String(Number(time.toPrecision(12)));
}

/** When the first sleeper wakes, preceded by `words`; empty if no task sleeps. */
export function nextDue(view: Shown, words: string): string {
  const dues = view.tasks.flatMap(({ waits }) => (waits ? openParts(waits).flatMap(({ due }) => due ?? []) : []));
  return dues.length === 0 ? "" : `${words}${dueTime(view, Math.min(...dues))}.`;
}

/** The tasks that hold a resource, in the order in which they acquired it. */
export function holdersOf({ waiting }: Shown, resource: number): number[] {
  return waiting?.resources.find(({ id }) => id === resource)?.holders.map(({ task }) => task) ?? [];
}

/** The tasks before a task in the queue of what it wants. */
export function queueBefore({ waiting }: Shown, task: number, { kind, resource, place = 1 }: AwaitedPart): number[] {
  const ahead = (waiting?.edges ?? []).flatMap((edge) => {
    const isSame = edge.kind === "wanted" && edge.resource === resource && edge.as === kind;
    return isSame && edge.task !== task && edge.place < place ? [edge] : [];
  });
  return ahead.sort((one, other) => one.place - other.place).map((edge) => edge.task);
}

/** Sentences that follow what a task waits for: since when it waits, and which tasks are before it in the queue. */
export function waitFacts(view: Shown, { id, waits }: TaskRow): string[] {
  if (!waits) return [];
  const before = openParts(waits).flatMap((part) => {
    const names = queueBefore(view, id, part).map((task) => taskName(view, task));
    return names.length === 0 ? [] : [`Before it in the queue: ${names.join(", ")}.`];
  });
  const at = waits.from === undefined ? "" : `, at ${clockTime(waits.from)} (virtual)`;
  return [`Since step ${grouped(waits.since)}${at}.`, ...before];
}
