/**
 * The user's choice, shown at once, until the host reports the result.
 */
import { useEffect, useState } from "preact/hooks";

/** When the host said nothing for so long, in milliseconds, what it said before counts: the choice was refused. */
const patienceMillis = 2_000;

/**
 * @param said what the host said last
 * @returns what is to be shown, and what shows a choice before the host says so too
 */
export function useChosen<T>(said: T): [shown: T, choose: (value: T) => void] {
  const [chosen, choose] = useState<{ readonly value: T }>();
  useEffect(() => choose(undefined), [said]);
  useEffect(() => {
    if (!chosen) return undefined;
    const patience = setTimeout(() => choose(undefined), patienceMillis);
    return () => clearTimeout(patience);
  }, [chosen]);
  return [chosen ? chosen.value : said, (value) => choose({ value })];
}
