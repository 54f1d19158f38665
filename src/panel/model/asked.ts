/**
 * The steps that the panel has asked the host to show, and that are not shown yet. The user's next move starts where the last one ends,
 * not at what happens to be shown when the key is pressed.
 */

/** A host that does not answer leaves this many at most. */
const maxAsked = 100;

export class AskedSteps {
  private steps: number[] = [];
  /** The step that is shown. */
  private at = 0;

  /** The step that is shown once everything asked for has arrived; undefined if nothing is missing. */
  get last(): number | undefined {
    return this.steps.at(-1);
  }

  ask(step: number): void {
    this.steps = [...this.steps, step].slice(-maxAsked);
  }

  /**
   * Called with the step of each view. The host may skip steps. Another step than those asked for means that something else decided
   * what is shown; the same one as before means nothing.
   */
  shown(step: number): void {
    if (step === this.at) return;
    this.at = step;
    const index = this.steps.indexOf(step);
    this.steps = index < 0 ? [] : this.steps.slice(index + 1);
  }

  clear(): void {
    this.steps = [];
  }
}
