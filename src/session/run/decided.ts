/**
 * Which functions of an observed program count as tasks, as the user has decided. It takes effect when the program is run again.
 */
import type { Decision, Decisions } from "../../core/decisions";

export class Decided {
  /** @param changed called after every change */
  constructor(
    public all: Decisions,
    readonly changed: () => void,
  ) {}

  /** @param decision left out, the function counts as usual */
  set(name: string, decision?: Decision): void {
    const { [name]: _, ...others } = this.all;
    this.restore(decision ? { ...others, [name]: decision } : others);
  }

  /** Replaces all decisions. */
  restore(all: Decisions): void {
    this.all = all;
    this.changed();
  }
}
