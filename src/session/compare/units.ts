/**
 * Figures as text.
 */

/** A number with commas; with a digit after the point if that says something. */
export function grouped(figure: number): string {
  return figure.toLocaleString("en", { maximumFractionDigits: Math.abs(figure) < 100 ? 1 : 0 });
}

/** A part of a whole in per cent. */
export function ratio(part: number): string {
  return `${Math.round(100 * part)} %`;
}

/** A time, given in microseconds, with three digits. */
export function time(micros: number): string {
  if (micros < 1_000) return `${Number(micros.toPrecision(3))} µs`;
  return micros < 1_000_000
    ? `${Number((micros / 1_000).toPrecision(3))} ms`
    : `${Number((micros / 1_000_000).toPrecision(3))} s`;
}
