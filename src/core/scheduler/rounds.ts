/**
 * Expands counted picks into the lists of picks that plans consist of. A few characters can stand for more picks than fit into
 * memory, so at most one plan is expanded at a time.
 */
import { longestPlan } from "../policies/policy";
import { type Picks, roundLength, type ScheduleItem } from "../schedule/items";
import type { TaskId } from "../task";

/** The same steps and changes without counts, expanded lazily. */
export function* writtenOut(items: Iterable<ScheduleItem>): Generator<ScheduleItem> {
  for (const item of items) {
    if (item.kind !== "picks" || !item.counts) yield item;
    else if (item.picks.length === 1) yield { kind: "picks", picks: item.picks, times: roundLength(item) * item.times };
    else if (roundLength(item) <= longestPlan) for (const round of pieces(item)) yield { ...round, times: item.times };
    else for (let round = 0; round < item.times; round += 1) yield* pieces(item);
  }
}

/** One round as pieces no longer than a plan, except for a task that runs longer than that in a row. */
function* pieces({ picks, counts }: Picks): Generator<Picks> {
  let piece: TaskId[] = [];
  for (let index = 0; index < picks.length; index += 1) {
    const task = picks[index] as TaskId;
    const count = counts?.[index] ?? 1;
    if (piece.length > 0 && piece.length + count > longestPlan) {
      yield { kind: "picks", picks: piece, times: 1 };
      piece = [];
    }
    if (count > longestPlan) yield { kind: "picks", picks: [task], times: count };
    else for (let time = 0; time < count; time += 1) piece.push(task);
  }
  if (piece.length > 0) yield { kind: "picks", picks: piece, times: 1 };
}
