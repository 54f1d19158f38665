/**
 * Keeps the editor responsive during a run at full speed: a small machine cannot do both at once. The round-trip time of a message to the
 * panel shows how busy the editor is; if it is long, the run gets less of the host's time.
 */

/** Above this round-trip time, in milliseconds, the editor counts as slow. */
const slowMillis = 25;
const quickMillis = 15;

/** The minimum share for a run, however slow the editor is. */
const leastShare = 0.05;

/** After a user action the run gets the minimum share for this long, in milliseconds, so that the result can be drawn. */
const drawingMillis = 150;

/**
 * If no message was on its way to the panel for this long, in milliseconds, the panel is hidden or closed, and the run gets the whole host.
 */
const unseenMillis = 2_000;

export class RunThrottle {
  #share = 1;
  #drawnBy = 0;
  #heardAt = 0;

  /** @param now a monotonic clock in milliseconds */
  constructor(readonly now: () => number = () => performance.now()) {}

  /** The share of the host's time that the steps of a run may take, from 0 to 1. */
  get share(): number {
    if (this.left > 0) return leastShare;
    return this.now() - this.#heardAt < unseenMillis ? this.#share : 1;
  }

  /** The remaining time reserved for drawing the result of the user's last action, in milliseconds. */
  get left(): number {
    return Math.max(0, this.#drawnBy - this.now());
  }

  /** Called when the user does something. */
  acted(): void {
    this.#drawnBy = this.now() + drawingMillis;
  }

  /** Takes the round-trip time of a message, in milliseconds. */
  heard(millis: number): void {
    this.#heardAt = this.now();
    if (millis > slowMillis) this.#share = Math.max(leastShare, this.#share * 0.7);
    else if (millis < quickMillis) this.#share = Math.min(1, this.#share * 1.1);
  }
}
