/**
 * Numbers of steps as people type them.
 */

/** A whole number of 1 or more, as `1000`, `1,000`, `1_000` or `1e3`; undefined for anything else. */
export function countOf(text: string): number | undefined {
  const plain = text.replace(/[,_\s]/g, "");
  const number = plain === "" ? Number.NaN : Number(plain);
  return Number.isSafeInteger(number) && number >= 1 ? number : undefined;
}
