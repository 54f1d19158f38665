/**
 * How many orders of threads break a check, for a comparison: a run shows one order only.
 */
import { usualVirtualTime } from "../../core/virtualTime";
import type { ComparedProgram, TriedOrders } from "../compare/lines";
import { usualPolicy } from "../order/policies";
import { OrderSearch } from "./orderSearch";

/** Most errors need one preemption, if any (Musuvathi, Qadeer: Iterative Context Bounding, PLDI 2007). */
export const strategyOfThreads = "preemptions:n=1";
/** The maximum time in milliseconds. */
const mostMillis = 3_000;
/** An order is cut after so many steps. */
const mostSteps = 1_000;

/**
 * Tries orders of a program whose calls run as threads.
 *
 * @returns undefined if there is nothing to try: its calls are no threads, or nothing is to be checked
 * @throws UserError if an expression cannot be evaluated, or the runner fails
 */
export async function failingOrders(program: ComparedProgram, signal: AbortSignal): Promise<TriedOrders | undefined> {
  const { check, command, virtualTime } = program;
  if (check === undefined || !command.threads) return undefined;
  const search = new OrderSearch(
    program,
    {
      until: "all",
      check,
      watches: [],
      counts: { values: true, output: false },
      steps: mostSteps,
      policy: usualPolicy,
      time: virtualTime ?? usualVirtualTime,
    },
    { strategy: strategyOfThreads, millis: mostMillis, shard: { index: 0, of: 1 } },
  );
  const cancel = () => search.cancel();
  signal.addEventListener("abort", cancel);
  await search.run().finally(() => signal.removeEventListener("abort", cancel));
  const { outcomes = [], tried = 0 } = search.result ?? {};
  return { tried, failing: outcomes.reduce((sum, { orders, outcome }) => sum + (outcome.failing ? orders : 0), 0) };
}
