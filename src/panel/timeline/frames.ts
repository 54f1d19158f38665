/**
 * Schedules the drawing of the timeline: once in the next frame, however much has changed, or immediately when elements are rendered.
 */
export class Frames {
  #isRequested = false;
  #isStale = false;

  /**
   * @param draw draws the current state
   * @param begin advances animations before the frame is drawn
   * @param end requests what the frame lacks
   */
  constructor(
    private readonly draw: () => void,
    private readonly begin: (now: number) => void,
    private readonly end: () => void,
  ) {}

  /** Schedules a draw in the next frame. */
  request(): void {
    this.#isStale = true;
    if (this.#isRequested) return;
    this.#isRequested = true;
    requestAnimationFrame((now) => {
      this.#isRequested = false;
      this.begin(now);
      this.paint();
      this.end();
    });
  }

  /** Draws pending changes immediately. */
  paint(): void {
    if (!this.#isStale) return;
    this.#isStale = false;
    this.draw();
  }
}
