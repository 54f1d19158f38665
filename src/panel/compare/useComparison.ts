/**
 * The results of a comparison. They are requested only while the section is open.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import type { ComparedTable, Comparing } from "../../protocol/schedule";
import { textOf } from "../model/findMatches";
import type { Store } from "../model/store";

/** The last known results, or why there are none. */
export interface AskedComparison {
  readonly table?: ComparedTable;
  readonly problem?: string;
}

/** Requests the results each time another run has finished, one request at a time. */
export function useComparison(store: Store, { lines, isOver }: Comparing): AskedComparison {
  const [asked, setAsked] = useState<AskedComparison>({});
  // An effect may run later than the render it belongs to, so it reads the current values from these refs.
  const known = useRef("");
  const busy = useRef(false);
  const key = JSON.stringify([isOver, lines.map(({ name, state, runs }) => [name, state === "failed", runs])]);
  const isSomething = isOver || lines.some(({ state, runs }) => runs > 0 || state === "failed");
  const ask = async () => {
    busy.current = true;
    try {
      const { table } = await store.wire.ask("compared", (id) => ({ type: "comparison", id }));
      setAsked({ table });
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
