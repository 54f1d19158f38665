/**
 * Who resumed the tasks of an observed program: for each of the last steps, the frame that did.
 */
import type { Driver } from "../../core/trace/driver";

/** So many steps are remembered at least, once there were so many. */
const remembered = 1_000_000;

export class DriverLog {
  readonly #drivers: Driver[] = [];
  /** Stretches of consecutive steps, each with the numbers of their drivers. */
  #stretches: { readonly first: number; readonly by: Uint32Array }[] = [];

  /** Adds drivers. They are numbered from 1. */
  add(drivers: readonly Driver[]): void {
    this.#drivers.push(...drivers);
  }

  /** @param by the numbers of the drivers of the steps from `first` on; 0 for none that is known */
  note(first: number, by: readonly number[]): void {
    this.#stretches.push({ first, by: Uint32Array.from(by) });
    const end = first + by.length;
    while (end - ((this.#stretches[1] ?? { first: end }).first as number) >= remembered) this.#stretches.shift();
  }

  /** Who resumed the task in a step; undefined if that is not known, or not any more. */
  of(step: number): Driver | undefined {
    const stretch = this.#stretches.findLast(({ first }) => first <= step);
    return stretch && this.#drivers[(stretch.by[step - stretch.first] ?? 0) - 1];
  }
}
