/**
 * Says how the timeline is zoomed to whoever turns the wheel over it again and again. It says so once.
 */
import { useEffect, useRef, useState } from "preact/hooks";

/** Events closer together than this, in milliseconds, are one turn. */
const pause = 150;
/** The turn after which the hint appears. */
const enough = 3;
/** How long it stays, in milliseconds. */
const stays = 8_000;

/** Whether the hint was shown since the page was opened. */
let wasShown = false;

/** The hint, empty while there is none, and what is to be called with the time, in milliseconds, of an event of the wheel without a key. */
export function useWheelHint(): [hint: string, turned: (at: number) => void] {
  const [isShown, show] = useState(false);
  const seen = useRef({ turns: 0, last: Number.NEGATIVE_INFINITY });
  useEffect(() => {
    if (!isShown) return;
    const timer = setTimeout(() => show(false), stays);
    return () => clearTimeout(timer);
  }, [isShown]);
  const turned = (now: number) => {
    if (now - seen.current.last > pause) seen.current.turns += 1;
    seen.current.last = now;
    if (wasShown || seen.current.turns < enough) return;
    wasShown = true;
    show(true);
  };
  return [isShown ? "Hold Ctrl to zoom, Shift to pan" : "", turned];
}
