/**
 * What could not be read of a recording, in words.
 */
const most = 6;

export class Losses {
  readonly #what = new Set<string>();

  /** @param changed called whenever something more turns out to be lost */
  constructor(readonly changed: () => void = () => undefined) {}

  /** Notes that something is lost; repeated notes count once. */
  add(what: string): void {
    if (this.#what.has(what)) return;
    this.#what.add(what);
    this.changed();
  }

  /** Steps of a trace, from one to another. */
  addSteps(from: number, to: number): void {
    this.add(`steps ${from.toLocaleString("en")} to ${to.toLocaleString("en")}`);
  }

  /** Each of them, or the first ones and how many more there are; undefined when nothing is lost. */
  get summary(): string | undefined {
    const all = [...this.#what];
    if (all.length === 0) return undefined;
    const more = all.length > most ? [`${all.length - most} more parts`] : [];
    return [...all.slice(0, most), ...more].join("; ");
  }
}
