/**
 * The numbers below a timeline: as many round numbers as fit.
 */
import type { Axis } from "./blocks";

export interface Tick {
  readonly position: number;
  readonly label: string;
}

const units = [
  { name: "µs", micros: 1 },
  { name: "ms", micros: 1_000 },
  { name: "s", micros: 1_000_000 },
] as const;

/**
 * The ticks of a window, ascending.
 *
 * @param most the approximate maximum number of ticks
 */
export function ticksOf(axis: Axis, from: number, to: number, most: number): Tick[] {
  const between = roundUp((to - from) / Math.max(1, most), axis === "step" ? 1 : 0);
  const ticks: Tick[] = [];
  // A step's number is drawn where its slice begins. Step n extends from n - 1 to n on the axis.
  const shift = axis === "step" ? 1 : 0;
  for (let count = Math.ceil((from + shift) / between); count * between - shift < to; count += 1) {
    const value = count * between;
    const number = axis === "step" && value === 0 ? 1 : value;
    ticks.push({ position: number - shift, label: axis === "step" ? stepLabel(number) : timeLabel(number, between) });
  }
  return ticks;
}

/** `1,204,331`. */
export function stepLabel(step: number): string {
  return step.toLocaleString("en-US");
}

/**
 * A time since the beginning of the run, with enough digits to distinguish it from the neighbouring ticks.
 *
 * @param between microseconds from one tick to the next
 */
export function timeLabel(micros: number, between: number): string {
  if (micros === 0) return "0";
  const unit = [...units].reverse().find((unit) => micros >= unit.micros) ?? units[0];
  const digits = Math.max(0, Math.ceil(-Math.log10(between / unit.micros) - 1e-9));
  const shown = micros / unit.micros;
  return `${shown.toLocaleString("en-US", { maximumFractionDigits: Math.min(9, digits) })} ${unit.name}`;
}

/** The smallest of 1, 2, 5, 10, 20… that is not below `least`. */
function roundUp(least: number, floor: number): number {
  if (!(least > floor)) return floor || 1;
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 5, 10].find((factor) => factor * power >= least * (1 - 1e-9)) ?? 10;
  return factor * power;
}
