/**
 * The parts of a recording that could not be read, described as text.
 */
const most = 6;

export class Losses {
  readonly #what = new Set<string>();

  /** @param changed called when something more is found to be lost */
  constructor(readonly changed: () => void = () => undefined) {}

  /** Reports a loss. A loss that was already reported is ignored. */
  add(what: string): void {
    if (this.#what.has(what)) return;
    this.#what.add(what);
    this.changed();
  }

  /** Reports the loss of steps `from` to `to`. */
  addSteps(from: number, to: number): void {
    this.add(`steps ${from.toLocaleString("en")} to ${to.toLocaleString("en")}`);
  }

  /** The losses as a list, cut to the first ones; undefined if there are none. */
  get summary(): string | undefined {
    const all = [...this.#what];
    if (all.length === 0) return undefined;
    const more = all.length > most ? [`${all.length - most} more parts`] : [];
    return [...all.slice(0, most), ...more].join("; ");
  }
}
