/**
 * What a search says about a property of the tasks: proved, not found in what was tried, or found, with how often.
 */
import { type Claim, countText, numberText } from "./claim";

/** What may go wrong, by what the user calls it. */
export type Property = "deadlock" | "livelock" | "starvation" | "check" | "invariant" | "exception" | "endless" | "death";

export interface Verdict {
  readonly property: Property;
  /** Proved never to happen in any order, or in any with few deviations; not found; or found. */
  readonly state: "proved" | "not found" | "found";
  readonly text: string;
}

/** For each property: that it never happens, that it does, and what was looked for. */
const words: Readonly<Record<Property, readonly [never: string, does: string, what: string]>> = {
  deadlock: ["Free of deadlocks", "Deadlock", "deadlock"],
  livelock: ["Free of livelocks", "Livelock", "livelock"],
  starvation: ["Starves no task", "Starves a task", "starved task"],
  check: ["Never breaks the check", "Breaks the check", "broken check"],
  invariant: ["Never breaks the invariant", "Breaks the invariant", "broken invariant"],
  exception: ["Throws nothing", "Throws", "exception"],
  endless: ["Always gives back control", "Does not give back control", "slice that does not end"],
  death: ["Never ends the process", "Ends the process", "end of the process"],
};

/**
 * The verdict on a property.
 *
 * @param found in how many of the orders it happened
 */
export function verdictOn(property: Property, found: number, claim: Claim): Verdict {
  const [never, does, what] = words[property];
  const orders = claim.isReduced ? `${numberText(claim.tried)} classes of orders` : countText(claim.tried, "order");
  if (found > 0) return { property, state: "found", text: `${does} in ${numberText(found)} of ${orders}.` };
  if (claim.kind === "all") return { property, state: "proved", text: `${never}: proved for these tasks.` };
  const limit =
    claim.kind === "delays"
      ? `${countText(claim.bound ?? 0, "deviation")} from ${claim.policy}`
      : countText(claim.bound ?? 0, "preemption");
  if (claim.kind === "delays" || claim.kind === "preemptions")
    return { property, state: "proved", text: `${never} in orders with at most ${limit}: proved for these tasks.` };
  return { property, state: "not found", text: `No ${what} found in ${orders}.` };
}
