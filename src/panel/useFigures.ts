/**
 * The figures of the run, asked for while somebody looks at them.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import type { RunFigures } from "../protocol/find";
import { textOf } from "./findMatches";
import type { Store } from "./store";

/** While the run goes on, they are asked for so often, in milliseconds. */
const refreshMillis = 400;

/** The last that are known, or why there are none. */
export interface Asked {
  readonly figures?: RunFigures;
  readonly problem?: string;
}

/**
 * Figures up to the head. One question at a time: where they are behind the run when they were counted, the next comes
 * at once, otherwise after a while.
 *
 * @param head the last step of the run
 */
export function useFigures(store: Store, head: number): Asked {
  const [asked, setAsked] = useState<Asked>({});
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const busy = useRef(false);
  const isBehind = asked.figures?.upTo !== head && asked.problem === undefined;
  const ask = async () => {
    busy.current = true;
    try {
      setAsked(await store.wire.ask("figures", (id) => ({ type: "figures", id })));
    } catch (error) {
      setAsked({ problem: textOf(error) });
    } finally {
      busy.current = false;
    }
  };
  useEffect(() => {
    if (!isBehind || busy.current || timer.current) return;
    const { figures } = asked;
    const wait = figures && figures.upTo === figures.head ? refreshMillis : 0;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      void ask();
    }, wait);
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  return asked;
}
