/**
 * Round-robin: every ready task in turn, one step each. The oldest fair rule (Kleinrock 1964, with a quantum of one yield).
 */
import type { Policy } from "./policy";

/** Runs the head of the ready queue; the task that ran goes to its tail. */
export const roundRobin: Policy = {
  name: "round-robin",
  plan(ready, limit) {
    if (limit < ready.length) return { picks: ready.slice(0, limit), times: 1 };
    return { picks: ready.slice(0, ready.length), times: Math.floor(limit / ready.length) };
  },
  planAfter(plan, limit, ready) {
    return plan.picks.length === ready.length ? this.plan(ready, limit) : undefined;
  },
  why: () => "next in the ring",
};
