/**
 * Keeps the editor responsive while a run goes at full speed: a small machine cannot do both at once. The round-trip time of a
 * message to the panel tells how busy the editor is; when it is long, the run gets less of the host's time.
 */

/** From here on the editor is slow, in milliseconds; and below that it has time. */
const slowMillis = 25;
const quickMillis = 15;

/** A run goes on, however slow the editor is. */
const leastShare = 0.05;

/** For so long after the user did something, the run gets the least: what comes of it is drawn meanwhile. In milliseconds. */
const drawingMillis = 150;

/** Where nothing was on its way to the panel for so long, it is hidden or closed, and a run has the host for itself. In milliseconds. */
const unseenMillis = 2_000;

export class RunThrottle {
  #share = 1;
  #drawnBy = 0;
  #heardAt = 0;

  /** @param now milliseconds of any clock that does not go back */
  constructor(readonly now: () => number = () => performance.now()) {}

  /** The part of the host's time that the steps of a run may take. */
  get share(): number {
    if (this.left > 0) return leastShare;
    return this.now() - this.#heardAt < unseenMillis ? this.#share : 1;
  }

  /** How long what comes of the user's last doing may take to be drawn from now on, in milliseconds. */
  get left(): number {
    return Math.max(0, this.#drawnBy - this.now());
  }

  /** The user does something. */
  acted(): void {
    this.#drawnBy = this.now() + drawingMillis;
  }

  /** Takes in how long a message was on its way and back, in milliseconds. */
  heard(millis: number): void {
    this.#heardAt = this.now();
    if (millis > slowMillis) this.#share = Math.max(leastShare, this.#share * 0.7);
    else if (millis < quickMillis) this.#share = Math.min(1, this.#share * 1.1);
  }
}
