/**
 * The statistics of the run, asked for while somebody looks at them.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import type { RunFigures } from "../../protocol/find";
import type { View } from "../../protocol/panel";
import { textOf } from "../model/findMatches";
import type { Store } from "../model/store";

/** While the run goes on, they are asked for so often, in milliseconds. */
const refreshMillis = 400;

/** The last that are known, or why there are none. */
export interface Asked {
  /** The run that they are of: another one can be as long. */
  readonly run?: number;
  readonly figures?: RunFigures;
  readonly problem?: string;
}

/**
 * Figures up to the head. One question at a time: where they are behind the run when they were counted, the next comes
 * at once, otherwise after a while.
 *
 * @param head the last step of the run
 */
export function useFigures(store: Store, { head, run }: Pick<View, "head" | "run">): Asked {
  const [asked, setAsked] = useState<Asked>({});
  // An effect may run as late as just before the next rendering, when an answer has come that its own rendering did not know.
  const latest = useRef(asked);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const busy = useRef(false);
  const ask = async () => {
    busy.current = true;
    try {
      latest.current = { run, ...(await store.wire.ask("figures", (id) => ({ type: "figures", id }))) };
    } catch (error) {
      latest.current = { run, problem: textOf(error) };
    }
    busy.current = false;
    setAsked(latest.current);
  };
  useEffect(() => {
    const { figures, problem } = of(run, latest.current);
    if (figures?.upTo === head || problem !== undefined || busy.current || timer.current) return;
    const wait = figures && figures.upTo === figures.head ? refreshMillis : 0;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      void ask();
    }, wait);
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  return of(run, asked);
}

function of(run: number, asked: Asked): Asked {
  return asked.run === run ? asked : {};
}
