/**
 * The state of a comparison of policies. It is requested only while the section is open.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Comparing, PolicyOutcome } from "../../protocol/schedule";
import { textOf } from "../model/findMatches";
import type { Store } from "../model/store";

/** The last known state, or why there is none. */
export interface AskedComparison {
  readonly outcomes?: readonly PolicyOutcome[];
  readonly markdown?: string;
  readonly problem?: string;
}

/** Requests the state each time another policy has finished, one request at a time. */
export function useComparison(store: Store, { policies, isOver }: Comparing): AskedComparison {
  const [asked, setAsked] = useState<AskedComparison>({});
  // An effect may run later than the render it belongs to, so it reads the current values from these refs.
  const known = useRef("");
  const busy = useRef(false);
  const key = JSON.stringify([isOver, policies.map(({ policy, state }) => [policy, state])]);
  const isSomething = isOver || policies.some(({ state }) => state === "done" || state === "failed");
  const ask = async () => {
    busy.current = true;
    try {
      const { outcomes, markdown } = await store.wire.ask("policiesCompared", (id) => ({ type: "comparison", id }));
      setAsked({ outcomes, markdown });
    } catch (error) {
      setAsked({ problem: textOf(error) });
    } finally {
      busy.current = false;
      known.current = key;
    }
  };
  useEffect(() => {
    if (isSomething && known.current !== key && !busy.current) void ask();
  });
  return isSomething ? asked : {};
}
