/**
 * Leaves the editor quick while a run goes at full speed: a small machine cannot do both at once. How long a message to the
 * panel is on its way and back says how busy the editor is; the run gets less of the host when that is long.
 */

/** From here on the editor is slow, in milliseconds; and below that it has time. */
const slowMillis = 25;
const quickMillis = 15;

/** A run goes on, however slow the editor is. */
const leastShare = 0.05;

export class Courtesy {
  /** The part of the host's time that the steps of a run may take. */
  share = 1;

  /** Takes in how long a message was on its way and back, in milliseconds. */
  heard(millis: number): void {
    if (millis > slowMillis) this.share = Math.max(leastShare, this.share * 0.7);
    else if (millis < quickMillis) this.share = Math.min(1, this.share * 1.1);
  }
}
