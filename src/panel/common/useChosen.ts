/**
 * The user's choice, shown immediately, until the host reports the result.
 */
import { useEffect, useState } from "preact/hooks";

/** After this many milliseconds without a report from the host, its last reported value is shown again: the choice was rejected. */
const patienceMillis = 2_000;

/**
 * @param said the value that the host reported last
 * @returns the value to show, and a function that shows a choice before the host reports it
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
